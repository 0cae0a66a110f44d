import { weekFrom } from './calendar.ts';
import { readMonth } from './months.ts';
import { phrases } from './phrases.ts';
import { mapPeriod, type Recogniser, unclear } from './time.ts';
import { isKey, numberAt, skip } from './tokens.ts';
import { financialYearAt, yearAt } from './years.ts';

const findWeek = phrases({
  beginning: [
    'w/c',
    'wc',
    'w.c.',
    'w/b',
    'w/beg',
    'wk commencing',
    'wk beginning',
    'week commencing',
    'week beginning',
    'week starting',
    'week of',
    'w/commencing',
  ],
  ending: ['w/e', 'week ending', 'wk ending', 'w/ending'],
});

/** "w/c 4 October 2010" is due on the Friday from then on; "week ending 8/10/10" on that very day. */
export const readWeek =
  (readDay: Recogniser): Recogniser =>
  (tokens, at, plan) => {
    const week = findWeek(tokens, skip(tokens, at, ['the'], 1));
    if (!week) return null;
    const found = readDay(tokens, skip(tokens, week.next, ['the', 'on', ':', '.', 'of']), plan);
    if (!found) return null;
    const time = mapPeriod(found.value, (period) =>
      week.value === 'beginning' ? weekFrom(period.last) : { ...period, precision: 'week' },
    );
    return { value: time, next: found.next };
  };

/** "Week 12 2010", "Period 3 2010/11": counted from a day on which not everybody agrees. */
export const readCountedWeek: Recogniser = (tokens, at, plan) => {
  if (!isKey(tokens, at, 'week', 'weeks', 'wk', 'month', 'period')) return null;
  if (numberAt(tokens, at + 1, 2) === null) return null;
  const behind = skip(tokens, at + 2, [',', 'of', 'in', '-', '/'], 1);
  const month = readMonth(tokens, behind, plan);
  if (month) return { value: unclear('two-readings'), next: month.next };
  const year = financialYearAt(tokens, behind, plan) ?? yearAt(tokens, behind, plan);
  return year && { value: unclear('two-readings'), next: year.next };
};
