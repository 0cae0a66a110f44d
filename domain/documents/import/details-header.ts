import { type Cell, columnLetters, emptyCell, type Sheet } from '../../actions/import/workbook.ts';
import { oneLine } from '../../shared/text.ts';
import { columnOfHeader, type DetailsColumn } from './details-columns.ts';

/** A column of the list that was understood. */
export interface NamedColumn {
  readonly column: DetailsColumn;
  /** Counted from 0. */
  readonly at: number;
  /** As the list writes it. */
  readonly header: string;
}

/** Where the header of a list is, and what it says. */
export interface DetailsHeader {
  readonly columns: readonly NamedColumn[];
  /** Columns with something in them of which nothing is taken over: `F (Remarks)`. */
  readonly leftOut: readonly string[];
  /** The first row under it. */
  readonly firstRow: number;
}

/** As in plans, a title and remarks may stand above the header. */
const ROWS_SEARCHED = 10;

const textAt = (row: readonly Cell[], at: number): string => oneLine((row[at] ?? emptyCell).text);

/** Of two columns that say the same the first is taken. */
const columnsOf = (row: readonly Cell[]): readonly NamedColumn[] => {
  const columns = new Map<DetailsColumn, NamedColumn>();
  for (const [at] of row.entries()) {
    const header = textAt(row, at);
    const column = columnOfHeader(header);
    if (column && !columns.has(column)) columns.set(column, { column, at, header });
  }
  return [...columns.values()];
};

const leftOutOf = (
  rows: Sheet['rows'],
  header: number,
  columns: readonly NamedColumn[],
): readonly string[] => {
  const taken = new Set(columns.map(({ at }) => at));
  const width = Math.max(0, ...rows.slice(header).map((row) => row.length));
  return Array.from({ length: width }, (_, at) => at)
    .filter((at) => !taken.has(at) && rows.slice(header).some((row) => textAt(row, at) !== ''))
    .map((at) => `${columnLetters(at)} (${textAt(rows[header] ?? [], at) || 'without a name'})`);
};

/** Finds the row that names the columns, the files among them; null when none of the first ten does. */
export const findDetailsHeader = ({ rows }: Pick<Sheet, 'rows'>): DetailsHeader | null => {
  let best: DetailsHeader | null = null;
  for (const [at, row] of rows.slice(0, ROWS_SEARCHED).entries()) {
    const columns = columnsOf(row);
    const isHeader = columns.length > 1 && columns.some(({ column }) => column === 'file');
    if (isHeader && columns.length > (best?.columns.length ?? 0))
      best = { columns, leftOut: leftOutOf(rows, at, columns), firstRow: at + 1 };
  }
  return best;
};

/** How much of a header these rows have: tells which of several ways to read a file is the right one. */
export const scoreDetailsHeader = (rows: readonly (readonly string[])[]): number => {
  const cells = rows.map((row) => row.map((text) => ({ ...emptyCell, text })));
  return findDetailsHeader({ rows: cells })?.columns.length ?? 0;
};
