import type * as z from 'zod';
import type { StoredItem } from './table.ts';

/** What is stored under a key is not what this version of the program can read. Says where, never what. */
export class RecordBroken extends Error {
  override readonly name = 'RecordBroken';

  constructor(item: StoredItem, fields: readonly string[]) {
    super(`The ${item.entity} at ${item.pk} / ${item.sk} cannot be read: ${fields.join(', ')}`);
  }
}

/** Reads the record of an item. Throws `RecordBroken` when it is not one. */
export const readRecord = <T>(schema: z.ZodType<T>, item: StoredItem): T => {
  const { success, data, error } = schema.safeParse(item);
  if (success) return data;
  throw new RecordBroken(
    item,
    error.issues.map(({ path, code }) => `${path.join('.')} (${code})`),
  );
};

/** Gathers what a query yields. */
export const readAll = async <T>(schema: z.ZodType<T>, items: AsyncIterable<StoredItem>): Promise<T[]> => {
  const records: T[] = [];
  for await (const item of items) records.push(readRecord(schema, item));
  return records;
};
