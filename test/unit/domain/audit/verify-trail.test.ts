import { beforeEach, describe, expect, test } from 'vitest';
import type { FaultFound } from '#domain/audit/faults.ts';
import type { AuditSeals } from '#domain/audit/seals.ts';
import { daysOfTrail, verifyTrail } from '#domain/audit/verify-trail.ts';
import { entryAt, openTrail } from './world.ts';

const DAY_LONG = 24 * 60;
/** The third has nothing: nobody worked. */
const [FIRST, SECOND, FOURTH] = ['2026-11-23', '2026-11-24', '2026-11-26'] as const;

let trail: ReturnType<typeof openTrail>;
beforeEach(async () => {
  trail = openTrail();
  trail.clock.set('2026-11-27T12:00:00.000Z');
  for (const days of [0, 1, 3]) await trail.write(entryAt(days * DAY_LONG), entryAt(days * DAY_LONG + 1));
});

async function* nothing(): AsyncGenerator<never> {}

/** A verification of the whole trail, without the entries and seals of one day, and perhaps without its place in the list. */
const verifyWithout = async (gone: string | null, { listed = true } = {}) => {
  const { audit, seals } = trail;
  const isGone = (day: string) => day === gone;
  const isListed = (day: string) => listed || !isGone(day);
  const left: Partial<AuditSeals> = {
    head: async (day) => (isGone(day) ? null : seals.head(day)),
    read: (day) => (isGone(day) ? nothing() : seals.read(day)),
    days: async () => (await seals.days()).filter(({ day }) => isListed(day)),
    begun: async (day) => (isListed(day) ? seals.begun(day) : null),
  };
  const ports = {
    ...trail,
    audit: Object.assign(Object.create(audit), {
      stored: (day: string) => (isGone(day) ? nothing() : audit.stored(day)),
    }),
    seals: Object.assign(Object.create(seals), left),
  };
  const found: FaultFound[] = [];
  const days: string[] = [];
  for await (const { day } of verifyTrail(ports, await daysOfTrail(ports), (fault) => found.push(fault)))
    days.push(day);
  return { found: found.map(({ day, fault }) => [day, fault]), days };
};

describe('days that follow each other', () => {
  test('verify, with days between on which nothing was done, and when one grows after the next has begun', async () => {
    await trail.write(entryAt(DAY_LONG + 2));
    const { found, days } = await verifyWithout(null);
    expect(found).toEqual([]);
    expect(days).toHaveLength(5);
    expect((await trail.seals.days()).map(({ day, after }) => [day, after?.day ?? null])).toEqual([
      [FIRST, null],
      [SECOND, FIRST],
      [FOURTH, SECOND],
    ]);
  });

  test.each([FIRST, SECOND, FOURTH])('tell when %s was taken out', async (day) => {
    expect((await verifyWithout(day)).found).toEqual([[day, 'day-missing']]);
  });

  test.each([FIRST, SECOND])('tell when %s was taken out, and from the list of days, too', async (day) => {
    expect((await verifyWithout(day, { listed: false })).found).toEqual([[day, 'day-missing']]);
  });

  test('tell when the list was changed so that a day follows none', async () => {
    const { seals } = trail;
    const changed = Object.assign(Object.create(seals), {
      begun: async (day: string) => ({ day, after: null }),
      days: () => seals.days(),
      head: (day: string) => seals.head(day),
      read: (day: string) => seals.read(day),
    });
    const found: FaultFound[] = [];
    const range = { from: SECOND, to: SECOND };
    for await (const _ of verifyTrail({ ...trail, seals: changed }, range, (fault) => found.push(fault)));
    expect(found).toMatchObject([{ day: SECOND, fault: 'seal-broken', number: 1 }]);
  });
});
