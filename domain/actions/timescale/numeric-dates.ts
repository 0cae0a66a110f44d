import { dayOf, financialYear, monthsFrom } from './calendar.ts';
import { dated, type Recogniser, type Time, unclear } from './time.ts';
import { type Found, isKey, numberAt, skip, type Tokens } from './tokens.ts';
import { fullYearAt, yearAt } from './years.ts';

/** More digits behind a date, with nothing between: it is a number of another kind. */
const goesOn = (tokens: Tokens, at: number): boolean =>
  isKey(tokens, at, '/', '-', '.', ':') &&
  tokens[at]?.glued === true &&
  tokens[at + 1]?.glued === true &&
  tokens[at + 1]?.kind === 'number';

const makeDate = (year: number, month: number, day: number): Time => {
  const period = dayOf(year, month, day);
  if (period) return dated(period, { basis: 'calendar', year });
  return unclear(dayOf(year, day, month) ? 'month-first' : 'impossible-day');
};

/** "31/3/11/4" */
const refuseLonger = (found: Found<Time>, tokens: Tokens, mark: string): Found<Time> =>
  isKey(tokens, found.next, mark) && goesOn(tokens, found.next)
    ? { value: unclear('unknown-word'), next: found.next + 2 }
    : found;

/** 2011-03-31 */
const readYearFirst = (tokens: Tokens, at: number): Found<Time> | null => {
  const year = fullYearAt(tokens, at);
  const month = numberAt(tokens, at + 2, 2);
  const day = numberAt(tokens, at + 4, 2);
  if (year === null || month === null || day === null) return null;
  const threeYears = month === (year + 1) % 100 && day === (year + 2) % 100;
  if (threeYears && isKey(tokens, at + 1, '/')) return { value: unclear('two-readings'), next: at + 5 };
  const period = dayOf(year, month, day);
  return {
    value: period ? dated(period, { basis: 'calendar', year }) : unclear('impossible-day'),
    next: at + 5,
  };
};

/** 31/3/11 */
const readDayFirst: Recogniser = (tokens, at, plan) => {
  const day = numberAt(tokens, at, 2);
  const month = numberAt(tokens, at + 2, 2);
  const year = yearAt(tokens, at + 4, plan);
  if (day === null || month === null || !year) return null;
  return { value: makeDate(year.value, month, day), next: year.next };
};

/** The place behind "00:00:00", which spreadsheets write behind a day. */
const behindMidnight = (tokens: Tokens, at: number): number | null => {
  let next = skip(tokens, at, ['t'], 1);
  if (!isKey(tokens, next, '00', '0') || !isKey(tokens, next + 1, ':')) return null;
  next = skip(tokens, next, ['00', '0', '000', ':', '.'], 7);
  return skip(tokens, next, ['z'], 1);
};

/** 31/3/11, 31.03.2011, 31-3-11, 2011-03-31. */
export const readNumericDate: Recogniser = (tokens, at, plan) => {
  const mark = tokens[at + 1]?.key ?? '';
  if (!['/', '.', '-'].includes(mark) || !isKey(tokens, at + 3, mark)) return null;
  const found = readYearFirst(tokens, at) ?? readDayFirst(tokens, at, plan);
  if (!found) return null;
  const midnight = behindMidnight(tokens, found.next);
  return midnight === null ? refuseLonger(found, tokens, mark) : { ...found, next: midnight };
};

/** 03/2011 */
export const readNumericMonth: Recogniser = (tokens, at) => {
  const month = numberAt(tokens, at, 2);
  const year = fullYearAt(tokens, at + 2);
  if (month === null || year === null || !isKey(tokens, at + 1, '/', '.', '-')) return null;
  const period = month >= 1 && month <= 12 ? monthsFrom(year, month, 1, 'month') : null;
  return {
    value: period ? dated(period, { basis: 'calendar', year }) : unclear('impossible-day'),
    next: at + 3,
  };
};

/** What two years may be that do not follow each other: 2010-12 is a December, or three years. */
const judgePair = (first: number, last: number, short: number | null): Time => {
  const isMonth = short !== null && short >= 1 && short <= 12;
  if (last === first + 1) return dated(financialYear(first), { basis: 'financial', year: first });
  if (last > first) return unclear('two-readings');
  if (isMonth) return dated(monthsFrom(first, short, 1, 'month'), { basis: 'calendar', year: first });
  return unclear('turned-around');
};

/** 2010-2013, 2010/12, 2010-03. Years that follow each other are a financial year and read as that. */
export const readPairOfYears: Recogniser = (tokens, at) => {
  const first = fullYearAt(tokens, at);
  if (first === null || !isKey(tokens, at + 1, '/', '-')) return null;
  const short = tokens[at + 2]?.key.length === 2 ? numberAt(tokens, at + 2, 2) : null;
  const last = fullYearAt(tokens, at + 2) ?? (short === null ? null : Math.floor(first / 100) * 100 + short);
  if (last === null) return null;
  // 1999/00 turns the century, and is read with the financial years.
  if (first % 100 === 99 && short === 0) return null;
  return { value: judgePair(first, last, short), next: at + 3 };
};

/** 3/11 and 10/11: a day, a month or years. */
export const readPairOfNumbers: Recogniser = (tokens, at) => {
  const both = numberAt(tokens, at, 2) !== null && numberAt(tokens, at + 2, 2) !== null;
  return both && isKey(tokens, at + 1, '/') ? { value: unclear('two-readings'), next: at + 3 } : null;
};
