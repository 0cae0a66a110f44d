import type { Why } from '../timescale/question.ts';
import type { ColumnKind } from './columns.ts';

/** Why a cell was not understood, as words of the catalogue. */
export const questionReasons = [
  'formula-without-value',
  'error-value',
  'lead.to-be-confirmed',
  'lead.comma',
  'lead.two-accounts',
  'money.unclear',
  'priority.unclear',
  'rag.unclear',
  'rag.two-colours',
  'rag.other-colour',
  'rag.word-and-colour',
  'status.unclear',
  'status.contradicts',
  'target.of-which-measure',
  'action.several-like-it',
] as const;
export type QuestionReason = (typeof questionReasons)[number];

/** Those of a timescale are of its reader (timescale/question.ts). */
export type QuestionWhy = QuestionReason | `timescale.${Why}`;

/** Why a row cannot be taken, as words of the catalogue. */
export const rowRefusals = ['row.no-action', 'cell.too-long', 'lead.too-long', 'action.formula'] as const;
export type RowRefusal = (typeof rowRefusals)[number];

/** Where something stands in the file. */
interface InCell {
  /** As the spreadsheet counts its rows, from 1. */
  readonly row: number;
  readonly column: ColumnKind;
  /** The name that the file gives to the column. */
  readonly header: string;
  readonly text: string;
}

/** Something that somebody has to answer before it can be taken over. */
export interface PlanQuestion extends InCell {
  readonly why: QuestionWhy;
}

/** Something that cannot be taken over: the file has to be mended. */
export interface PlanRefusal extends InCell {
  readonly why: RowRefusal;
}

/** What a cell says, and why something of it is not clear. */
export interface CellRead<Value> {
  readonly value: Value;
  readonly unclear: readonly QuestionReason[];
}

export const clear = <Value>(value: Value): CellRead<Value> => ({ value, unclear: [] });

export const unclear = <Value>(value: Value, ...why: QuestionReason[]): CellRead<Value> => ({
  value,
  unclear: why,
});

/** How people say that a cell is empty on purpose. */
export const saysNothing = (text: string): boolean =>
  /^(?:|[-–—.]+|n ?\/ ?a|none|not applicable)$/i.test(text.trim());
