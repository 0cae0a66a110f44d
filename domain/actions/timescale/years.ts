import { calendarYear, financialYear, type Plan, yearOf } from './calendar.ts';
import { phrases } from './phrases.ts';
import { dated, type Recogniser, type Time, unclear } from './time.ts';
import { type Found, isKey, numberAt, skip, type Tokens } from './tokens.ts';

const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;

const distance = (year: number, plan: Plan): number =>
  Math.max(yearOf(plan.from) - year, year - yearOf(plan.to), 0);

/** Whether a year is in the plan, or at most so many before or behind it. */
export const isNear = (year: number, plan: Plan, most: number): boolean => distance(year, plan) <= most;

/** The year with these last two digits that is nearest to the plan; of two as near, the later. */
const fromTwoDigits = (digits: number, plan: Plan): number =>
  [2100, 2000, 1900]
    .map((century) => century + digits)
    .reduce((best, year) => (distance(year, plan) < distance(best, plan) ? year : best));

export const fullYearAt = (tokens: Tokens, at: number): number | null => {
  const year = tokens[at]?.key.length === 4 ? numberAt(tokens, at, 4) : null;
  return year !== null && year >= FIRST_YEAR && year <= LAST_YEAR ? year : null;
};

/** Two digits, without an apostrophe. */
export const shortYearAt = (tokens: Tokens, at: number, plan: Plan): number | null => {
  const digits = tokens[at]?.key.length === 2 ? numberAt(tokens, at, 2) : null;
  return digits === null ? null : fromTwoDigits(digits, plan);
};

/** 2005, 05 or '05. */
export const yearAt = (tokens: Tokens, at: number, plan: Plan): Found<number> | null => {
  const digits = isKey(tokens, at, "'") && tokens[at + 1]?.glued ? at + 1 : at;
  const year = fullYearAt(tokens, digits) ?? shortYearAt(tokens, digits, plan);
  return year === null ? null : { value: year, next: digits + 1 };
};

const findFinancial = phrases({
  financial: ['FY', 'F/Y', 'F.Y.', 'financial year', 'fin year', 'fin. year', 'fiscal year', 'financial yr'],
  plain: ['year', 'yr', 'the year'],
});

const findOther = phrases({
  academic: ['academic year', 'school year', 'municipal year', 'council year', 'tax year'],
  calendar: ['calendar year'],
});

/** Two years with a slash or a dash between them, 2010/11: the first of them when they follow each other. */
const pairAt = (tokens: Tokens, at: number, plan: Plan): Found<{ first: number; last: number }> | null => {
  const first = fullYearAt(tokens, at) ?? shortYearAt(tokens, at, plan);
  if (first === null || !isKey(tokens, at + 1, '/', '-')) return null;
  const short = tokens[at + 2]?.key.length === 2 ? numberAt(tokens, at + 2, 2) : null;
  const last = fullYearAt(tokens, at + 2) ?? (short === null ? null : Math.floor(first / 100) * 100 + short);
  if (last === null) return null;
  return { value: { first, last: last % 100 === 0 && first % 100 === 99 ? first + 1 : last }, next: at + 3 };
};

/**
 * A financial year as it stands beside a quarter or a season: 2010/11, FY 10/11, "of the financial year 2010-2011". Its
 * value is the year in which it begins.
 */
export const financialYearAt = (
  tokens: Tokens,
  at: number,
  plan: Plan,
): (Found<number> & { readonly clear: boolean }) | null => {
  const prefix = findFinancial(tokens, at);
  const pair = pairAt(tokens, prefix?.next ?? at, plan);
  if (!pair || pair.value.last !== pair.value.first + 1) return null;
  const suffix = findFinancial(tokens, pair.next);
  const marked = prefix?.value === 'financial' || suffix?.value === 'financial';
  return {
    value: pair.value.first,
    next: suffix?.value === 'financial' ? suffix.next : pair.next,
    // "10/11" alone may be a day or a month as well.
    clear: marked || fullYearAt(tokens, prefix?.next ?? at) !== null,
  };
};

/** 2010/11 and its kin. */
export const readFinancialYear: Recogniser = (tokens, at, plan) => {
  const found = financialYearAt(tokens, at, plan);
  if (!found) return null;
  const { value, next, clear } = found;
  const time: Time = clear
    ? dated(financialYear(value), { basis: 'financial', year: value })
    : unclear('two-readings');
  return { value: time, next };
};

/** "the financial year", which the plan has to name; "FY11", which may end or begin in 2011. */
export const readNamedYear: Recogniser = (tokens, at, plan) => {
  const named = findFinancial(tokens, at);
  if (named?.value !== 'financial') return null;
  const year = yearAt(tokens, named.next, plan);
  if (year) return { value: unclear('two-readings'), next: year.next };
  return { value: { kind: 'yearless', basis: 'financial', inYear: financialYear }, next: named.next };
};

/** Years of schools and councils, whose ends differ from place to place. */
export const readOtherYear: Recogniser = (tokens, at, plan) => {
  const named = findOther(tokens, at);
  if (named?.value === 'calendar') {
    const year = yearAt(tokens, named.next, plan);
    if (year) return { value: dated(calendarYear(year.value)), next: year.next };
    return { value: { kind: 'yearless', basis: 'calendar', inYear: calendarYear }, next: named.next };
  }
  if (named) {
    const pair = pairAt(tokens, named.next, plan);
    const year = pair ?? yearAt(tokens, named.next, plan);
    return { value: unclear('two-readings'), next: year?.next ?? named.next };
  }
  const pair = pairAt(tokens, at, plan);
  const suffix = pair && findOther(tokens, pair.next);
  return suffix ? { value: unclear('two-readings'), next: suffix.next } : null;
};

/** 2011, or '05. */
export const readYear: Recogniser = (tokens, at, plan) => {
  const start = skip(tokens, at, ['year', 'yr'], 1);
  if (start === at && tokens[at]?.kind === 'number' && fullYearAt(tokens, at) === null) return null;
  const year = fullYearAt(tokens, start) === null && start > at ? null : yearAt(tokens, start, plan);
  if (!year) return null;
  return {
    value: dated(calendarYear(year.value), { basis: 'calendar', year: year.value }),
    next: year.next,
  };
};
