import type { Action } from '../action.ts';
import type { PlanRow } from './understand-row.ts';

/** Which rows of a file are which actions of the plan. */
export interface ActionsMatched {
  readonly pairs: readonly { readonly row: PlanRow; readonly action: Action }[];
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

type Grouping = (of: Pick<Action, 'text' | 'theme' | 'objective'>) => string;

const sameText: Grouping = ({ text }) => fold(text);
const sameObjective: Grouping = ({ objective }) => fold(objective);
const sameTextAndObjective: Grouping = (of) => `${fold(of.text)}\n${fold(of.objective)}`;
const sameInAll: Grouping = (of) => `${sameTextAndObjective(of)}\n${fold(of.theme)}`;

class Matching {
  rows: readonly PlanRow[];
  actions: readonly Action[];
  readonly pairs: { readonly row: PlanRow; readonly action: Action }[] = [];
  readonly unsure: PlanRow[] = [];

  constructor(rows: readonly PlanRow[], actions: readonly Action[]) {
    this.rows = rows;
    this.actions = actions;
  }

  #pair(found: readonly { readonly row: PlanRow; readonly action: Action }[]): void {
    this.pairs.push(...found);
    const [rows, actions] = [
      new Set(found.map(({ row }) => row)),
      new Set(found.map(({ action }) => action)),
    ];
    this.rows = this.rows.filter((row) => !rows.has(row));
    this.actions = this.actions.filter((action) => !actions.has(action));
  }

  *#groups(
    by: Grouping,
  ): Generator<{ readonly rows: readonly PlanRow[]; readonly actions: readonly Action[] }> {
    const actions = Map.groupBy(this.actions, by);
    for (const [key, rows] of Map.groupBy(this.rows, by)) yield { rows, actions: actions.get(key) ?? [] };
  }

  /** What cannot be told apart is taken in its order. */
  pairInOrder(by: Grouping): void {
    const found = [...this.#groups(by)].flatMap(({ rows, actions }) =>
      rows.flatMap((row, at) => {
        const action = actions[at];
        return action ? [{ row, action }] : [];
      }),
    );
    this.#pair(found);
  }

  /** The same text under another objective: the same action when there is one of each, otherwise a question. */
  pairMoved(): void {
    const found: { row: PlanRow; action: Action }[] = [];
    for (const { rows, actions } of this.#groups(sameText)) {
      const [[row], [action]] = [rows, actions];
      if (rows.length === 1 && actions.length === 1 && row && action) found.push({ row, action });
      else if (actions.length > 0) this.unsure.push(...rows);
    }
    this.#pair(found);
  }

  /** Other words under the same objective: the same action when each is clearly nearest to the other. */
  pairAlike(): void {
    const found: { row: PlanRow; action: Action }[] = [];
    for (const { rows, actions } of this.#groups(sameObjective)) {
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

  #alike(rows: readonly PlanRow[], actions: readonly Action[]): { row: PlanRow; action: Action }[] {
    const wordsOf = ({ text }: { readonly text: string }) => new Set(fold(text).split(' '));
    const words = actions.map(wordsOf);
    const table = rows.map((row) => {
      const own = wordsOf(row);
      return words.map((each) => likeness(own, each));
    });
    const found: { row: PlanRow; action: Action }[] = [];
    for (const [at, row] of rows.entries()) {
      const likenesses = table[at] ?? [];
      const nearest = clearlyMost(likenesses);
      if (nearest === null) continue;
      const isMutual = clearlyMost(table.map((others) => others[nearest.at] ?? 0))?.at === at;
      const action = actions[nearest.at];
      if (nearest.isClear && isMutual && action) found.push({ row, action });
      else this.unsure.push(row);
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
 * elsewhere; then, under the same objective, texts that share most of their words. The same file and the same plan
 * always give the same answer.
 */
export const matchActions = (rows: readonly PlanRow[], actions: readonly Action[]): ActionsMatched => {
  const matching = new Matching(rows, actions);
  matching.pairInOrder(sameInAll);
  matching.pairInOrder(sameTextAndObjective);
  matching.pairMoved();
  matching.pairAlike();
  const { pairs, unsure, rows: added, actions: gone } = matching;
  return { pairs, unsure, added, gone };
};
