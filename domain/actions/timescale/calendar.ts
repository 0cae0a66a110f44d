import type { LocalDate } from '../../shared/clock.ts';
import { addDays } from '../../shared/days.ts';
import type { Precision, Recurrence } from './timescale.ts';

/** A stretch of days, both ends included: what is meant by "March 2011". It is due on its last day. */
export interface Period {
  readonly first: LocalDate;
  readonly last: LocalDate;
  readonly precision: Precision;
}

/** The time for which a plan is made. */
export interface Plan {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

const FRIDAY = 5;
const APRIL = 4;

const two = (number: number): string => (number < 10 ? `0${number}` : String(number));

const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const lengthOf = (year: number, month: number): number => {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && leap ? 29 : (LENGTHS[month - 1] ?? 0);
};

/**
 * Months beyond 12 and days of up to a month too few or too many count on, as in a `Date`; it is what a long text asks
 * for most, and a `Date` takes ten times as long.
 */
const iso = (year: number, month: number, day: number): LocalDate => {
  if (month < 1 || month > 12) {
    const years = Math.floor((month - 1) / 12);
    return iso(year + years, month - years * 12, day);
  }
  if (day < 1) return iso(year, month - 1, day + lengthOf(...previous(year, month)));
  const length = lengthOf(year, month);
  if (day > length) return iso(year, month + 1, day - length);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
};

const previous = (year: number, month: number): readonly [number, number] =>
  month === 1 ? [year - 1, 12] : [year, month - 1];

export const yearOf = (day: LocalDate): number => Number(day.slice(0, 4));

/** 0 on Sunday to 6 on Saturday. */
export const weekdayOf = (day: LocalDate): number => new Date(day).getUTCDay();

/** Whole months; a `month` beyond 12 is in the years that follow. */
export const monthsFrom = (year: number, month: number, count: number, precision: Precision): Period => ({
  first: iso(year, month, 1),
  last: iso(year, month + count, 0),
  precision,
});

export const calendarYear = (year: number): Period => monthsFrom(year, 1, 12, 'year');

/** From 1 April to 31 March, as in public finance (Interpretation Act 1978, Schedule 1). */
export const financialYear = (start: number): Period => monthsFrom(start, APRIL, 12, 'year');

/** The longest that a month can be: 29 in February. */
export const daysInMonth = (month: number): number => lengthOf(2000, month);

/** Null when the calendar has no such day. */
export const dayOf = (year: number, month: number, day: number): Period | null => {
  if (month < 1 || month > 12 || day < 1) return null;
  if (day > lengthOf(year, month)) return null;
  const date = iso(year, month, day);
  return { first: date, last: date, precision: 'day' };
};

/** The working week that begins on a day or holds it: it is due on the first Friday from then on. */
export const weekFrom = (day: LocalDate): Period => {
  const last = addDays(day, (FRIDAY - weekdayOf(day) + 7) % 7);
  return { first: day, last, precision: 'week' };
};

/** The day so many months and days after another; what its month does not have counts on into the next one. */
const add = (day: LocalDate, months: number, days = 0): LocalDate =>
  iso(yearOf(day), Number(day.slice(5, 7)) + months, Number(day.slice(8)) + days);

/** Years of a plan are counted from its first day: year n ends on the day before the n-th anniversary. */
export const planYears = (plan: Plan, first: number, last: number): Period => ({
  first: add(plan.from, (first - 1) * 12),
  last: add(plan.from, last * 12, -1),
  precision: 'year',
});

const MONTHS_BETWEEN = { monthly: 1, quarterly: 3, 'half-yearly': 6, annually: 12 } as const;
const PRECISION = {
  weekly: 'week',
  monthly: 'month',
  quarterly: 'quarter',
  'half-yearly': 'half',
  annually: 'year',
} as const satisfies Record<Recurrence, Precision>;

/** Ends of weeks (Fridays), months or quarters of the calendar; halves and years are counted from the plan's first day. */
function* endsFrom(every: Recurrence, plan: Plan): Generator<LocalDate> {
  if (every === 'weekly') {
    for (let day = weekFrom(plan.from).last; ; day = addDays(day, 7)) yield day;
  }
  const step = MONTHS_BETWEEN[every];
  if (every === 'half-yearly' || every === 'annually') {
    for (let months = step; ; months += step) yield add(plan.from, months, -1);
  }
  const month = Number(plan.from.slice(5, 7));
  for (let last = month + ((step - (month % step)) % step); ; last += step)
    yield iso(yearOf(plan.from), last + 1, 0);
}

/** When recurring work is due within a window of a plan. */
export const recurrencesWithin = (
  every: Recurrence,
  plan: Plan,
  window: Pick<Period, 'first' | 'last'>,
): readonly Period[] => {
  const periods: Period[] = [];
  const from = window.first < plan.from ? { ...plan, from: window.first } : plan;
  for (const last of endsFrom(every, from)) {
    if (last > window.last) return periods;
    if (last >= window.first) periods.push({ first: last, last, precision: PRECISION[every] });
  }
  return periods;
};

/** Whether a period has room for work to come back in it. */
export const isLongerThan = ({ precision }: Period, every: Recurrence): boolean => {
  const ranks: readonly Precision[] = ['day', 'week', 'month', 'quarter', 'half', 'year'];
  // A season is as long as a quarter.
  const rank = ranks.indexOf(precision === 'season' ? 'quarter' : precision);
  return rank > ranks.indexOf(PRECISION[every]);
};
