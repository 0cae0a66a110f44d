import type { LocalDate } from './clock.ts';
import { addDays, isDay } from './days.ts';

/**
 * Days on which the published calendar of England and Wales departs from the rules: proclaimed extra
 * holidays, and holidays moved. Source: gov.uk/bank-holidays and the royal proclamations of those years.
 */
const PROCLAIMED: Readonly<
  Record<number, { readonly added: readonly LocalDate[]; readonly moved: readonly LocalDate[] }>
> = {
  // Golden Jubilee: spring holiday moved from 27 May to 4 June, and 3 June added.
  2002: { added: ['2002-06-03', '2002-06-04'], moved: ['2002-05-27'] },
  // Wedding of the Duke and Duchess of Cambridge.
  2011: { added: ['2011-04-29'], moved: [] },
  // Diamond Jubilee: spring holiday moved from 28 May to 4 June, and 5 June added.
  2012: { added: ['2012-06-04', '2012-06-05'], moved: ['2012-05-28'] },
  // 75 years since VE Day: early May holiday moved from Monday 4 to Friday 8 May.
  2020: { added: ['2020-05-08'], moved: ['2020-05-04'] },
  // Platinum Jubilee: spring holiday moved from 30 May to 2 June, 3 June added; state funeral on 19 September.
  2022: { added: ['2022-06-02', '2022-06-03', '2022-09-19'], moved: ['2022-05-30'] },
  // Coronation of the King.
  2023: { added: ['2023-05-08'], moved: [] },
};

const FIRST_YEAR = 2000;
const LAST_YEAR = 2100;
const MONDAY = 1;
const SATURDAY = 6;
const SUNDAY = 7;

// A calendar library would be a fifth of the bundle of every function that asks whether today is a working day.
const dayOf = (year: number, month: number, day: number): LocalDate =>
  new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);

/** 1 is Monday, 7 is Sunday. */
const weekdayOf = (day: LocalDate): number => new Date(day).getUTCDay() || SUNDAY;

/** Easter Sunday in the Gregorian calendar (the anonymous algorithm, Meeus, Astronomical Algorithms, ch. 8). */
const easterSunday = (year: number): LocalDate => {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 19 * l) / 433);
  const month = Math.floor((h + l - 7 * m + 90) / 25);
  return dayOf(year, month, (h + l - 7 * m + 33 * month + 19) % 32);
};

const firstMonday = (year: number, month: number): LocalDate => {
  const first = dayOf(year, month, 1);
  return addDays(first, (MONDAY - weekdayOf(first) + 7) % 7);
};

const lastMonday = (year: number, month: number): LocalDate => {
  const last = dayOf(year, month + 1, 0);
  return addDays(last, MONDAY - weekdayOf(last));
};

/** Fixed days that fall on a weekend are kept on the next weekday that is not a holiday itself. */
const substituted = (days: readonly LocalDate[]): readonly LocalDate[] => {
  const taken = days.filter((day) => weekdayOf(day) < SATURDAY);
  return days.map((day) => {
    if (weekdayOf(day) < SATURDAY) return day;
    let kept = day;
    while (weekdayOf(kept) >= SATURDAY || taken.includes(kept)) kept = addDays(kept, 1);
    taken.push(kept);
    return kept;
  });
};

const yearsKnown = new Map<number, ReadonlySet<LocalDate>>();

/**
 * The bank holidays of England and Wales in a year from 2000 to 2100, from the rules of the Banking and
 * Financial Dealings Act 1971 and custom (Easter, substitute days), corrected by what was proclaimed.
 * Outside these years it throws a `RangeError`.
 */
export const bankHolidays = (year: number): ReadonlySet<LocalDate> => {
  if (year < FIRST_YEAR || year > LAST_YEAR)
    throw new RangeError(`Bank holidays are known from ${FIRST_YEAR} to ${LAST_YEAR}, not for ${year}`);
  const known = yearsKnown.get(year);
  if (known) return known;
  const easter = easterSunday(year);
  const byRule = [
    ...substituted([dayOf(year, 1, 1)]),
    addDays(easter, -2),
    addDays(easter, 1),
    firstMonday(year, 5),
    lastMonday(year, 5),
    lastMonday(year, 8),
    ...substituted([dayOf(year, 12, 25), dayOf(year, 12, 26)]),
  ];
  const { added = [], moved = [] } = PROCLAIMED[year] ?? {};
  const holidays = new Set([...byRule.filter((day) => !moved.includes(day)), ...added]);
  yearsKnown.set(year, holidays);
  return holidays;
};

/** Monday to Friday, except the bank holidays of England and Wales. Throws a `RangeError` at what is no day. */
export const isWorkingDay = (date: LocalDate): boolean => {
  if (!isDay(date)) throw new RangeError(`"${date}" is no day`);
  return weekdayOf(date) < SATURDAY && !bankHolidays(Number(date.slice(0, 4))).has(date);
};
