import { dayOf, daysInMonth, monthsFrom, type Plan, weekdayOf } from './calendar.ts';
import { phrases } from './phrases.ts';
import { dated, longestOf, type Recogniser, type Time, type Unclear, unclear } from './time.ts';
import { type Found, isKey, numberAt, skip, type Tokens } from './tokens.ts';
import { financialYearAt, fullYearAt, isNear, shortYearAt, yearAt } from './years.ts';

/** Misspellings stand here when they can be one month only. */
const findMonth = phrases({
  1: ['January', 'Jan', 'Janury', 'Januray', 'Janurary', 'Janaury', 'Jannuary'],
  2: ['February', 'Feb', 'Febr', 'Febuary', 'Feburary', 'Febrary', 'Februry', 'Febuary'],
  3: ['March', 'Mar', 'Mrach', 'Marhc', 'Marcch'],
  4: ['April', 'Apr', 'Apirl', 'Aprl', 'Arpil', 'Aprill'],
  5: ['May'],
  6: ['June', 'Jun', 'Junne'],
  7: ['July', 'Jul', 'Jully'],
  8: ['August', 'Aug', 'Agust', 'Augst', 'Augest', 'Auguest'],
  9: ['September', 'Sept', 'Sep', 'Septmber', 'Septemer', 'Setpember', 'Septembr', 'Septemeber'],
  10: ['October', 'Oct', 'Ocotber', 'Octber', 'Octobr', 'Octobar', 'Octover'],
  11: ['November', 'Nov', 'Novmber', 'Novemeber', 'Novembr', 'Novemer', 'Novenber'],
  12: ['December', 'Dec', 'Decmber', 'Decemeber', 'Decembr', 'Decemer', 'Desember'],
});

const NAMES = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/** Whether a letter more, less or other, or two that are swapped, lead from a word to another. */
const isOneLetterAway = (word: string, name: string): boolean => {
  let same = 0;
  while (same < word.length && word[same] === name[same]) same += 1;
  const [rest, others] = [word.slice(same), name.slice(same)];
  const swapped = `${rest[1] ?? ''}${rest[0] ?? ''}${rest.slice(2)}`;
  const [typed, meant] = [rest.slice(1), others.slice(1)];
  return typed === meant || typed === others || rest === meant || swapped === others;
};

const SHORT_NAMES = ['jan', 'feb', 'mar', 'apr', 'jun', 'jul', 'aug', 'sep', 'sept', 'oct', 'nov', 'dec'];

/** Common words a letter away from a short name: "Roll out 2010" was hardly meant to be October. */
const NO_MONTHS = [
  ...['out', 'not', 'now', 'new', 'act', 'map', 'can', 'man', 'run', 'set', 'car', 'art', 'job', 'led'],
  ...['web', 'put', 'get', 'see', 'kept', 'sent', 'step', 'mark'],
];

const looksLikeShortName = (word: string): boolean =>
  word.length > 2 &&
  !NO_MONTHS.includes(word) &&
  SHORT_NAMES.some((name) => name === word || isOneLetterAway(word, name));

/** Whether a word is the beginning of a month's name, or nearly one. */
export const looksLikeMonth = (word: string): boolean =>
  word.length > 1 &&
  (looksLikeShortName(word) || NAMES.some((name) => name.startsWith(word) || isOneLetterAway(word, name)));

const findWeekday = phrases({
  0: ['Sunday', 'Sun'],
  1: ['Monday', 'Mon'],
  2: ['Tuesday', 'Tues', 'Tue'],
  3: ['Wednesday', 'Weds', 'Wed'],
  4: ['Thursday', 'Thurs', 'Thur', 'Thu'],
  5: ['Friday', 'Fri'],
  6: ['Saturday', 'Sat'],
});

/** So far from the plan, "March 31" is more likely a day than a year. */
const YEARS_NEAR = 10;

const APRIL = 4;

const ORDINALS = ['st', 'nd', 'rd', 'th'];

const isShortName = (tokens: Tokens, at: number): boolean => (tokens[at]?.key.length ?? 0) <= 4;

