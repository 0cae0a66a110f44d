import { expect, test } from 'vitest';
import type { Action } from '#domain/actions/action.ts';
import { owedBy, quarterEnd } from '#domain/actions/owed.ts';
import { noTimescale } from '#domain/actions/timescale/timescale.ts';
import { anAction } from '#test/support/stores/records.ts';

const due = (...days: readonly string[]) => ({
  ...noTimescale,
  milestones: days.map((day) => ({ due: day, precision: 'day' as const, label: null })),
});
const owed = (changes: Partial<Action>) =>
  owedBy(anAction({ createdAt: '2026-03-20T10:00:00.000Z', ...changes }), { from: '2026-04-01' }).map(
    (one) => `${one.kind} ${one.due}`,
  );

test('a quarter ends on the last day of March, June, September and December', () => {
  expect(quarterEnd('2026-04-01')).toBe('2026-06-30');
  expect(quarterEnd('2026-06-30')).toBe('2026-06-30');
  expect(quarterEnd('2026-12-31', 1)).toBe('2027-03-31');
  expect(quarterEnd('2026-08-15', 1)).toBe('2026-12-31');
});

test('each milestone that is not met is owed, once', () => {
  const timescale = due('2026-06-30', '2026-09-30', '2026-09-30');
  expect(owed({ timescale })).toEqual(['action 2026-06-30', 'action 2026-09-30']);
  expect(owed({ timescale, met: ['2026-06-30'] })).toEqual(['action 2026-09-30']);
});

test.each(['complete', 'dropped'] as const)('nothing is owed of what is %s', (status) => {
  expect(owed({ status, timescale: due('2026-06-30') })).toEqual([]);
});

test('business as usual and ongoing work are reviewed at the end of each quarter', () => {
  expect(owed({ status: 'business-as-usual', timescale: due('2026-06-30') })).toEqual(['review 2026-06-30']);
  const ongoing = { ...due('2026-09-30'), ongoing: true };
  expect(owed({ timescale: ongoing })).toEqual(['action 2026-09-30', 'review 2026-06-30']);
  // Created within the plan, and reported on.
  expect(owed({ timescale: noTimescale, createdAt: '2026-07-01T10:00:00.000Z' })).toEqual([
    'review 2026-09-30',
  ]);
  expect(owed({ timescale: noTimescale, progressAt: '2026-07-01T10:00:00.000Z' })).toEqual([
    'review 2026-12-31',
  ]);
  // Half past midnight in London, in summer time.
  expect(owed({ timescale: noTimescale, progressAt: '2026-06-30T23:30:00.000Z' })).toEqual([
    'review 2026-12-31',
  ]);
});

test('what falls out of the clock of its milestones comes into that of the quarters', () => {
  const timescale = due('2026-06-30');
  expect(owed({ timescale, progressAt: '2026-06-20T10:00:00.000Z' })).toEqual(['action 2026-06-30']);
  expect(owed({ timescale, progressAt: '2026-06-30T10:00:00.000Z' })).toEqual([
    'action 2026-06-30',
    'review 2026-09-30',
  ]);
  expect(owed({ timescale, met: ['2026-06-30'], progressAt: '2026-06-20T10:00:00.000Z' })).toEqual([
    'review 2026-09-30',
  ]);
  expect(owed({ timescale: noTimescale, status: 'deferred' })).toEqual(['review 2026-06-30']);
});
