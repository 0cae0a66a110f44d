import { weekFrom } from './calendar.ts';
import { phrases } from './phrases.ts';
import { mapPeriod, type Recogniser } from './time.ts';
import { skip } from './tokens.ts';

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
