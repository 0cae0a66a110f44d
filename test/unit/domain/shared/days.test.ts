import fc from 'fast-check';
import { expect, test } from 'vitest';
import { londonDate } from '#domain/shared/clock.ts';
import { addDays, daysFrom, isDay, weekOf } from '#domain/shared/days.ts';

test.each([
  ['2026-11-23T00:00:00.000Z', '2026-11-23', 'a Monday, from its beginning'],
  ['2026-11-22T23:59:59.999Z', '2026-11-16', 'a Sunday, to its end'],
  ['2026-11-25T12:00:00.000Z', '2026-11-23', 'a Wednesday'],
  ['2026-07-05T22:59:59.999Z', '2026-06-29', 'a Sunday in summer'],
  ['2026-07-05T23:00:00.000Z', '2026-07-06', 'a Sunday in UTC that is a Monday in London'],
  ['2027-01-01T12:00:00.000Z', '2026-12-28', 'a Friday in a week that began in another year'],
  ['2026-03-29T00:59:59.999Z', '2026-03-23', 'the Sunday on which the clocks go forward'],
  ['2026-10-25T23:30:00.000Z', '2026-10-19', 'the Sunday on which they go back'],
])('%s is in the week of %s: %s', (at, week) => {
  expect(weekOf(at)).toBe(week);
});

test('a week has seven days, begins on a Monday, and holds the moment that it was asked for', () => {
  const moment = fc.date({
    min: new Date('2020-01-01'),
    max: new Date('2040-01-01'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(moment, (date) => {
      const at = date.toISOString();
      const week = weekOf(at);
      expect(new Date(week).getUTCDay()).toBe(1);
      expect([...daysFrom(week, addDays(week, 6))]).toContain(londonDate(at));
    }),
  );
});

test('a day is what is in the calendar', () => {
  expect(['2026-11-22', '2028-02-29', '2026-02-29', '2026-13-01', 'today', ''].map(isDay)).toEqual([
    ...[true, true],
    ...[false, false, false, false],
  ]);
});
