import type { Plan } from './calendar.ts';
import { yearOf } from './calendar.ts';
import type { Item } from './items.ts';
import { COUNTED, VERBS_AFTER_MAY } from './keywords.ts';
import { looksLikeMonth } from './months.ts';
import { keyOf } from './settle.ts';
import { unclear } from './time.ts';
import { isNear } from './years.ts';

const YEARS_NEAR = 5;

type TimeItem = Extract<Item, { kind: 'time' }>;

/** Where an item stands. */
interface Place {
  readonly text: string;
  readonly plan: Plan;
  readonly item: TimeItem;
  readonly before: Item | undefined;
  readonly earlier: Item | undefined;
  readonly behind: Item | undefined;
  readonly next: Item | undefined;
  /** The work comes back or goes on: "quarterly from June 2010". */
  readonly lasts: boolean;
}

const isMark = ({ kind }: Item): boolean => kind === 'soft' || kind === 'break';

const isYear = (item: Item): boolean =>
  item.kind === 'time' &&
  item.time.kind === 'dated' &&
  item.time.period.precision === 'year' &&
  item.time.named?.basis === 'calendar';

const isBareYear = ({ item }: Place): boolean =>
  item.size === 1 && item.time.kind === 'dated' && item.time.named !== null;

/** "Phase 1 March 2011" */
const countsSomething = ({ text, item, before }: Place): boolean =>
  before?.kind === 'words' &&
  COUNTED.includes(keyOf(text, before)) &&
  /^\d/.test(keyOf(text, item)) &&
  item.size > 1;

/** "from June 2010": when it begins is no day on which it is due, unless it was meant so. */
const isStart = ({ item, lasts }: Place): boolean =>
  item.lead === 'from' && !lasts && item.time.kind !== 'unclear' && !item.time.span;

/** "Decembre 2010", "Ju 2010": a month was meant, and it is not for a program to say which. */
const followsBrokenMonth = ({ text, item, before, earlier }: Place): boolean => {
  const isYearAlone = item.size <= 2 && isYear(item);
  // "Setp-2010", "Setp. 2010"
  const word = before && isMark(before) && /^[-./]$/.test(keyOf(text, before)) ? earlier : before;
  return isYearAlone && word?.kind === 'words' && looksLikeMonth(keyOf(text, word));
};

/** "Train 2000 officers": so far from the plan, a number that nothing leads to may count anything. */
const isFarNumber = (place: Place): boolean => {
  const { item, before, behind, plan } = place;
  if (!isBareYear(place) || item.lead !== null || item.time.kind !== 'dated') return false;
  const alone = before?.kind !== 'words' && behind?.kind !== 'words';
  const kept = before?.kind === 'words' && ['to', 'until', 'till'].includes(keyOf(place.text, before));
  return !alone && !kept && !isNear(yearOf(item.time.period.last), plan, YEARS_NEAR);
};

/** "31 March 2010/11": of a number that goes on, a part is not read. */
const goesOn = ({ text, item, behind, next }: Place): boolean =>
  behind?.kind === 'soft' &&
  /^[/-]$/.test(keyOf(text, behind)) &&
  behind.start === item.end &&
  next?.kind === 'words' &&
  next.start === behind.end &&
  /^\d/.test(keyOf(text, next));

const SEASONS = ['spring', 'summer', 'autumn', 'winter'];

/** "May", "summer": a word and nothing more, with other words right behind it. */
const isLooseWord = ({ item, behind }: Place): boolean =>
  item.size === 1 && item.time.kind === 'yearless' && behind?.kind === 'words';

const settle = (place: Place): Item => {
  const { text, item, before, behind } = place;
  const doubtful = { ...item, time: unclear('two-readings') };
  if (isStart(place)) return { ...doubtful, start: before?.kind === 'soft' ? before.start : item.start };
  if ([countsSomething, followsBrokenMonth, isFarNumber, goesOn].some((doubts) => doubts(place)))
    return doubtful;
  if (!isLooseWord(place)) return item;
  const key = keyOf(text, item);
  if (key === 'may' && VERBS_AFTER_MAY.includes(keyOf(text, behind)))
    return { kind: 'words', start: item.start, end: item.end, size: item.size };
  // "in May" is the month, "for the summer edition" no summer.
  const doubts = SEASONS.includes(key) || (key === 'may' && item.lead === null);
  return doubts ? doubtful : item;
};

const isYearless = (item: Item): boolean => item.kind === 'time' && item.time.kind === 'yearless';

/** "2010: January, March": a year, or the year of what stands behind it? */
const settleLeadingYears = (items: readonly Item[]): readonly Item[] => {
  const doubtful = new Set<Item>();
  let year: Item | null = null;
  for (const item of items) {
    if (year && isYearless(item)) doubtful.add(year).add(item);
    else if (!isMark(item)) year = isYear(item) ? item : null;
  }
  return items.map((item) =>
    doubtful.has(item) && item.kind === 'time' ? { ...item, time: unclear('two-readings') } : item,
  );
};

/** Times that look like words, and words that look like times: what cannot be told apart becomes a question. */
export const settleDoubts = (text: string, items: readonly Item[], plan: Plan): readonly Item[] => {
  const lasts = items.some(({ kind }) => kind === 'recurring' || kind === 'ongoing');
  return settleLeadingYears(items).map((item, at, all) =>
    item.kind === 'time'
      ? settle({
          ...{ text, plan, item, lasts, earlier: all[at - 2], before: all[at - 1] },
          ...{ behind: all[at + 1], next: all[at + 2] },
        })
      : item,
  );
};
