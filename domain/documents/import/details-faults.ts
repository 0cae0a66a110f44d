import type { DetailsColumn } from './details-columns.ts';
import type { DayFault } from './details-day.ts';

/** Why a row of a list of files cannot be taken as it is; the words for it are the operator's (operator/document-files). */
export const detailsFaults = [
  'missing',
  'too-long',
  'formula',
  'unknown-kind',
  'unknown-audience',
  'unknown-language',
  'unknown-area',
  'several-areas',
  'too-many-areas',
  'too-many-tags',
  'long-tag',
  'ends-before',
  'not-an-id',
  'same-id',
  'type-not-taken',
  'another-type',
  'same-file',
  // Of the file on the disk.
  'outside',
  'no-file',
  'other-case',
  'no-plain-file',
  'not-readable',
  'empty-file',
  'file-too-large',
  // Of what is in the archive.
  'id-taken',
  'unknown-replaced',
  'several-replaced',
  'withdrawn-replaced',
  'not-kept-replaced',
  'full-replaced',
  'too-many-related',
] as const;
export type DetailsFaultReason = (typeof detailsFaults)[number] | `day.${DayFault}`;

/** What somebody should know who brings a row; it is brought all the same. */
export const detailsNotes = [
  'same-content',
  'same-content-twice',
  'details-of-version',
  'review-past',
  'unknown-related',
] as const;
export type DetailsNoteReason = (typeof detailsNotes)[number];

/** Where something stands in the list. */
interface InRow {
  /** As the spreadsheet counts its rows, from 1. */
  readonly row: number;
  readonly column: DetailsColumn;
  /** What stands there, or the part of it that is meant. */
  readonly text: string;
}

export interface DetailsFault extends InRow {
  readonly why: DetailsFaultReason;
  /** What the sentence needs beside: another row, a file's right name. */
  readonly detail?: string;
}

export interface DetailsNote extends InRow {
  readonly why: DetailsNoteReason;
  readonly detail?: string;
}
