import type { Item, Lead } from './items.ts';
import { COUNTED, KEEPS_ITS_LINK, VERBS_AFTER_MAY } from './keywords.ts';
import { unclear } from './time.ts';

const keyOf = (text: string, item: Item | undefined): string =>
  item ? text.slice(item.start, item.end).toLowerCase() : '';

const isTarget = (item: Item | undefined): boolean =>
  item !== undefined && ['time', 'ongoing', 'recurring'].includes(item.kind);

const isKept = (text: string, items: readonly Item[], at: number): boolean => {
  const item = items[at];
  return (
    item?.kind === 'link' &&
    item.lead === 'until' &&
    items[at - 1]?.kind === 'words' &&
    KEEPS_ITS_LINK.includes(keyOf(text, items[at - 1]))
  );
};

const asWords = ({ start, end, size }: Item): Item => ({ kind: 'words', start, end, size });
const asBreak = ({ start, end, size }: Item): Item => ({ kind: 'break', start, end, size });
const asSoft = ({ start, end, size }: Item): Item => ({ kind: 'soft', start, end, size });

/** Links that lead to a time say nothing by themselves; "from" and "until" are noted on it. Others are words. */
export const settleLinks = (text: string, items: readonly Item[]): readonly Item[] => {
  const settled: Item[] = [];
  let leads = false;
  for (let at = items.length - 1; at >= 0; at -= 1) {
    const item = items[at] as Item;
    if (item.kind === 'tail') {
      settled.push(isNextTo(items, at) || leads ? asSoft(item) : asWords(item));
      continue;
    }
    if (item.kind !== 'link') {
      if (item.kind !== 'soft') leads = isTarget(item);
      settled.push(item);
      continue;
    }
    const kept = isKept(text, items, at);
    const parts = item.lead === 'and' && isNextTo(items, at);
    if (kept || !(leads || parts)) {
      leads = false;
      settled.push(asWords(item));
    } else if (item.lead === 'and') settled.push(asBreak(item));
    else {
      note(settled, item.lead);
      settled.push(asSoft(item));
    }
  }
  return settled.toReversed();
};

const isNextTo = (items: readonly Item[], at: number): boolean => {
  let before = at - 1;
  while (items[before]?.kind === 'soft' || items[before]?.kind === 'tail') before -= 1;
  return isTarget(items[before]);
};

/** `settled` runs from right to left: the time that is led to is the last that is no mark. */
const note = (settled: Item[], lead: Lead): void => {
  for (let at = settled.length - 1; at >= 0; at -= 1) {
    const item = settled[at];
    if (item?.kind === 'time') {
      if (item.lead === null || item.lead === 'plain') settled[at] = { ...item, lead };
      return;
    }
    if (item?.kind !== 'soft') return;
  }
};

const SEASONS = ['spring', 'summer', 'autumn', 'winter'];

/** "may be late", "the summer campaign", "Phase 1 March": words that look like a time, or times that look like words. */
export const settleDoubts = (text: string, items: readonly Item[]): readonly Item[] =>
  items.map((item, at) => {
    if (item.kind !== 'time') return item;
    const before = items[at - 1];
    const counted = before?.kind === 'words' && COUNTED.includes(keyOf(text, before));
    if (counted && /^\d/.test(keyOf(text, item)))
      return {
        ...item,
        time: item.time.kind === 'dated' && item.size === 1 ? item.time : unclear('two-readings'),
      };
    const behind = items[at + 1];
    const loose = item.size === 1 && item.time.kind === 'yearless' && item.lead === null;
    if (!loose || behind?.kind !== 'words') return item;
    const key = keyOf(text, item);
    if (key === 'may' && VERBS_AFTER_MAY.includes(keyOf(text, behind))) return asWords(item);
    const doubtful = key === 'may' || SEASONS.includes(key);
    return doubtful ? { ...item, time: unclear('two-readings') } : item;
  });

/** A comma between "annually" and "in June" does not part them. */
export const settleBreaks = (items: readonly Item[]): readonly Item[] =>
  items.map((item, at) => {
    if (item.kind !== 'break') return item;
    const around = [neighbour(items, at, -1), neighbour(items, at, 1)];
    const joins = around.some((one) => one?.kind === 'recurring') && around.every(isTarget);
    return joins ? asSoft(item) : item;
  });

const neighbour = (items: readonly Item[], at: number, step: 1 | -1): Item | undefined => {
  let next = at + step;
  while (items[next]?.kind === 'soft') next += step;
  return items[next];
};
