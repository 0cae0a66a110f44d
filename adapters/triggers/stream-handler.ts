import middy from '@middy/core';
import * as z from 'zod';

/** What Lambda hands over from the table's stream: new items, in DynamoDB's own notation. */
export const streamEventSchema = <Item>(item: z.ZodType<Item>) =>
  z.object({
    Records: z
      .array(z.object({ dynamodb: z.object({ SequenceNumber: z.string().min(1), NewImage: item }) }))
      .min(1),
  });

interface PartialBatch {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

const batchSchema = streamEventSchema(z.unknown());

/**
 * The shared stack of stream workers. `work` gets the items of a batch in order and names those that
 * failed, by their position; Lambda delivers the batch again from the first of these. A record that cannot
 * be read is named as failed, and its neighbours are worked on all the same.
 */
export const streamHandler = <Item>(
  item: z.ZodType<Item>,
  work: (items: readonly Item[]) => Promise<{ failed: readonly number[] }>,
) =>
  middy<unknown, PartialBatch>().handler(async (event) => {
    const read = batchSchema.parse(event).Records.map(({ dynamodb }) => ({
      sequence: dynamodb.SequenceNumber,
      item: item.safeParse(dynamodb.NewImage),
    }));
    const readable = read.flatMap(({ sequence, item }) =>
      item.success ? [{ sequence, item: item.data }] : [],
    );
    const { failed } = readable.length === 0 ? { failed: [] } : await work(readable.map(({ item }) => item));
    const failures = new Set(failed.map((index) => readable[index]?.sequence));
    return {
      batchItemFailures: read
        .filter(({ sequence, item }) => !item.success || failures.has(sequence))
        .map(({ sequence }) => ({ itemIdentifier: sequence })),
    };
  });
