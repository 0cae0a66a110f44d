import type { Clause } from './clauses.ts';
import type { Item } from './items.ts';

/** What something can be due at. */
export type Target = Extract<Item, { kind: 'time' | 'recurring' }>;

/** Something that is due, with the words that belong to it. */
export interface Entry {
  readonly target: Target;
  readonly words: ReadonlySet<Item>;
  /** The items from the first to the last of these. */
  readonly items: readonly Item[];
}

const isTarget = (item: Item): item is Target => item.kind === 'time' || item.kind === 'recurring';
const isWordy = ({ kind }: Item): boolean => kind === 'words' || kind === 'marker';

/** Times, where there are any: "June 2010 and then annually" is due in June 2010. */
const targetsOf = (items: readonly Item[]): readonly Target[] => {
  const targets = items.filter(isTarget);
  const times = targets.filter(({ kind }) => kind === 'time');
  return times.length > 0 ? times : targets.slice(0, 1);
};

/** Where the items of each target end: its words stand behind it when the clause begins with a time. */
const endsOf = (items: readonly Item[], targets: readonly Target[]): readonly number[] => {
  const wanted = new Set<Item>(targets);
  const places = items.flatMap((item, place) => (wanted.has(item) ? [place] : []));
  const firstWord = items.findIndex(({ kind }) => kind === 'words');
  const wordsBefore = firstWord >= 0 && firstWord < (places[0] ?? 0);
  return places.map((place, index) => {
    if (index === places.length - 1) return items.length;
    return wordsBefore ? place + 1 : (places[index + 1] ?? items.length);
  });
};

/** Shares the words of a clause among its times. */
export const entriesOf = ({ items }: Clause): readonly Entry[] => {
  const targets = targetsOf(items);
  let start = 0;
  const ends = endsOf(items, targets);
  return targets.map((target, index) => {
    const own = items.slice(start, ends[index]);
    start = ends[index] ?? start;
    return { target, words: new Set(own.filter(isWordy)), items: own };
  });
};
