import { describe, expect, test } from 'vitest';
import { quarterBefore } from '#domain/reports/answer-figures.ts';
import { addMonths, periodAfter, periodEnding } from '#domain/reports/period.ts';

describe('months later', () => {
  test.each([
    ['2026-06-30', -3, '2026-03-31'],
    ['2026-12-31', -3, '2026-09-30'],
    ['2027-02-28', -3, '2026-11-30'],
    ['2028-02-28', -3, '2027-11-28'],
    ['2028-02-29', 12, '2029-02-28'],
    ['2026-09-15', -3, '2026-06-15'],
    ['2026-05-30', -3, '2026-02-28'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-11-30', 3, '2027-02-28'],
  ])('of %s, %i is %s', (day, months, later) => expect(addMonths(day, months)).toBe(later));
});

describe('the period of a report', () => {
  test.each([
    ['committee', '2026-09-30', { from: '2026-07-01', to: '2026-09-30' }],
    ['board', '2026-09-30', { from: '2026-04-01', to: '2026-09-30' }],
    ['annual', '2027-03-31', { from: '2026-04-01', to: '2027-03-31' }],
    ['committee', '2026-09-15', { from: '2026-06-16', to: '2026-09-15' }],
  ] as const)('%s to %s', (kind, asOf, period) => expect(periodEnding(kind, asOf)).toEqual(period));

  test('is followed by one of the same length', () => {
    const period = periodEnding('committee', '2026-09-30');
    expect(periodAfter('committee', period)).toEqual({ from: '2026-10-01', to: '2026-12-31' });
  });
});

describe('the quarter before a day', () => {
  test.each([
    ['2026-11-23', '2026-07-01', '2026-09-30'],
    ['2026-10-01', '2026-07-01', '2026-09-30'],
    ['2026-09-30', '2026-04-01', '2026-06-30'],
    ['2026-01-01', '2025-10-01', '2025-12-31'],
    ['2026-04-05', '2026-01-01', '2026-03-31'],
  ])('%s', (day, from, to) => expect(quarterBefore(day)).toEqual({ from, to }));
});
