import type { Result } from '../../shared/result.ts';

/** Where a cell lies, counted from 0. */
export interface Position {
  readonly row: number;
  readonly column: number;
}

/** One cell of a sheet, as people see it. */
export interface Cell {
  /** Dates in words (`31 March 2011`), numbers without adornment, line breaks as `\n`. */
  readonly text: string;
  /** The background colour as six hexadecimal digits, `FFC000`; null when it has none. */
  readonly fill: string | null;
  /** The cell from which this one was covered when cells were merged; null for all others. */
  readonly mergedFrom: Position | null;
  /** A formula of which the file holds no value, or one whose value is an error. Its `text` is what stands there. */
  readonly trouble: 'formula' | 'error' | null;
}

export const emptyCell: Cell = { text: '', fill: null, mergedFrom: null, trouble: null };

export interface Sheet {
  readonly name: string;
  readonly isHidden: boolean;
  /** Row 0 is what the spreadsheet shows as row 1; a row ends with its last cell that is not empty. */
  readonly rows: readonly (readonly Cell[])[];
  /** Whether the kind of file can say which cells are merged: CSV cannot. */
  readonly knowsMerges: boolean;
}

/** The sheets of a file in their order; a CSV file is one sheet. */
export interface Workbook {
  readonly sheets: readonly Sheet[];
}

/** Why a file cannot be read as a plan, as words of the catalogue. */
export const fileProblems = [
  'empty',
  'too-large',
  'too-large-inflated',
  'too-many-rows',
  'too-many-columns',
  'too-many-cells',
  'macros',
  'old-excel',
  'binary-excel',
  'protected',
  'open-document',
  'word-document',
  'pdf',
  'picture',
  'web-page',
  'compressed',
  'not-a-spreadsheet',
  'damaged',
  'broken-csv',
  'no-header',
  'wrong-delimiter',
  'no-rows',
] as const;
export type FileProblem = (typeof fileProblems)[number];

export interface FileRefusal {
  readonly problem: FileProblem;
  /** What the sentence needs beside the problem: a limit, a line, what was found. */
  readonly detail?: string;
}

/** Reads what somebody has brought. Whatever the bytes, it answers; it never throws. */
export type ReadWorkbook = (bytes: Uint8Array, filename: string) => Promise<Result<Workbook, FileRefusal>>;

/** A column as spreadsheets name it: 0 is `A`, 26 is `AA`. */
export const columnLetters = (column: number): string => {
  const rest = Math.floor(column / 26);
  return `${rest > 0 ? columnLetters(rest - 1) : ''}${String.fromCharCode(65 + (column % 26))}`;
};
