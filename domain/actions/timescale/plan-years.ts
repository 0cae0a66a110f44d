import { type Plan, planYears } from './calendar.ts';
import { readMonth } from './months.ts';
import { phrases } from './phrases.ts';
import { dated, type Recogniser, type Time, unclear } from './time.ts';
import { type Found, isKey, numberAt, skip, type Tokens } from './tokens.ts';

const findYear = phrases({ year: ['year', 'years', 'yr', 'yrs', 'yr.', 'y'] });
const findCount = phrases({
  1: ['one', 'first', '1st'],
  2: ['two', 'second', '2nd'],
  3: ['three', 'third', '3rd'],
  4: ['four', 'fourth', '4th'],
  5: ['five', 'fifth', '5th'],
});

/** Spreadsheets make "½" of "1/2", which means years 1 to 2, and "⅔" of "2/3". */
const FRACTIONS: Readonly<Record<string, readonly [number, number]>> = { '½': [1, 2], '⅔': [2, 3] };

/** A pair up to here is years of a plan, whatever its length; beyond, the plan has to have them. */
const LAST_OF_A_PAIR = 3;

interface Years {
  readonly first: number;
  readonly last: number;
}

const countAt = (tokens: Tokens, at: number): Found<number> | null => {
  const digit = numberAt(tokens, at, 1);
  if (digit !== null) return { value: digit, next: at + 1 };
  const count = findCount(tokens, at);
  return count && isKey(tokens, at, 'one', 'two', 'three', 'four', 'five')
    ? { value: Number(count.value), next: count.next }
    : null;
};

/** "Year 1", "Yr 2", "Y3", "the second year". */
export const planYearAt = (tokens: Tokens, at: number): Found<number> | null => {
  const year = findYear(tokens, at);
  if (year) {
    const glued = tokens[year.next]?.glued === true;
    return isKey(tokens, at, 'y') && !glued ? null : countAt(tokens, year.next);
  }
  const start = skip(tokens, at, ['the'], 1);
  const count = isKey(tokens, start, 'one', 'two', 'three', 'four', 'five') ? null : findCount(tokens, start);
  const behind = count && findYear(tokens, count.next);
  return count && behind && isKey(tokens, count.next, 'year', 'yr')
    ? { value: Number(count.value), next: behind.next }
    : null;
};

/** The end of "Years 1-3", "Year 1 and 2", "Year 1 to Year 2". */
const lastYearAt = (tokens: Tokens, at: number): Found<number> | null => {
  if (!isKey(tokens, at, '-', '/', 'to', 'and', '&')) return null;
  const named = isKey(tokens, at, 'and', '&') ? null : findYear(tokens, at + 1);
  return countAt(tokens, named?.next ?? at + 1);
};

const fractionAt = (tokens: Tokens, at: number): Found<Years> | null => {
  const fraction = FRACTIONS[tokens[at]?.key ?? ''];
  if (fraction) return { value: { first: fraction[0], last: fraction[1] }, next: at + 1 };
  const first = numberAt(tokens, at, 1);
  const last = numberAt(tokens, at + 2, 1);
  if (first === null || last === null || !isKey(tokens, at + 1, '/')) return null;
  const inOrder = first >= 1 && last === first + 1 && !isKey(tokens, at + 3, '/');
  return inOrder ? { value: { first, last }, next: at + 3 } : null;
};

const yearsAt = (tokens: Tokens, at: number): Found<Years> | null => {
  const named = findYear(tokens, at);
  const fraction = fractionAt(tokens, named?.next ?? at);
  if (fraction) return fraction;
  const first = planYearAt(tokens, at);
  if (!first) return null;
  const last = named && lastYearAt(tokens, first.next);
  return { value: { first: first.value, last: (last ?? first).value }, next: (last ?? first).next };
};

/** "5/6" in a plan of three years is no pair of its years. */
const isBeyond = ({ last }: Years, plan: Plan): boolean =>
  last > LAST_OF_A_PAIR && planYears(plan, last, last).first > plan.to;

const judge = ({ first, last }: Years, plan: Plan): Time => {
  if (first < 1 || last < 1) return unclear('impossible-day');
  return last < first ? unclear('turned-around') : dated(planYears(plan, first, last));
};

/** Years of the plan: "Year 1", "½", "2/3", "Yrs 1-3". */
export const readPlanYears: Recogniser = (tokens, at, plan) => {
  const years = yearsAt(tokens, at);
  if (!years) return null;
  if (tokens[at]?.kind === 'number' && isBeyond(years.value, plan)) return null;
  // "Year 1 March 2011" may be the first of March.
  const month = readMonth(tokens, years.next, plan);
  if (month && tokens[years.next - 1]?.kind === 'number')
    return { value: unclear('two-readings'), next: month.next };
  return { value: judge(years.value, plan), next: years.next };
};

/**
 * A cell that holds one digit and nothing else, as a column "Implementation year" does: read when the plan has that
 * year and others.
 */
export const readLoneYear: Recogniser = (tokens, at, plan) => {
  const year = tokens.length === 1 ? numberAt(tokens, at, 1) : null;
  if (year === null || year < 1) return null;
  const beyondOne = planYears(plan, 1, 1).last < plan.to;
  return beyondOne && planYears(plan, year, year).first <= plan.to
    ? { value: dated(planYears(plan, year, year)), next: at + 1 }
    : null;
};
