import type { Rag } from '#domain/actions/rag.ts';
import type { ByRag } from '#domain/reports/report.ts';

/*
 * What a report or a pack says, in words and in order: made once, and shown as a page and as a Word file, so that both
 * say the same.
 */

export interface Cell {
  readonly text: string;
  /** Where it leads within the service; a file has no links. */
  readonly href?: string;
  /** A colour whose word stands before the text. */
  readonly rag?: Rag;
}

interface Column {
  readonly title: string;
  readonly isNumber: boolean;
  /** Of the width of the table: an even number, for which the stylesheet has a class. */
  readonly percent: number;
}

/** A column, and how wide it is beside the others. */
type WantedColumn = Omit<Column, 'percent'> & { readonly weight: number };

export interface DocumentTable {
  readonly kind: 'table';
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

/** How many actions of each theme have which colour, under the number that the theme has in the table beside it. */
export interface ThemeChart {
  readonly kind: 'chart';
  readonly title: string;
  /** What it shows, for whoever does not see it. */
  readonly alternative: string;
  readonly themes: readonly { readonly number: number; readonly byRag: ByRag }[];
  /** The word of each colour. */
  readonly words: Readonly<Record<keyof ByRag, string>>;
}

export type DocumentBlock =
  | { readonly kind: 'heading'; readonly level: 2 | 3; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Cell[] }
  | DocumentTable
  | ThemeChart;

/** Pages of a file that lie upright, or that lie on their side because a table is wide. */
interface Part {
  readonly isWide: boolean;
  readonly blocks: readonly DocumentBlock[];
}

export interface ShownDocument {
  readonly title: string;
  /** What it is about. */
  readonly subject: string;
  /** What somebody has to know of it before reading. */
  readonly facts: readonly string[];
  readonly parts: readonly Part[];
}

export const heading = (level: 2 | 3, text: string): DocumentBlock => ({ kind: 'heading', level, text });

export const text = (words: string): DocumentBlock => ({ kind: 'text', text: words });

export const cell = (words: string | number): Cell => ({ text: String(words) });

/** A column of words, so wide beside the others. */
export const words = (title: string, weight = 2): WantedColumn => ({ title, isNumber: false, weight });

export const numbers = (title: string, weight = 2): WantedColumn => ({ title, isNumber: true, weight });

const withPercent = (columns: readonly WantedColumn[]): readonly Column[] => {
  const all = columns.reduce((sum, { weight }) => sum + weight, 0);
  return columns.map(({ title, isNumber, weight }) => ({
    ...{ title, isNumber },
    percent: 2 * Math.round((50 * weight) / all),
  }));
};

interface WantedTable {
  readonly caption: string;
  readonly columns: readonly WantedColumn[];
  readonly rows: DocumentTable['rows'];
}

/** A table, or what is said in its place when it has no rows. */
export const tableOr = (none: string, { columns, ...table }: WantedTable): readonly DocumentBlock[] =>
  table.rows.length === 0 ? [text(none)] : [{ kind: 'table', ...table, columns: withPercent(columns) }];
