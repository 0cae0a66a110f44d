import {
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  SQSClient,
  type SQSClientConfig,
} from '@aws-sdk/client-sqs';
import type { Id } from '#domain/shared/ids.ts';

const BATCH = 10;

/** Opens a connection that gives up within five seconds. */
export const connect = (config: SQSClientConfig = {}): SQSClient =>
  new SQSClient({
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 1_000, throwOnRequestTimeout: true },
    ...config,
  });

/** Puts something with an id into a queue, as many at once as it takes; names those that were not taken. */
export const announceAll = async <Announced extends { readonly id: Id }>(
  client: SQSClient,
  QueueUrl: string,
  announced: readonly Announced[],
  bodyOf: (one: Announced) => object,
): Promise<{ failed: readonly Id[] }> => {
  const failed: Id[] = [];
  for (let at = 0; at < announced.length; at += BATCH) {
    const batch = announced.slice(at, at + BATCH);
    const Entries = batch.map(
      (one, index): SendMessageBatchRequestEntry => ({
        Id: String(index),
        MessageBody: JSON.stringify(bodyOf(one)),
      }),
    );
    const { Successful = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    const taken = new Set(Successful.map((entry) => entry.Id));
    failed.push(...batch.filter((_, index) => !taken.has(String(index))).map(({ id }) => id));
  }
  return { failed };
};
