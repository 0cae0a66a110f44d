import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addHours, hoursBetween, londonDate, toEpochSeconds } from '#domain/shared/clock.ts';

test.each([
  ['2026-11-22T23:59:59.999Z', '2026-11-22'],
  ['2027-03-28T00:59:59.999Z', '2027-03-28'],
  ['2027-03-28T22:59:59.999Z', '2027-03-28'],
  ['2027-03-28T23:00:00.000Z', '2027-03-29'],
  ['2027-10-30T23:30:00.000Z', '2027-10-31'],
  ['2027-10-31T23:30:00.000Z', '2027-10-31'],
  ['2028-02-29T00:00:00.000Z', '2028-02-29'],
  ['2026-12-31T23:59:59.000Z', '2026-12-31'],
])('at %s it is %s in London', (at, day) => {
  expect(londonDate(at)).toBe(day);
});

test('hours are hours of the clock in UTC, also over a change of the wall clock', () => {
  expect(addHours('2027-03-27T12:00:00.000Z', 72)).toBe('2027-03-30T12:00:00.000Z');
  expect(hoursBetween('2027-03-30T12:00:00.000Z', '2027-03-27T12:00:00.000Z')).toBe(-72);
  const moment = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(moment, fc.integer({ min: -9000, max: 9000 }), (date, hours) => {
      const at = date.toISOString();
      expect(hoursBetween(at, addHours(at, hours))).toBe(hours);
      expect(toEpochSeconds(addHours(at, hours)) - toEpochSeconds(at)).toBe(hours * 3600);
    }),
  );
});
