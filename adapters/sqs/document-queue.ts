import type { SQSClient } from '@aws-sdk/client-sqs';
import type { DocumentChange, DocumentQueue } from '#domain/documents/ports.ts';
import type { Id } from '#domain/shared/ids.ts';
import { announceAll, connect } from './announce.ts';

/** Announces changes of documents as messages `{"id", "document", "correlationId"}`. */
export class SqsDocumentQueue implements DocumentQueue {
  readonly #queueUrl: string;
  readonly #client: SQSClient;

  constructor(queueUrl: string, client: SQSClient = connect()) {
    this.#queueUrl = queueUrl;
    this.#client = client;
  }

  announce(changes: readonly Omit<DocumentChange, 'postedAt'>[]): Promise<{ failed: readonly Id[] }> {
    return announceAll(this.#client, this.#queueUrl, changes, ({ id, document, correlationId }) => ({
      ...{ id, document, correlationId },
    }));
  }
}