/** The number of a month, and the place behind its name (and the full stop behind a short one). */
const monthAt = (tokens: Tokens, at: number): Found<number> | null => {
  const found = findMonth(tokens, at);
  if (!found) return null;
  const stop = isShortName(tokens, at) && isKey(tokens, found.next, '.') && tokens[found.next]?.glued;
  return { value: Number(found.value), next: stop ? found.next + 1 : found.next };
};

export const isMonthAt = (tokens: Tokens, at: number): boolean => findMonth(tokens, at) !== null;

interface DayNumber {
  readonly day: number;
  readonly next: number;
  readonly ordinal: boolean;
}

/** 31, 31st, "the 31st". */
const dayNumberAt = (tokens: Tokens, at: number): DayNumber | null => {
  const start = skip(tokens, at, ['the'], 1);
  const day = numberAt(tokens, start, 2);
  if (day === null) return null;
  const ordinal = isKey(tokens, start + 1, ...ORDINALS) && tokens[start + 1]?.glued === true;
  return { day, next: start + (ordinal ? 2 : 1), ordinal };
};

/**
 * A year behind a month. Commas, dashes and the like may stand before four digits; before two they have to touch them,
 * and no month may follow: "28 Feb-10 March".
 */
const yearBehind = (tokens: Tokens, at: number, plan: Plan): Found<number> | null => {
  const direct = yearAt(tokens, at, plan);
  if (direct) return direct;
  const behind = skip(tokens, at, [',', '-', '/', '.', 'of', 'in'], 1);
  if (behind === at) return null;
  const full = fullYearAt(tokens, behind);
  if (full !== null) return { value: full, next: behind + 1 };
  const touches = tokens[at]?.glued && tokens[behind]?.glued && !isKey(tokens, at, ',');
  const year = touches && !monthAt(tokens, behind + 1) ? yearAt(tokens, behind, plan) : null;
  return year;
};

/** "June 2010/11": the June of that financial year. "Sept 10-11" may be two days. */
const readMonthOfFinancialYear: Recogniser = (tokens, at, plan) => {
  const month = monthAt(tokens, at);
  const behind = month && skip(tokens, month.next, [',', 'of', 'in', '-', '('], 1);
  const financial = behind === null ? null : financialYearAt(tokens, behind, plan);
  if (!month || !financial) return null;
  const year = financial.value + (month.value < APRIL ? 1 : 0);
  const value = financial.clear
    ? dated(monthsFrom(year, month.value, 1, 'month'), { basis: 'calendar', year })
    : unclear('two-readings');
  return { value, next: financial.next };
};

/** A day of a month, in a year or in any. */
const makeDay = (day: number, month: number, year: number | null): Time => {
  if (day < 1 || day > daysInMonth(month)) return unclear('impossible-day');
  if (year === null) return { kind: 'yearless', basis: 'calendar', inYear: (any) => dayOf(any, month, day) };
  const period = dayOf(year, month, day);
  return period ? dated(period, { basis: 'calendar', year }) : unclear('impossible-day');
};

/** "31st of March 2011", "31-Mar-11", "31 March". */
const readDayFirst: Recogniser = (tokens, at, plan) => {
  const number = dayNumberAt(tokens, at);
  if (!number) return null;
  const month = monthAt(tokens, skip(tokens, number.next, ['of', '-', '/', '.', ','], 1));
  if (!month) return null;
  const year = yearBehind(tokens, month.next, plan);
  const time = makeDay(number.day, month.value, year?.value ?? null);
  return { value: time, next: year?.next ?? month.next };
};

const JOINERS = ['-', '/', 'to', 'and', '&', 'until', 'till'];

