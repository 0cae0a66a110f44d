import type { Item, Lead } from './items.ts';
import { KEEPS_ITS_LINK } from './keywords.ts';

export const keyOf = (text: string, item: Item | undefined): string =>
  item ? text.slice(item.start, item.end).toLowerCase() : '';

const isTarget = (item: Item | undefined): boolean =>
  item !== undefined && ['time', 'ongoing', 'recurring'].includes(item.kind);

const become = (kind: 'words' | 'break' | 'soft', { start, end, size }: Item): Item => ({
  kind,
  start,
  end,
  size,
});

type Link = Extract<Item, { kind: 'link' }>;

/** "Deferred to": the link is a part of what the officer says. */
const isKept = (text: string, link: Link, before: Item | undefined): boolean =>
  link.lead === 'until' && before?.kind === 'words' && KEEPS_ITS_LINK.includes(keyOf(text, before));

/** For each item, whether a time or its like stands before it, with nothing but marks between. */
const followsTarget = (items: readonly Item[]): readonly boolean[] => {
  let follows = false;
  return items.map((item) => {
    const before = follows;
    if (!['soft', 'tail', 'break'].includes(item.kind)) follows = isTarget(item);
    return before;
  });
};

/** Settles links from right to left, and knows whether each leads to a time. */
class Links {
  readonly settled: Item[] = [];
  /** Where the time is to which links lead; null when they lead nowhere. */
  private led: number | null = null;
  /** Whether a part of its own begins with the item before. */
  private begins = false;

  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  keep(item: Item): void {
    if (item.kind !== 'soft') this.led = isTarget(item) ? this.settled.length : null;
    this.settled.push(item);
    // "March 2010 revised to June 2010": the words belong to what they lead to.
    if (this.begins) this.settled.push({ kind: 'break', start: item.start, end: item.start, size: 0 });
    this.begins = false;
  }

  settleTail(item: Item, follows: boolean): void {
    this.settled.push(become(follows || this.led !== null ? 'soft' : 'words', item));
  }

  settleLink(link: Link, before: Item | undefined, follows: boolean): void {
    const parts = link.lead === 'and' && follows && this.settled.length > 0;
    const kept = isKept(this.text, link, before);
    if (kept || (this.led === null && !parts)) {
      this.begins = kept;
      this.led = null;
      this.settled.push(become('words', link));
    } else if (link.lead === 'and') this.settled.push(become('break', link));
    else {
      this.note(link.lead);
      this.settled.push(become('soft', link));
    }
  }

  /** "from" and "until" say more than the "by" before them. */
  private note(lead: Lead): void {
    const item = this.led === null ? undefined : this.settled[this.led];
    if (this.led !== null && item?.kind === 'time' && (item.lead ?? 'plain') === 'plain')
      this.settled[this.led] = { ...item, lead };
  }
}

/** Links that lead to a time say nothing by themselves; "from" and "until" are noted on it. Others are words. */
export const settleLinks = (text: string, items: readonly Item[]): readonly Item[] => {
  const follows = followsTarget(items);
  const links = new Links(text);
  for (let at = items.length - 1; at >= 0; at -= 1) {
    const item = items[at] as Item;
    if (item.kind === 'tail') links.settleTail(item, follows[at] === true);
    else if (item.kind === 'link') links.settleLink(item, items[at - 1], follows[at] === true);
    else links.keep(item);
  }
  return links.settled.toReversed();
};

const neighbour = (items: readonly Item[], at: number, step: 1 | -1): Item | undefined => {
  let next = at + step;
  while (items[next]?.kind === 'soft') next += step;
  return items[next];
};

/** A comma between "annually" and "in June" does not part them. */
export const settleBreaks = (items: readonly Item[]): readonly Item[] =>
  items.map((item, at) => {
    if (item.kind !== 'break') return item;
    const around = [neighbour(items, at, -1), neighbour(items, at, 1)];
    const joins = around.some((one) => one?.kind === 'recurring') && around.every(isTarget);
    return joins ? become('soft', item) : item;
  });
