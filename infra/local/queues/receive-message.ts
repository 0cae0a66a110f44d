import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import { findQueueByUrl, type QueueContext, receiveFrom } from './queue-context.ts';
import { toApiMessage } from './queue-message.ts';
import type { ReceivedMessage } from './queue-store.ts';
import { invalidValue } from './sqs-error.ts';

const MAX_MESSAGES = 10;
const MAX_WAIT_SECONDS = 20;
export const MAX_VISIBILITY_SECONDS = 43_200;

export const receiveMessageSchema = z.object({
  QueueUrl: z.string(),
  MaxNumberOfMessages: z.number().int().default(1),
  WaitTimeSeconds: z.number().int().default(0),
  VisibilityTimeout: z.number().int().optional(),
  AttributeNames: z.array(z.string()).default([]),
  MessageSystemAttributeNames: z.array(z.string()).default([]),
  MessageAttributeNames: z.array(z.string()).default([]),
});

/** Long polling takes nothing for a caller who hung up meanwhile. */
export async function receiveMessage(
  context: QueueContext,
  input: z.infer<typeof receiveMessageSchema>,
  res: ServerResponse,
): Promise<object> {
  const queue = findQueueByUrl(context, input.QueueUrl);
  const visibilitySeconds = input.VisibilityTimeout ?? queue.visibilityTimeoutSeconds;
  checkRange('MaxNumberOfMessages', input.MaxNumberOfMessages, 1, MAX_MESSAGES);
  checkRange('WaitTimeSeconds', input.WaitTimeSeconds, 0, MAX_WAIT_SECONDS);
  checkRange('VisibilityTimeout', visibilitySeconds, 0, MAX_VISIBILITY_SECONDS);
  const take = () =>
    receiveFrom(context, queue, { max: input.MaxNumberOfMessages, visibilitySeconds, held: false });
  const messages = await poll(context, queue.name, input.WaitTimeSeconds * 1000, res, take);
  if (messages.length === 0) return {};
  const wanted = {
    systemAttributes: [...input.AttributeNames, ...input.MessageSystemAttributeNames],
    messageAttributes: input.MessageAttributeNames,
  };
  return { Messages: messages.map((message) => toApiMessage(message, context.owner, wanted)) };
}

export function checkRange(name: string, value: number, lowest: number, highest: number): void {
  if (value >= lowest && value <= highest) return;
  throw invalidValue(
    `Value ${value} for parameter ${name} is invalid. Reason: Must be between ${lowest} and ${highest}.`,
  );
}

async function poll(
  context: QueueContext,
  queue: string,
  waitMs: number,
  res: ServerResponse,
  take: () => ReceivedMessage[],
): Promise<ReceivedMessage[]> {
  const deadline = performance.now() + waitMs;
  for (;;) {
    const messages = take();
    const left = deadline - performance.now();
    if (messages.length > 0 || left <= 0) return messages;
    await waitForMessage(context, queue, left, res);
    if (res.destroyed || context.signals.closed) return [];
  }
}

function waitForMessage(
  { signals }: QueueContext,
  queue: string,
  waitMs: number,
  res: ServerResponse,
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const end = signals.subscribe(queue, resolve);
  const timer = setTimeout(resolve, waitMs);
  res.once('close', resolve);
  return promise.finally(() => {
    end();
    clearTimeout(timer);
    res.off('close', resolve);
  });
}
