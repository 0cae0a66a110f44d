import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bankHolidays, isWorkingDay } from '#domain/shared/working-days.ts';

/** Bank holidays of England and Wales that fall on a weekday, as published for each year. */
const PUBLISHED: Readonly<Record<number, string>> = {
  2000: '01-03 04-21 04-24 05-01 05-29 08-28 12-25 12-26',
  2001: '01-01 04-13 04-16 05-07 05-28 08-27 12-25 12-26',
  2002: '01-01 03-29 04-01 05-06 06-03 06-04 08-26 12-25 12-26',
  2003: '01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26',
  2004: '01-01 04-09 04-12 05-03 05-31 08-30 12-27 12-28',
  2005: '01-03 03-25 03-28 05-02 05-30 08-29 12-26 12-27',
  2006: '01-02 04-14 04-17 05-01 05-29 08-28 12-25 12-26',
  2007: '01-01 04-06 04-09 05-07 05-28 08-27 12-25 12-26',
  2008: '01-01 03-21 03-24 05-05 05-26 08-25 12-25 12-26',
  2009: '01-01 04-10 04-13 05-04 05-25 08-31 12-25 12-28',
  2010: '01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28',
  2011: '01-03 04-22 04-25 04-29 05-02 05-30 08-29 12-26 12-27',
  2012: '01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26',
  2013: '01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26',
  2014: '01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26',
  2015: '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28',
  2016: '01-01 03-25 03-28 05-02 05-30 08-29 12-26 12-27',
  2017: '01-02 04-14 04-17 05-01 05-29 08-28 12-25 12-26',
  2018: '01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26',
  2019: '01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26',
  2020: '01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28',
  2021: '01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28',
  2022: '01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27',
  2023: '01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26',
  2024: '01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26',
  2025: '01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26',
  2026: '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28',
  2027: '01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28',
  2028: '01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26',
  2029: '01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26',
  2030: '01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26',
};

const isWeekday = (date: string): boolean => ![0, 6].includes(new Date(`${date}T00:00Z`).getUTCDay());

const daysOf = (year: number): string[] => {
  const days: string[] = [];
  for (let at = Date.UTC(year, 0, 1); at < Date.UTC(year + 1, 0, 1); at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
};

describe('bank holidays', () => {
  test.each(Object.entries(PUBLISHED))('of %s are those published', (year, days) => {
    const published = days.split(' ').map((day) => `${year}-${day}`);
    expect([...bankHolidays(Number(year))].sort()).toEqual(published);
  });

  test('are known from 2000 to 2100: eight or more, each on a weekday of its year', () => {
    for (let year = 2000; year <= 2100; year += 1) {
      const days = [...bankHolidays(year)];
      expect(days.length, String(year)).toBeGreaterThanOrEqual(8);
      expect(days.filter((day) => !isWeekday(day) || !day.startsWith(`${year}-`))).toEqual([]);
    }
  });

  test.each([1999, 2101, Number.NaN])('of %d are not known, and it says so', (year) => {
    expect(() => bankHolidays(year)).toThrow(RangeError);
  });
});

describe('working days', () => {
  test('are Monday to Friday without the bank holidays', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2000, max: 2100 }), (year) => {
        const working = daysOf(year).filter(isWorkingDay);
        const expected = daysOf(year).filter((day) => isWeekday(day) && !bankHolidays(year).has(day));
        expect(working).toEqual(expected);
        expect(working.length).toBeGreaterThanOrEqual(250);
        expect(working.length).toBeLessThanOrEqual(254);
      }),
      { numRuns: 20 },
    );
  });

  test.each([
    ['2026-11-22', false],
    ['2026-11-23', true],
    ['2027-12-27', false],
    ['2027-12-28', false],
    ['2027-12-29', true],
    ['2028-01-03', false],
    ['2028-02-29', true],
    ['2022-09-19', false],
    ['2020-05-04', true],
    ['2020-05-08', false],
  ])('%s: %s', (day, working) => {
    expect(isWorkingDay(day)).toBe(working);
  });

  test.each(['2026-13-01', '2026-02-30', 'tomorrow', ''])('%j is no day', (day) => {
    expect(() => isWorkingDay(day)).toThrow(RangeError);
  });
});
