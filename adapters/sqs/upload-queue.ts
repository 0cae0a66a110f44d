import type { SQSClient } from '@aws-sdk/client-sqs';
import type { UploadQueue } from '#domain/documents/ports.ts';
import type { Id } from '#domain/shared/ids.ts';
import { announceAll, connect } from './announce.ts';

/** Announces uploads that are overdue as messages `{"overdue", "correlationId"}`. */
export class SqsUploadQueue implements UploadQueue {
  readonly #queueUrl: string;
  readonly #client: SQSClient;

  constructor(queueUrl: string, client: SQSClient = connect()) {
    this.#queueUrl = queueUrl;
    this.#client = client;
  }

  announce(
    overdue: readonly { readonly id: Id; readonly correlationId: string }[],
  ): Promise<{ failed: readonly Id[] }> {
    return announceAll(this.#client, this.#queueUrl, overdue, ({ id, correlationId }) => ({
      ...{ overdue: id, correlationId },
    }));
  }
}
