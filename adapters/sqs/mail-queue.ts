import type { SQSClient } from '@aws-sdk/client-sqs';
import type { MailAnnounced, MailQueue } from '#domain/mailings/ports.ts';
import type { Id } from '#domain/shared/ids.ts';
import { announceAll, connect } from './announce.ts';

/** Announces mails as messages `{"id", "correlationId"}`: what is in a mail stays in the table. */
export class SqsMailQueue implements MailQueue {
  readonly #queueUrl: string;
  readonly #client: SQSClient;

  constructor(queueUrl: string, client: SQSClient = connect()) {
    this.#queueUrl = queueUrl;
    this.#client = client;
  }

  announce(mails: readonly MailAnnounced[]): Promise<{ failed: readonly Id[] }> {
    return announceAll(this.#client, this.#queueUrl, mails, ({ id, correlationId }) => ({
      id,
      correlationId,
    }));
  }
}
