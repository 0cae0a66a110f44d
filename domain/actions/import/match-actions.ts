import type { Action } from '../action.ts';
import { timescaleText } from './apply-row.ts';
import type { PlanRow } from './understand-row.ts';

interface Pair {
  readonly row: PlanRow;
  readonly action: Action;
}

/** Which rows of a file are which actions of the plan. */
export interface ActionsMatched {
  readonly pairs: readonly Pair[];
  readonly added: readonly PlanRow[];
  readonly gone: readonly Action[];
  /** Rows that might be one of several actions: they are among the added until somebody says. */
  readonly unsure: readonly PlanRow[];
}

/** From this share of common words on, two texts may be the same action in other words. */
const ALIKE = 0.6;

/** So much nearer than the next has to be what is taken for the same. */
const AHEAD = 0.1;

/** Comparing every text with every other: a plan has some hundred actions, and most are the same as before. */
const MOST_COMPARED = 250_000;

/** A text as it is compared: without regard to case, punctuation and blanks. */
const fold = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim() || text;

/** The share of words that two texts have in common (Dice's coefficient): 0 none, 1 all. */
const likeness = (one: ReadonlySet<string>, other: ReadonlySet<string>): number => {
  const common = [...one].filter((word) => other.has(word)).length;
  return one.size + other.size === 0 ? 0 : (2 * common) / (one.size + other.size);
};

type Grouping = (of: Pick<PlanRow, 'text' | 'theme' | 'objective' | 'leads' | 'timescale'>) => string;

const sameText: Grouping = ({ text }) => fold(text);
const sameObjective: Grouping = ({ objective }) => fold(objective);
const sameTextAndObjective: Grouping = (of) => `${fold(of.text)}\n${fold(of.objective)}`;
const sameInAll: Grouping = (of) => `${sameTextAndObjective(of)}\n${fold(of.theme)}`;

const sameLeads: Grouping = ({ leads }) =>
  leads
    .map(({ name }) => fold(name))
    .sort()
    .join('\n');
const sameTimescale: Grouping = ({ timescale }) => fold(timescaleText(timescale));
const sameLeadsAndTimescale: Grouping = (of) => `${sameLeads(of)}\n\n${sameTimescale(of)}`;

interface Group {
  readonly rows: readonly PlanRow[];
  readonly actions: readonly Action[];
}

const groupsOf = ({ rows, actions }: Group, by: Grouping): Group[] => {
  const byKey = Map.groupBy(actions, (action) => by(action));
  return [...Map.groupBy(rows, (row) => by(row))].map(([key, some]) => ({
    rows: some,
    actions: byKey.get(key) ?? [],
  }));
};

const inOrder = ({ rows, actions }: Group): Pair[] =>
  rows.flatMap((row, at) => {
    const action = actions[at];
    return action ? [{ row, action }] : [];
  });

const isEven = ({ rows, actions }: Group): boolean => rows.length === actions.length;

/** Of rows that say the same, those too many are new. Where an action is too many, it is not known which is gone. */
const losesNone = ({ rows, actions }: Group): boolean => rows.length >= actions.length;

const without = ({ rows, actions }: Group, pairs: readonly Pair[]): Group => {
  const [paired, taken] = [new Set(pairs.map(({ row }) => row)), new Set(pairs.map(({ action }) => action))];
  return {
    rows: rows.filter((row) => !paired.has(row)),
    actions: actions.filter((action) => !taken.has(action)),
  };
};

/** What tells rows of the same text apart, and when those that agree in it may be taken in their order. */
const TELLING: readonly (readonly [Grouping, (group: Group) => boolean])[] = [
  [sameLeadsAndTimescale, losesNone],
  [sameLeads, isEven],
  [sameTimescale, isEven],
  [() => '', isEven],
];

/** Pairs rows and actions of the same text by who leads and by when; what is left on both sides is not clear. */
const tellApart = (group: Group): { readonly pairs: readonly Pair[]; readonly left: Group } => {
  const pairs: Pair[] = [];
  let left = group;
  for (const [by, mayPair] of TELLING) {
    const found = groupsOf(left, by).filter(mayPair).flatMap(inOrder);
    pairs.push(...found);
    left = without(left, found);
  }
  return { pairs, left };
};

