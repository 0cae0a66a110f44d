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

/**
 * The shared stack of stream workers. `work` gets the items of a batch in order and names those that
 * failed, by their position; Lambda delivers the batch again from the first of these.
 */
export const streamHandler = <Item>(
  item: z.ZodType<Item>,
  work: (items: readonly Item[]) => Promise<{ failed: readonly number[] }>,
) => {
  const schema = streamEventSchema(item);
  return middy<unknown, PartialBatch>().handler(async (event) => {
    const records: readonly { SequenceNumber: string; NewImage: Item }[] = schema
      .parse(event)
      .Records.map(({ dynamodb }) => dynamodb as { SequenceNumber: string; NewImage: Item });
    const { failed } = await work(records.map((record) => record.NewImage));
    return {
      batchItemFailures: failed.flatMap((index) =>
        records[index] ? [{ itemIdentifier: records[index].SequenceNumber }] : [],
      ),
    };
  });
};
