import { tidyText } from '../../shared/text.ts';
import type { Action, OpenQuestion, Progress } from '../action.ts';
import { applyRow, timescaleText } from './apply-row.ts';
import type { ColumnKind } from './columns.ts';
import { type ActionsMatched, matchActions } from './match-actions.ts';
import type { PlanQuestion } from './questions.ts';
import type { PlanUnderstood } from './understand-plan.ts';
import type { PlanRow } from './understand-row.ts';

/** An action of the plan, and all that was ever told of it. */
export interface ActionKnown {
  readonly action: Action;
  readonly progress: readonly Progress[];
}

const comparedFields = [
  'theme',
  'objective',
  'text',
  'leads',
  'body',
  'commitment',
  'funding',
  'budget',
  'actual',
  'priority',
  'timescale',
  'measures',
  'benefits',
  'rag',
  'status',
  'reason',
] as const satisfies readonly (keyof Action)[];
export type ComparedField = (typeof comparedFields)[number];

/** An action of which the file says something new. */
export interface ActionChanged {
  readonly row: PlanRow;
  readonly before: Action;
  readonly after: Action;
  readonly fields: readonly ComparedField[];
  /** A new report of how it goes; null when the file tells nothing that is not known. */
  readonly progress: string | null;
}

/** What an import would do to a plan. */
export interface PlanComparison {
  readonly added: readonly { readonly row: PlanRow; readonly questions: readonly OpenQuestion[] }[];
  readonly changed: readonly ActionChanged[];
  readonly unchanged: number;
  /** Actions that the file no longer has. They stay unless somebody says otherwise. */
  readonly gone: readonly Action[];
  /** What has to be answered first. What was asked or answered at an earlier import is not asked again. */
  readonly questions: readonly PlanQuestion[];
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

const asOpen = ({ column, text, why }: PlanQuestion): OpenQuestion => ({ column, text, why });

const isKnown = (text: string, progress: readonly Progress[]): boolean =>
  progress.some((entry) => tidyText(entry.text) === text);

/** A cell that stands as it stood at an earlier import: it was answered then, or waits on the action's page. */
const isOld = (question: PlanQuestion, { action, progress }: ActionKnown): boolean =>
  action.questions.some((open) => isSame(open, asOpen(question))) ||
  (question.column === 'timescale' && question.text === timescaleText(action.timescale)) ||
  (question.column === 'progress' && isKnown(question.text, progress));

/** Who answers a question by changing the file has answered it. */
const questionsAfter = (
  action: Action,
  fields: readonly ComparedField[],
  asked: readonly PlanQuestion[],
): OpenQuestion[] => {
  const changed = new Set<string>(
    fields.flatMap((field) => (field === 'leads' ? ['lead', 'leads'] : [field])),
  );
  const kept = action.questions.filter(({ column }) => !changed.has(column));
  return [...kept, ...asked.map(asOpen)];
};

const newProgress = (row: PlanRow, progress: readonly Progress[]): string | null =>
  row.progress === '' || isKnown(row.progress, progress) ? null : row.progress;

class Comparison {
  readonly #byRow: ReadonlyMap<number, readonly PlanQuestion[]>;
  readonly #kinds: ReadonlySet<ColumnKind>;
  readonly #known: ReadonlyMap<string, ActionKnown>;
  readonly questions: PlanQuestion[] = [];

  constructor(understood: PlanUnderstood, known: readonly ActionKnown[]) {
    this.#byRow = Map.groupBy(understood.questions, ({ row }) => row);
    // Status and titles of themes come without a column of their own.
    this.#kinds = new Set([...understood.columns.map(({ kind }) => kind), 'status', ...groupsOf(understood)]);
    this.#known = new Map(known.map((each) => [each.action.id, each]));
  }

  added(row: PlanRow, unsure: ReadonlySet<PlanRow>): { row: PlanRow; questions: OpenQuestion[] } {
    const asked = [...(this.#byRow.get(row.row) ?? []), ...(unsure.has(row) ? [severalLike(row)] : [])];
    this.questions.push(...asked);
    return { row, questions: asked.map(asOpen) };
  }

  changed({ row, action }: ActionsMatched['pairs'][number]): ActionChanged | null {
    const all = this.#byRow.get(row.row) ?? [];
    const known = this.#known.get(action.id) ?? { action, progress: [] };
    const asked = all.filter((question) => !isOld(question, known));
    this.questions.push(...asked);
    const unclear = new Set(all.map(({ column }) => column));
    const told = new Set([...this.#kinds].filter((kind) => !unclear.has(kind)));
    const applied = applyRow(action, { row, told });
    const fields = comparedFields.filter((field) => !isSame(applied[field], action[field]));
    const progress = newProgress(row, known.progress);
    if (fields.length === 0 && progress === null && asked.length === 0) return null;
    const after = { ...applied, questions: questionsAfter(action, fields, asked) };
    return { row, before: action, after, fields, progress };
  }
}

const groupsOf = ({ rows }: PlanUnderstood): readonly ColumnKind[] =>
  (['theme', 'objective'] as const).filter((kind) => rows.some((row) => row[kind] !== ''));

const severalLike = (row: PlanRow): PlanQuestion => ({
  row: row.row,
  column: 'action',
  header: '',
  text: row.text,
  why: 'action.several-like-it',
});

/** Compares what was understood of a file with the plan that is stored: what is added, changed and gone. */
export const comparePlan = (understood: PlanUnderstood, known: readonly ActionKnown[]): PlanComparison => {
  const { pairs, added, gone, unsure } = matchActions(
    understood.rows,
    known.map(({ action }) => action),
  );
  const comparison = new Comparison(understood, known);
  const unsureRows = new Set(unsure);
  const changed = pairs.flatMap((pair) => comparison.changed(pair) ?? []);
  return {
    added: added.map((row) => comparison.added(row, unsureRows)),
    changed: changed.sort((one, other) => one.row.row - other.row.row),
    unchanged: pairs.length - changed.length,
    gone: gone.filter(({ status }) => status !== 'dropped'),
    questions: comparison.questions.sort((one, other) => one.row - other.row),
  };
};
