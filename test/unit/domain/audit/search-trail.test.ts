import { describe, expect, test } from 'vitest';
import { auditCsvHead, auditCsvRow } from '#domain/audit/audit-csv.ts';
import { type AuditFilter, searchTrail, type TrailCursor } from '#domain/audit/search-trail.ts';
import { addDays, daysFrom, isDay } from '#domain/shared/days.ts';
import { DAY, entryAt, openTrail } from './world.ts';

const filter = (changes: Partial<AuditFilter> = {}): AuditFilter => ({
  from: addDays(DAY, -60),
  to: DAY,
  actor: null,
  email: null,
  deed: null,
  recordKind: null,
  recordId: null,
  ...changes,
});

const takeUpTo = (most: number) => {
  let taken = 0;
  return () => {
    taken += 1;
    return taken <= most;
  };
};
const limits = (found: number, read = 1000, days = 100) => ({ read, days, takes: takeUpTo(found) });

const fill = async () => {
  const trail = openTrail();
  const entries = [0, 60, -24 * 60, -24 * 60 + 5, -40 * 24 * 60].map((minutes) => entryAt(minutes));
  const byPublic = entryAt(30, {
    actor: { kind: 'public' },
    deed: 'leave priority',
    record: { kind: 'submission', id: 'the-one' },
  });
  await trail.record(...entries, byPublic);
  return { search: searchTrail(trail), byPublic, entries };
};

describe('searching the trail', () => {
  test('tells the latest first, over days', async () => {
    const { search } = await fill();
    const { entries, next } = await search(filter(), null, limits(100));
    const times = entries.map(({ at }) => at);
    expect(times).toEqual(times.toSorted().reverse());
    expect([times.length, next]).toEqual([6, null]);
  });

  test.each([1, 2, 3, 5])('goes on where it stopped, %i at a time, and skips nothing', async (size) => {
    const { search } = await fill();
    const all = (await search(filter(), null, limits(100))).entries;
    const found = [];
    let cursor: TrailCursor | null = null;
    do {
      const piece: Awaited<ReturnType<typeof search>> = await search(filter(), cursor, limits(size));
      found.push(...piece.entries);
      cursor = piece.next;
    } while (cursor);
    expect(found).toEqual(all);
  });

  test.each([
    [2, 100],
    [1000, 7],
    [1, 1],
  ])('stops after reading %i entries or %i days, and can go on', async (read, days) => {
    const { search, entries } = await fill();
    const found = [];
    let [cursor, pieces]: [TrailCursor | null, number] = [null, 0];
    do {
      const wanted = filter({ deed: 'triage' });
      const piece: Awaited<ReturnType<typeof search>> = await search(wanted, cursor, limits(100, read, days));
      found.push(...piece.entries);
      cursor = piece.next;
      pieces += 1;
    } while (cursor);
    expect(found).toHaveLength(entries.length);
    expect(pieces).toBeGreaterThan(2);
  });

  test.each([
    ['who', { actor: 'public' as const }],
    ['what was done', { deed: 'LEAVE' }],
    ['the record', { recordId: 'the-one', recordKind: 'submission' }],
  ])('by %s', async (_, wanted) => {
    const { search, byPublic } = await fill();
    expect((await search(filter(wanted), null, limits(100))).entries).toEqual([byPublic]);
  });

  test('by the address of staff, and by days', async () => {
    const { search } = await fill();
    const count = async (wanted: Partial<AuditFilter>) =>
      (await search(filter(wanted), null, limits(100))).entries.length;
    expect(await count({ email: 'practitioner@folkmoot.example' })).toBe(5);
    expect(await count({ email: 'nobody@folkmoot.example' })).toBe(0);
    expect(await count({ from: DAY })).toBe(3);
    expect(await count({ to: addDays(DAY, -1), from: addDays(DAY, -2) })).toBe(2);
    expect(await count({ from: addDays(DAY, 1) })).toBe(0);
  });
});

describe('an entry as CSV', () => {
  test('has every field, none of which is a formula', () => {
    const row = auditCsvRow(
      entryAt(0, {
        deed: '=cmd',
        before: null,
        after: { title: '=1' },
        change: { late: true },
        id: 'entry-1',
      }),
    );
    expect(auditCsvHead()).toBe(
      'at,actor,address,deed,record kind,record id,before,after,change,correlation id,entry\r\n',
    );
    expect(row).toMatch(
      /^2026-11-23T09:30:00.000Z,staff,practitioner@folkmoot.example,'=cmd,submission,[^,]+,,"\{""title"":""=1""\}","\{""late"":true\}",correlation-1,entry-1\r\n$/,
    );
  });
});

test('days of the calendar', () => {
  expect(['2026-11-22', '2028-02-29'].every(isDay)).toBe(true);
  expect(['2026-02-29', '2026-13-01', '22/11/2026', '', '2026-1-1'].some(isDay)).toBe(false);
  expect([...daysFrom('2027-02-27', '2027-03-01')]).toEqual(['2027-02-27', '2027-02-28', '2027-03-01']);
  expect([...daysFrom('2027-03-02', '2027-03-01')]).toEqual([]);
});
