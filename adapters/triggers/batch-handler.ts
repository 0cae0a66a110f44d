import middy from '@middy/core';
import * as z from 'zod';
import { json, type PartialBatch } from './queue-handler.ts';

const recordsSchema = z.object({ Records: z.array(z.object({ messageId: z.string(), body: z.string() })) });

/**
 * The stack of queue workers that do a whole batch at once, because once is cheaper. `work` answers with the messages that
 * failed, and only these come again; when it throws, all of them do. What cannot be read is named as failed, and its
 * neighbours are worked on all the same.
 */
export const batchHandler = <Message>(
  message: z.ZodType<Message>,
  work: (messages: readonly Message[]) => Promise<readonly Message[]>,
) => {
  const read = json.pipe(message);
  return middy<unknown, PartialBatch>().handler(async (event) => {
    const records = recordsSchema
      .parse(event)
      .Records.map(({ messageId, body }) => ({ messageId, message: read.safeParse(body).data }));
    const readable = records.flatMap(({ message }) => (message === undefined ? [] : [message]));
    const failed = new Set(readable.length > 0 ? await work(readable) : []);
    return {
      batchItemFailures: records
        .filter(({ message }) => message === undefined || failed.has(message))
        .map(({ messageId }) => ({ itemIdentifier: messageId })),
    };
  });
};
