import { z } from 'zod';
import { answerBatch, batchOf, checkBatch } from './batch.ts';
import { findQueueByUrl, type QueueContext } from './queue-context.ts';
import type { QueueSettings } from './queue-settings.ts';
import { isReceiptHandle } from './queue-store.ts';
import { checkRange, MAX_VISIBILITY_SECONDS } from './receive-message.ts';
import { SqsError } from './sqs-error.ts';

const handleShape = { ReceiptHandle: z.string() };
const visibilityShape = { ...handleShape, VisibilityTimeout: z.number().int() };

export const deleteMessageSchema = z.object({ QueueUrl: z.string(), ...handleShape });
export const deleteMessageBatchSchema = batchOf(handleShape);
export const changeVisibilitySchema = z.object({ QueueUrl: z.string(), ...visibilityShape });
export const changeVisibilityBatchSchema = batchOf(visibilityShape);

type Entry = { Id: string; ReceiptHandle: string };

/** Deleting with an outdated handle succeeds and deletes nothing, as in SQS. */
export function deleteMessage(context: QueueContext, input: z.infer<typeof deleteMessageSchema>): object {
  const queue = findQueueByUrl(context, input.QueueUrl);
  checkHandle(input.ReceiptHandle);
  context.store.remove(queue.name, [input.ReceiptHandle]);
  return {};
}

export function deleteMessageBatch(
  context: QueueContext,
  input: z.infer<typeof deleteMessageBatchSchema>,
): object {
  const queue = findQueueByUrl(context, input.QueueUrl);
  const { done, failed } = settleEach(input.Entries, ({ ReceiptHandle }) => checkHandle(ReceiptHandle));
  context.store.remove(
    queue.name,
    done.map(({ ReceiptHandle }) => ReceiptHandle),
  );
  return answerBatch(
    done.map(({ Id }) => ({ Id })),
    failed,
  );
}

export function changeVisibility(
  context: QueueContext,
  input: z.infer<typeof changeVisibilitySchema>,
): object {
  const queue = findQueueByUrl(context, input.QueueUrl);
  hide(context, queue, input.ReceiptHandle, input.VisibilityTimeout);
  context.signals.changed(queue.name);
  return {};
}

export function changeVisibilityBatch(
  context: QueueContext,
  input: z.infer<typeof changeVisibilityBatchSchema>,
): object {
  const queue = findQueueByUrl(context, input.QueueUrl);
  const { done, failed } = settleEach(input.Entries, ({ ReceiptHandle, VisibilityTimeout }) =>
    hide(context, queue, ReceiptHandle, VisibilityTimeout),
  );
  context.signals.changed(queue.name);
  return answerBatch(
    done.map(({ Id }) => ({ Id })),
    failed,
  );
}

function hide({ store }: QueueContext, queue: QueueSettings, receiptHandle: string, seconds: number): void {
  checkHandle(receiptHandle);
  checkRange('VisibilityTimeout', seconds, 0, MAX_VISIBILITY_SECONDS);
  if (!store.hide(queue.name, receiptHandle, seconds)) {
    throw new SqsError(
      'MessageNotInflight',
      `Value ${receiptHandle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
      'AWS.SimpleQueueService.MessageNotInflight',
    );
  }
}

function checkHandle(receiptHandle: string): void {
  if (!isReceiptHandle(receiptHandle)) {
    throw new SqsError('ReceiptHandleIsInvalid', 'The input receipt handle is invalid.');
  }
}

/** Does the work entry by entry: one that is refused leaves its neighbours alone. */
function settleEach<E extends Entry>(entries: E[], work: (entry: E) => void) {
  checkBatch(entries);
  const done: E[] = [];
  const failed: { Id: string; error: SqsError }[] = [];
  for (const entry of entries) {
    try {
      work(entry);
      done.push(entry);
    } catch (error) {
      if (!(error instanceof SqsError)) throw error;
      failed.push({ Id: entry.Id, error });
    }
  }
  return { done, failed };
}