/** "10-12 March 2011": due on the last of them. */
const readDaysOfMonth: Recogniser = (tokens, at, plan) => {
  const first = dayNumberAt(tokens, at);
  if (!first || !isKey(tokens, first.next, ...JOINERS)) return null;
  const second = dayNumberAt(tokens, first.next + 1);
  const last = second && readDayFirst(tokens, first.next + 1, plan);
  if (!second || !last || last.value.kind === 'unclear') return last;
  const apart = isKey(tokens, first.next, 'and', '&') && first.day + 1 !== second.day;
  if (apart && first.day < second.day) return { value: unclear('two-readings'), next: last.next };
  return first.day < second.day
    ? { value: { ...last.value, span: true }, next: last.next }
    : { value: unclear('turned-around'), next: last.next };
};

/** "March 31st, 2011", "March 31 2011", "March 5": not "March 05", which is a year. */
const readMonthFirst: Recogniser = (tokens, at) => {
  const month = monthAt(tokens, at);
  const number = month && dayNumberAt(tokens, month.next);
  if (!month || !number) return null;
  const year = fullYearAt(tokens, skip(tokens, number.next, [','], 1));
  if (year !== null) {
    const next = skip(tokens, number.next, [','], 1) + 1;
    return { value: makeDay(number.day, month.value, year), next };
  }
  const oneDigit = tokens[number.next - 1]?.key.length === 1;
  // "Jan 05 06": the fifth, or two years?
  if (!number.ordinal && tokens[number.next]?.key.length === 2 && numberAt(tokens, number.next, 2) !== null)
    if (!monthAt(tokens, number.next + 1)) return { value: unclear('two-readings'), next: number.next + 1 };
  // "March 2O11" is a slip of the hand.
  if (!number.ordinal && (!oneDigit || tokens[number.next]?.glued)) return null;
  return { value: makeDay(number.day, month.value, null), next: number.next };
};

/** "March 31" in a plan of 2010 may be a day; "March 11" there is a year, as "March 05" is in 2005. */
const isDoubtful = (tokens: Tokens, at: number, year: number, plan: Plan): boolean =>
  shortYearAt(tokens, at, plan) === year &&
  !isNear(year, plan, YEARS_NEAR) &&
  (numberAt(tokens, at, 2) ?? 0) <= 31;

/** "March 2011", "Mar-11", "March '05", "March". */
const readMonthAndYear: Recogniser = (tokens, at, plan) => {
  const month = monthAt(tokens, at);
  if (!month) return null;
  const year = yearBehind(tokens, month.next, plan);
  const inYear = (any: number) => monthsFrom(any, month.value, 1, 'month');
  if (!year && tokens[month.next]?.kind === 'number')
    return { value: unclear('unknown-word'), next: month.next + 1 };
  if (!year) return { value: { kind: 'yearless', basis: 'calendar', inYear }, next: month.next };
  if (isDoubtful(tokens, year.next - 1, year.value, plan) && !isKey(tokens, year.next - 2, "'"))
    return { value: unclear('two-readings'), next: year.next };
  return { value: dated(inYear(year.value), { basis: 'calendar', year: year.value }), next: year.next };
};

/** A time that is a question when its day is not the named day of the week. */
const onWeekday = (time: Time, weekday: number): Time => {
  const wrong: Unclear = unclear('wrong-weekday');
  if (time.kind === 'dated') return weekdayOf(time.period.last) === weekday ? time : wrong;
  if (time.kind === 'unclear') return time;
  return {
    ...time,
    inYear: (year) => {
      const period = time.inYear(year);
      return period && weekdayOf(period.last) === weekday ? period : null;
    },
  };
};

/** A recogniser of days that takes the name of the day of the week before them. */
export const withWeekday =
  (readDay: Recogniser): Recogniser =>
  (tokens, at, plan) => {
    const weekday = findWeekday(tokens, at);
    if (!weekday) return readDay(tokens, at, plan);
    const found = readDay(tokens, skip(tokens, weekday.next, [',', '.', 'the', '(']), plan);
    return found && { value: onWeekday(found.value, Number(weekday.value)), next: found.next };
  };

/** Days that are written with the name of their month. */
export const dayRecognisers: readonly Recogniser[] = [readDayFirst, readDaysOfMonth, readMonthFirst];

/** Months, in a year or in any. */
export const readMonth: Recogniser = longestOf(readMonthAndYear, readMonthOfFinancialYear);