class Matching {
  rows: readonly PlanRow[];
  actions: readonly Action[];
  readonly pairs: Pair[] = [];
  readonly unsure = new Set<PlanRow>();

  constructor(rows: readonly PlanRow[], actions: readonly Action[]) {
    this.rows = rows;
    this.actions = actions;
  }

  #pair(found: readonly Pair[]): void {
    this.pairs.push(...found);
    const { rows, actions } = without(this, found);
    this.rows = rows;
    this.actions = actions;
  }

  #doubt(rows: readonly PlanRow[]): void {
    for (const row of rows) this.unsure.add(row);
  }

  /** Several of the same text are told apart by who leads and when; what cannot be told apart is a question. */
  pairSame(by: Grouping): void {
    const rows = this.rows.filter((row) => !this.unsure.has(row));
    const found: Pair[] = [];
    for (const group of groupsOf({ rows, actions: this.actions }, by)) {
      const { pairs, left } = tellApart(group);
      found.push(...pairs);
      if (left.actions.length > 0) this.#doubt(left.rows);
    }
    this.#pair(found);
  }

  /** The same text under another objective: the same action when there is one of each, otherwise a question. */
  pairMoved(): void {
    const found: Pair[] = [];
    for (const { rows, actions } of groupsOf(this, sameText)) {
      const [[row], [action]] = [rows, actions];
      const isOne = rows.length === 1 && actions.length === 1;
      if (isOne && row && action && !this.unsure.has(row)) found.push({ row, action });
      else if (actions.length > 0) this.#doubt(rows);
    }
    this.#pair(found);
  }

  /** Other words under the same objective: the same action when each is clearly nearest to the other. */
  pairAlike(): void {
    const found: Pair[] = [];
    for (const { rows, actions } of groupsOf(this, sameObjective)) {
      if (rows.length * actions.length > MOST_COMPARED) continue;
      const known = new Set(this.unsure);
      found.push(
        ...this.#alike(
          rows.filter((row) => !known.has(row)),
          actions,
        ),
      );
    }
    this.#pair(found);
  }

  #alike(rows: readonly PlanRow[], actions: readonly Action[]): Pair[] {
    const wordsOf = ({ text }: { readonly text: string }) => new Set(fold(text).split(' '));
    const words = actions.map(wordsOf);
    const table = rows.map((row) => {
      const own = wordsOf(row);
      return words.map((each) => likeness(own, each));
    });
    const found: Pair[] = [];
    for (const [at, row] of rows.entries()) {
      const likenesses = table[at] ?? [];
      const nearest = clearlyMost(likenesses);
      if (nearest === null) continue;
      const isMutual = clearlyMost(table.map((others) => others[nearest.at] ?? 0))?.at === at;
      const action = actions[nearest.at];
      if (nearest.isClear && isMutual && action) found.push({ row, action });
      else this.unsure.add(row);
    }
    return found;
  }
}

/** Where the highest is, if it is high enough, and whether it is clearly ahead of all others. */
const clearlyMost = (
  values: readonly number[],
): { readonly at: number; readonly isClear: boolean } | null => {
  const most = Math.max(...values);
  if (!(most >= ALIKE)) return null;
  const at = values.indexOf(most);
  return { at, isClear: values.every((value, other) => other === at || value <= most - AHEAD) };
};

/**
 * Matches the rows of a file with the actions of the plan that it is a newer version of. First what has the same text
 * (case, punctuation and blanks aside), objective and theme; then the same text and objective; then the same text
 * elsewhere; then, under the same objective, texts that share most of their words. Several of the same text are told
 * apart by their leads and timescales. The same file and the same plan always give the same answer.
 */
export const matchActions = (rows: readonly PlanRow[], actions: readonly Action[]): ActionsMatched => {
  const matching = new Matching(rows, actions);
  matching.pairSame(sameInAll);
  matching.pairSame(sameTextAndObjective);
  matching.pairMoved();
  matching.pairAlike();
  const { pairs, unsure, rows: added, actions: gone } = matching;
  return { pairs, unsure: [...unsure], added, gone };
};
