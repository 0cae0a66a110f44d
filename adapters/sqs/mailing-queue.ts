import type { SQSClient } from '@aws-sdk/client-sqs';
import type { MailingQueue, MailingStep } from '#domain/mailings/mailing-ports.ts';
import type { Id } from '#domain/shared/ids.ts';
import { announceAll, connect } from './announce.ts';

/** Announces steps of mailings as messages `{"id", "mailing", "work", "correlationId"}`. */
export class SqsMailingQueue implements MailingQueue {
  readonly #queueUrl: string;
  readonly #client: SQSClient;

  constructor(queueUrl: string, client: SQSClient = connect()) {
    this.#queueUrl = queueUrl;
    this.#client = client;
  }

  announce(
    steps: readonly Pick<MailingStep, 'id' | 'mailing' | 'work' | 'correlationId'>[],
  ): Promise<{ failed: readonly Id[] }> {
    return announceAll(this.#client, this.#queueUrl, steps, ({ id, mailing, work, correlationId }) => ({
      ...{ id, mailing, work, correlationId },
    }));
  }
}
