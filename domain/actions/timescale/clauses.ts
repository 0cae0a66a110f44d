import type { Item } from './items.ts';

/** Items that belong together: what is due, and when. */
export interface Clause {
  readonly items: readonly Item[];
}

const isTarget = ({ kind }: Item): boolean => kind === 'time' || kind === 'recurring' || kind === 'ongoing';
const isWordy = ({ kind }: Item): boolean => kind === 'words';
const hasTarget = ({ items }: Clause): boolean => items.some(isTarget);
const hasMarker = ({ items }: Clause): boolean => items[0]?.kind === 'marker';

const split = (items: readonly Item[]): readonly Clause[] => {
  const clauses: Item[][] = [[]];
  for (const item of items) {
    const last = clauses.at(-1) ?? [];
    if (item.kind === 'break') {
      last.push(item);
      clauses.push([]);
    } else if (item.kind === 'marker' && last.length > 0) clauses.push([item]);
    else last.push(item);
  }
  return clauses.filter((clause) => clause.some((one) => one.kind !== 'soft')).map((one) => ({ items: one }));
};

/** Whether the first part that names a time does so before anything else: its words stand behind. */
const beginsWithTime = (clauses: readonly Clause[]): boolean => {
  const first = clauses.find(hasTarget);
  return first?.items.find((item) => isTarget(item) || isWordy(item))?.kind !== 'words';
};

/** One by one: a call with a hundred thousand arguments fails. */
const addAll = (to: Item[], items: readonly Item[]): void => {
  for (const item of items) to.push(item);
};

/** Parts without a time belong to the time before them. */
const joinBackwards = (clauses: readonly Clause[]): readonly Clause[] => {
  const joined: Item[][] = [];
  let open = false;
  for (const clause of clauses) {
    const last = joined.at(-1);
    if (last && open && !hasTarget(clause) && !hasMarker(clause)) addAll(last, clause.items);
    else {
      joined.push([...clause.items]);
      open = hasTarget(clause);
    }
  }
  return joined.map((items) => ({ items }));
};

/** Parts without a time belong to the time behind them; those behind the last one, to that. */
const joinForwards = (clauses: readonly Clause[]): readonly Clause[] => {
  const joined: Clause[] = [];
  let waiting: Item[] = [];
  const release = (): void => {
    if (waiting.length > 0) joined.push({ items: waiting });
    waiting = [];
  };
  for (const clause of clauses) {
    if (hasMarker(clause)) release();
    addAll(waiting, clause.items);
    if (hasTarget(clause)) release();
  }
  release();
  return joined;
};

/** Groups items into clauses; only those for which no time can be found have none. */
export const groupClauses = (items: readonly Item[]): readonly Clause[] => {
  const clauses = split(items);
  if (beginsWithTime(clauses)) return joinForwards(joinBackwards(clauses));
  return joinBackwards(joinForwards(clauses));
};
