import { expect, test } from 'vitest';
import { DynamoAuditSeals } from '#adapters/dynamo/audit-seals.ts';
import { DynamoAuditTrail } from '#adapters/dynamo/audit-trail.ts';
import { type StoredItem, Table } from '#adapters/dynamo/table.ts';
import { unreadableEntry } from '#domain/audit/audit.ts';
import { anAuditEntry } from '#test/support/stores/records.ts';

const DAY = '2026-11-23';

/** A table in which every query finds these. */
const tableWith = (...items: StoredItem[]): Table =>
  Object.assign(Object.create(Table.prototype), {
    async *query() {
      yield* items;
    },
  });

const gather = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
};

test('something that is no entry keeps nobody from those before and after it', async () => {
  const entry = anAuditEntry();
  const key = `${entry.at}#${entry.id}`;
  const noTime = `2026-11-23T11:00:00.000Z#b`;
  const trail = new DynamoAuditTrail(
    tableWith(
      { sk: key, ...entry },
      { sk: noTime, ...entry, at: 'noon' },
      { sk: 'zzz', entity: 'audit', x: 'forged' },
    ),
  );
  const read = [entry, unreadableEntry(DAY, noTime), unreadableEntry(DAY, 'zzz')];
  expect(await gather(trail.read(DAY))).toEqual(read);
  const back = await trail.readBack(DAY, { before: null, limit: 3 });
  expect(back).toEqual([key, noTime, 'zzz'].map((each, at) => ({ key: each, entry: read[at] })));
  expect(read.map(({ at }) => at)).toEqual([
    entry.at,
    '2026-11-23T11:00:00.000Z',
    '2026-11-23T00:00:00.000Z',
  ]);
});

test('something that is no seal is read as one without a place in the chain', async () => {
  const seals = new DynamoAuditSeals(tableWith({ sk: 'zzz', number: 'one' }));
  expect(await gather(seals.read(DAY))).toMatchObject([{ entry: 'zzz', number: 0, hash: '' }]);
});
