import { addDays } from '../../shared/days.ts';
import type { Period } from './calendar.ts';
import { calendarYear } from './calendar.ts';
import { phrases } from './phrases.ts';
import { dated, mapPeriod, type Recogniser, type Time, unclear } from './time.ts';
import { skip } from './tokens.ts';
import { financialYearAt, readFinancialYear, shortYearAt } from './years.ts';

const ORDINALS = ['first', '1st', 'second', '2nd', 'third', '3rd', 'fourth', '4th', 'last'];

const everyOrdinal = (names: readonly string[]): readonly string[] =>
  names.flatMap((name) => ORDINALS.map((ordinal) => `${ordinal} ${name}`));

/** What stands before a period and says which part of it. */
const findBound = phrases({
  end: ['end', 'the end', 'end of', 'last day of', 'the last day of', 'month end', 'close of'],
  mid: [
    'mid',
    'middle',
    'the middle',
    'middle of',
    'mid point of',
    'midpoint of',
    'midway through',
    'mid way through',
  ],
  vague: [
    'early',
    'late',
    'beginning of',
    'the beginning of',
    'beginning',
    'start of',
    'the start of',
    'early to mid',
    'early-mid',
    'early/mid',
    'mid to late',
    'mid-late',
    'mid/late',
    'mid to end',
    'mid/end',
    'around',
    'about',
    'approximately',
    'approx',
    'approx.',
    'circa',
    'c.',
    'ca.',
    'roughly',
    'after',
    'not before',
    'since',
    'following',
    'first half of',
    'second half of',
    'last working day of',
    'first day of',
    'next',
    'last',
    'post',
    'c',
    'ca',
    ...everyOrdinal([
      'week',
      'wk',
      'Monday',
      'Tuesday',
      'Wednesday',
      'Thursday',
      'Friday',
      'Saturday',
      'Sunday',
    ]),
  ],
  // Before a month begins, or before it is over?
  twofold: ['before', 'prior to', 'ahead of', 'pre'],
});

const MIDDLE_OF_A_MONTH = 15;

/** The middle of a month is its 15th, give or take a week; of anything longer, the end of its first half. */
const middleOf = (period: Period): Period | null => {
  const { first } = period;
  if (period.precision === 'month')
    return { first, last: addDays(first, MIDDLE_OF_A_MONTH - 1), precision: 'week' };
  if (period.precision !== 'year') return null;
  const half = new Date(
    Date.UTC(Number(first.slice(0, 4)), Number(first.slice(5, 7)) + 5, Number(first.slice(8))),
  );
  return { first, last: addDays(half.toISOString().slice(0, 10), -1), precision: 'half' };
};

const hasMiddle = (period: Period | null): boolean => period !== null && middleOf(period) !== null;

const SOME_YEAR = 2000;

const apply = (bound: 'end' | 'mid' | 'vague' | 'twofold', time: Time): Time => {
  if (time.kind === 'unclear' || bound === 'end') return time;
  if (bound === 'vague') return unclear('vague');
  if (bound === 'twofold') return unclear('two-readings');
  const sample = time.kind === 'dated' ? time.period : time.inYear(SOME_YEAR);
  if (!hasMiddle(sample) || time.span) return unclear('vague');
  return mapPeriod(time, (period) => middleOf(period) ?? period);
};

/** Two digits alone are a year behind "end", "mid" and the like: "mid 05". */
const readShortYear: Recogniser = (tokens, at, plan) => {
  if (financialYearAt(tokens, at, plan)) return readFinancialYear(tokens, at, plan);
  const year = shortYearAt(tokens, at, plan);
  if (year === null || tokens[at + 1]?.key === '/') return null;
  return { value: dated(calendarYear(year), { basis: 'calendar', year }), next: at + 1 };
};

/** "end of March 2011", "mid 05", "early 2011". */
export const withBound =
  (readPeriod: Recogniser): Recogniser =>
  (tokens, at, plan) => {
    const bound = findBound(tokens, at);
    if (!bound) return null;
    const behind = skip(tokens, bound.next, ['-', 'of', 'the', 'in', 'month'], 3);
    // "before the end of March" is the end of March.
    const inner = findBound(tokens, behind);
    const nearer = inner && bound.value === 'twofold' && inner.value === 'end' ? inner : null;
    const start = nearer ? skip(tokens, nearer.next, ['-', 'of', 'the'], 3) : behind;
    const found = readPeriod(tokens, start, plan) ?? readShortYear(tokens, start, plan);
    return found && { value: apply((nearer ?? bound).value, found.value), next: found.next };
  };
