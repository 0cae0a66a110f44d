import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { describeFault } from '#domain/shared/fault.ts';
import type { Log } from '#domain/shared/log.ts';
import { systemLog } from '../system/log.ts';

export const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.issues.push({ code: 'custom', message: 'The body is no JSON', input: text });
    return z.NEVER;
  }
});

/** What Lambda hands over from a queue, as far as workers need it. */
export const queueEventSchema = <Message>(message: z.ZodType<Message>) =>
  z.object({
    Records: z.array(z.object({ messageId: z.string().min(1), body: json.pipe(message) })).min(1),
  });

/** Which messages have to come again; the others are done. */
export interface PartialBatch {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

const recordsSchema = z.object({ Records: z.array(z.object({ messageId: z.string(), body: z.string() })) });

/**
 * The shared stack of queue workers: each message of a batch is worked on by itself, so that a bad one
 * leaves its neighbours alone. What throws is logged, comes again, and ends in the dead letters when it keeps throwing.
 */
export const queueHandler = <Message>(
  message: z.ZodType<Message>,
  /** Gets how many milliseconds the invocation has left, too. */
  work: (message: Message, remaining: () => number) => Promise<void>,
  log: Log = systemLog,
) => {
  const read = json.pipe(message);
  return middy<unknown, PartialBatch>().handler(async (event, context: Context) => {
    const records = recordsSchema.parse(event).Records;
    const remaining = () => context.getRemainingTimeInMillis();
    const worked = await Promise.allSettled(
      records.map(async ({ body }) => work(read.parse(body), remaining)),
    );
    const failed = records.flatMap(({ messageId }, index) => {
      const done = worked[index];
      return done?.status === 'rejected' ? [{ messageId, fault: describeFault(done.reason) }] : [];
    });
    for (const { messageId, fault } of failed)
      log('WARN', 'message failed', { messageId, fault, correlationId: context.awsRequestId });
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  });
};
