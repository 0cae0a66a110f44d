import {
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  SQSClient,
  type SQSClientConfig,
} from '@aws-sdk/client-sqs';
import type { MailAnnounced, MailQueue } from '#domain/mailings/ports.ts';
import type { Id } from '#domain/shared/ids.ts';

const BATCH = 10;

/** Opens a connection that gives up within eight seconds. */
export const connect = (config: SQSClientConfig = {}): SQSClient =>
  new SQSClient({
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
    ...config,
  });

const toEntry = (mail: MailAnnounced, index: number): SendMessageBatchRequestEntry => ({
  Id: String(index),
  MessageBody: JSON.stringify({ id: mail.id, correlationId: mail.correlationId }),
});

/** Announces mails as messages `{"id", "correlationId"}`: what is in a mail stays in the table. */
export class SqsMailQueue implements MailQueue {
  readonly #queueUrl: string;
  readonly #client: SQSClient;

  constructor(queueUrl: string, client: SQSClient = connect()) {
    this.#queueUrl = queueUrl;
    this.#client = client;
  }

  async announce(mails: readonly MailAnnounced[]): Promise<{ failed: readonly Id[] }> {
    const failed: Id[] = [];
    for (let at = 0; at < mails.length; at += BATCH)
      failed.push(...(await this.#announceBatch(mails.slice(at, at + BATCH))));
    return { failed };
  }

  /** The mails of a batch that were not taken. Throws when the queue does not answer. */
  async #announceBatch(mails: readonly MailAnnounced[]): Promise<readonly Id[]> {
    const command = new SendMessageBatchCommand({ QueueUrl: this.#queueUrl, Entries: mails.map(toEntry) });
    const { Successful = [] } = await this.#client.send(command);
    const taken = new Set(Successful.map((entry) => entry.Id));
    return mails.filter((_, index) => !taken.has(String(index))).map((mail) => mail.id);
  }
}
