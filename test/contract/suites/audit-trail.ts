import { describe, expect, test } from 'vitest';
import type { Seal } from '#domain/audit/seals.ts';
import { anAuditEntry } from '#test/support/stores/records.ts';
import type { OpenStores } from '#test/support/stores/stores.ts';

export const describeAuditTrail = (open: OpenStores) =>
  describe('audit trail', () => {
    test('tells what was done on a day in London, oldest first', async () => {
      const { facts, audit } = await open();
      // London is one hour ahead in summer: 23:30 of one day in UTC is half past midnight of the next.
      const late = anAuditEntry({ at: '2026-07-01T23:30:00.000Z', actor: { kind: 'public' } });
      const early = anAuditEntry({ at: '2026-07-01T22:59:59.999Z', actor: { kind: 'program' }, change: {} });
      const noon = anAuditEntry({ at: '2026-07-02T11:00:00.000Z' });
      for (const entry of [noon, late, early]) await facts.commit([audit.toRecord(entry)]);
      expect(await audit.ofDay('2026-07-01')).toEqual([early]);
      expect(await audit.ofDay('2026-07-02')).toEqual([late, noon]);
      expect(await audit.ofDay('2026-07-03')).toEqual([]);
    });

    test('takes nothing back', async () => {
      const { facts, audit } = await open();
      const entry = anAuditEntry();
      await facts.commit([audit.toRecord(entry)]);
      expect(await facts.commit([audit.toRecord({ ...entry, deed: 'other deed' })])).toEqual({
        refused: 'already-there',
      });
      expect(await audit.ofDay('2026-11-23')).toEqual([entry]);
    });
  });

const DAY = '2026-11-23';

const aSeal = (number: number, changes: Partial<Seal> = {}): Seal => ({
  number,
  entry: `2026-11-23T09:30:0${9 - number}.000Z#entry-${number}`,
  digest: `digest-${number}`,
  previous: `hash-${number - 1}`,
  hash: `hash-${number}`,
  sealedAt: '2026-11-23T09:31:00.000Z',
  ...changes,
});

const endOf = ({ number, hash }: Seal) => ({ count: number, hash });

const gather = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
};

export const describeAuditReading = (open: OpenStores) =>
  describe('reading the audit trail', () => {
    test('a day backwards, in pieces', async () => {
      const { facts, audit } = await open();
      const entries = [1, 2, 3].map((second) => anAuditEntry({ at: `2026-11-23T09:30:0${second}.000Z` }));
      for (const entry of entries) await facts.commit([audit.toRecord(entry)]);
      const first = await audit.readBack(DAY, { before: null, limit: 2 });
      expect(first.map(({ entry }) => entry)).toEqual([entries[2], entries[1]]);
      const before = first.at(-1)?.key ?? null;
      const rest = await audit.readBack(DAY, { before, limit: 2 });
      expect(rest.map(({ entry }) => entry)).toEqual([entries[0]]);
      expect(await audit.readBack('2026-11-22', { before: null, limit: 2 })).toEqual([]);
    });

    test('a day as entries, and as what is stored', async () => {
      const { facts, audit } = await open();
      const entry = anAuditEntry({
        before: null,
        after: { email: { withheld: true }, areas: ['a', 1, null] },
      });
      await facts.commit([audit.toRecord(entry)]);
      expect(await gather(audit.read(DAY))).toEqual([entry]);
      const [stored] = await gather(audit.stored(DAY));
      expect(stored).toMatchObject({ key: `${entry.at}#${entry.id}`, content: entry });
      expect(await audit.findStored(DAY, stored?.key ?? '')).toEqual(stored);
      expect(await audit.findStored(DAY, 'another')).toBeNull();
    });
  });

export const describeAuditSeals = (open: OpenStores) =>
  describe('audit seals', () => {
    test('are appended to the chain of a day, and read in the order of their entries', async () => {
      const { facts, seals } = await open();
      expect([await seals.head(DAY), await seals.firstDay()]).toEqual([null, null]);
      const [one, two, three] = [aSeal(1), aSeal(2), aSeal(3)];
      expect(await facts.commit([seals.toAppend(DAY, null, [one, two])])).toEqual({ refused: null });
      expect(await facts.commit([seals.toAppend(DAY, endOf(two), [three])])).toEqual({ refused: null });
      expect(await seals.head(DAY)).toEqual(endOf(three));
      expect(await gather(seals.read(DAY))).toEqual([three, two, one]);
      expect(await seals.find(DAY, two.entry)).toEqual(two);
      expect(await seals.find(DAY, 'another')).toBeNull();
      expect(await seals.firstDay()).toBe(DAY);
      expect(await gather(seals.read('2026-11-24'))).toEqual([]);
    });

    test('tell which day follows which, from the first on', async () => {
      const { facts, seals } = await open();
      expect([await seals.days(), await seals.dayBefore(DAY), await seals.begun(DAY)]).toEqual([
        [],
        null,
        null,
      ]);
      const after = { day: DAY, ...endOf(aSeal(1)) };
      await facts.commit([seals.toAppend('2026-11-26', null, [aSeal(1)], after)]);
      await facts.commit([seals.toAppend(DAY, null, [aSeal(1)], null)]);
      await facts.commit([seals.toAppend('2026-11-26', endOf(aSeal(1)), [aSeal(2)])]);
      const [first, second] = [
        { day: DAY, after: null },
        { day: '2026-11-26', after },
      ];
      expect(await seals.days()).toEqual([first, second]);
      expect(await seals.begun('2026-11-26')).toEqual(second);
      expect([await seals.firstDay(), await seals.dayBefore(DAY)]).toEqual([DAY, null]);
      expect([await seals.dayBefore('2026-11-26'), await seals.dayBefore('2026-11-27')]).toEqual([
        DAY,
        '2026-11-26',
      ]);
    });

    test('only at the end of the chain, and one for each entry', async () => {
      const { facts, seals } = await open();
      const [one, two] = [aSeal(1), aSeal(2)];
      await facts.commit([seals.toAppend(DAY, null, [one])]);
      const changed = { refused: 'changed-meanwhile' };
      expect(await facts.commit([seals.toAppend(DAY, null, [two])])).toEqual(changed);
      expect(await facts.commit([seals.toAppend(DAY, { count: 1, hash: 'other' }, [two])])).toEqual(changed);
      const again = aSeal(2, { entry: one.entry });
      expect(await facts.commit([seals.toAppend(DAY, endOf(one), [again])])).toEqual({
        refused: 'already-there',
      });
      expect(await seals.head(DAY)).toEqual(endOf(one));
      expect(await gather(seals.read(DAY))).toEqual([one]);
    });

    test('98 in one commit, for a new day, too', async () => {
      const { facts, seals } = await open();
      const many = Array.from({ length: 98 }, (_, index) => aSeal(index + 1, { entry: `entry-${index}` }));
      expect(await facts.commit([seals.toAppend(DAY, null, many)])).toEqual({ refused: null });
      expect(await seals.head(DAY)).toEqual({ count: 98, hash: 'hash-98' });
    });
  });
