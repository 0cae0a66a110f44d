import type { PlanQuestion, PlanRefusal } from '#domain/actions/import/questions.ts';
import type { PlanUnderstood } from '#domain/actions/import/understand-plan.ts';
import type { PlanRow } from '#domain/actions/import/understand-row.ts';
import { statusOfRow } from '#domain/actions/import-plan.ts';
import { questionSentence, refusalSentence } from './words.ts';

/** What `--json` prints of a row: other programs rely on it. */
const rowJson = (row: PlanRow) => ({
  row: row.row,
  theme: row.theme,
  objective: row.objective,
  action: row.text,
  leads: row.leads.map(({ name }) => name),
  timescale: row.timescale,
  measures: row.measures.map(({ text, target }) => (target === null ? text : `${text} (target: ${target})`)),
  funding: row.funding,
  progress: row.progress,
  rag: row.rag,
  status: statusOfRow(row),
  priority: row.priority,
});

const questionJson = ({ row, column, text, why }: PlanQuestion) => ({
  ...{ row, column, text },
  why: questionSentence(why),
});

const refusalJson = ({ row, column, text, why }: PlanRefusal) => ({
  ...{ row, column, text },
  why: refusalSentence(why),
});

/** What was understood of a file, as `--json` prints it. */
export const planJson = (understood: PlanUnderstood, questions: readonly PlanQuestion[]): string =>
  JSON.stringify({
    rows: understood.rows.map(rowJson),
    questions: questions.map(questionJson),
    refused: understood.refused.map(refusalJson),
  });

/** A file that cannot be read, as `--json` prints it: nothing of it is in any row. */
export const fileJson = (file: string, why: string): string =>
  JSON.stringify({ rows: [], questions: [], refused: [{ row: null, column: null, text: file, why }] });
