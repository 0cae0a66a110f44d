import { z } from 'zod';
import { batchError, type SqsError } from './sqs-error.ts';

/** API reference: a batch has at most ten entries, each with an id of its own of these characters. */
const MAX_ENTRIES = 10;
const ENTRY_ID = /^[A-Za-z0-9_-]{1,80}$/;

export function batchOf<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.object({ QueueUrl: z.string(), Entries: z.array(z.object({ ...shape, Id: z.string() })) });
}

/** Refuses a batch as a whole, before anything of it is done. */
export function checkBatch(entries: { Id: string }[]): void {
  if (entries.length === 0) {
    throw batchError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  }
  if (entries.length > MAX_ENTRIES) {
    throw batchError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${MAX_ENTRIES}. You have sent ${entries.length}.`,
    );
  }
  if (entries.some(({ Id }) => !ENTRY_ID.test(Id))) {
    throw batchError('InvalidBatchEntryId', 'A batch entry id can only have A-Z, a-z, 0-9, - and _.');
  }
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length) {
    throw batchError('BatchEntryIdsNotDistinct', 'Two entries of the batch have the same id.');
  }
}

export function answerBatch(successful: object[], failed: { Id: string; error: SqsError }[]): object {
  return {
    ...(successful.length > 0 && { Successful: successful }),
    ...(failed.length > 0 && {
      Failed: failed.map(({ Id, error }) => ({
        ...{ Id, Code: error.queryCode, Message: error.message, SenderFault: true },
      })),
    }),
  };
}
