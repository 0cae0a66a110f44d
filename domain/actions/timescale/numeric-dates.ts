import { dayOf, financialYear, monthsFrom } from './calendar.ts';
import { dated, type Recogniser, type Time, unclear } from './time.ts';
import { isKey, numberAt, type Tokens } from './tokens.ts';
import { fullYearAt, yearAt } from './years.ts';

/** More digits behind a date, with nothing between: it is a number of another kind. */
export const goesOn = (tokens: Tokens, at: number): boolean =>
  isKey(tokens, at, '/', '-', '.', ':') &&
  tokens[at]?.glued === true &&
  tokens[at + 1]?.glued === true &&
  tokens[at + 1]?.kind === 'number';

const makeDate = (year: number, month: number, day: number): Time => {
  const period = dayOf(year, month, day);
  if (period) return dated(period, { basis: 'calendar', year });
  return unclear(dayOf(year, day, month) ? 'month-first' : 'impossible-day');
};

/** 31/3/11, 31.03.2011, 31-3-11, 2011-03-31. */
export const readNumericDate: Recogniser = (tokens, at, plan) => {
  const mark = tokens[at + 1]?.key ?? '';
  if (!['/', '.', '-'].includes(mark) || !isKey(tokens, at + 3, mark)) return null;
  const middle = numberAt(tokens, at + 2, 2);
  if (middle === null) return null;
  const next = at + 5;
  const first = numberAt(tokens, at, 2);
  if (first !== null) {
    const year = yearAt(tokens, at + 4, plan);
    if (!year) return null;
    // "31/3/11/4"
    if (goesOn(tokens, year.next) && isKey(tokens, year.next, mark))
      return { value: unclear('unknown-word'), next: year.next + 2 };
    return { value: makeDate(year.value, middle, first), next: year.next };
  }
  const year = fullYearAt(tokens, at);
  const last = numberAt(tokens, at + 4, 2);
  if (year === null || last === null) return null;
  if (goesOn(tokens, next) && isKey(tokens, next, mark))
    return { value: unclear('unknown-word'), next: next + 2 };
  const threeYears = mark === '/' && middle === (year + 1) % 100 && last === (year + 2) % 100;
  const period = dayOf(year, middle, last);
  if (threeYears) return { value: unclear('two-readings'), next };
  return {
    value: period ? dated(period, { basis: 'calendar', year }) : unclear('impossible-day'),
    next,
  };
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
