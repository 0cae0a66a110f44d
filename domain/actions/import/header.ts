import { oneLine } from '../../shared/text.ts';
import { type ColumnKind, kindOfHeader } from './columns.ts';
import { type Cell, columnLetters, emptyCell, type Sheet } from './workbook.ts';

/** A column of the file that was understood. */
export interface PlanColumn {
  readonly column: number;
  readonly kind: ColumnKind;
  /** As the file writes it. */
  readonly header: string;
}

/** A column of the file of which nothing is taken over. */
export interface ColumnLeftOut {
  /** `F`. */
  readonly letters: string;
  readonly header: string;
  /** `repeated`: another column says the same already. */
  readonly why: 'not-recognised' | 'repeated' | 'no-header';
}

/** Where the header of a sheet is, and what it says. */
export interface Header {
  readonly columns: readonly PlanColumn[];
  readonly leftOut: readonly ColumnLeftOut[];
  /** The first row under the header. */
  readonly firstRow: number;
}

/** A plan has its header somewhere in its first ten rows (contracts.md, Files). */
const ROWS_SEARCHED = 10;

const FEWEST_COLUMNS = 2;

interface Candidate {
  /** By column; the text of a merged cell stands in each column that it covers from above. */
  readonly names: readonly string[];
  readonly firstRow: number;
}

const textAt = (row: readonly Cell[], column: number): string => oneLine((row[column] ?? emptyCell).text);

const singleRow = (rows: Sheet['rows'], at: number): Candidate => {
  const row = rows[at] ?? [];
  return { names: row.map((_, column) => textAt(row, column)), firstRow: at + 1 };
};

/** The text of a group of columns ("Performance") that stands above this one, whether or not its cells are merged. */
const textAbove = (rows: Sheet['rows'], at: number, column: number): string => {
  const from = (rows[at]?.[column] ?? emptyCell).mergedFrom;
  return from ? textAt(rows[from.row] ?? [], from.column) : textAt(rows[at] ?? [], column);
};

/** Two rows as one header: the lower names the columns, the upper those of which the lower says nothing. */
const twoRows = (rows: Sheet['rows'], at: number): Candidate => {
  const width = Math.max(rows[at]?.length ?? 0, rows[at + 1]?.length ?? 0);
  const names = Array.from({ length: width }, (_, column) => {
    const lower = textAt(rows[at + 1] ?? [], column);
    const upper = textAbove(rows, at, column);
    if (lower === '') return upper;
    return kindOfHeader(lower) === null && upper !== '' ? `${upper} ${lower}` : lower;
  });
  return { names, firstRow: at + 2 };
};

const kindsOf = ({ names }: Candidate): ReadonlySet<ColumnKind> =>
  new Set(names.flatMap((name) => kindOfHeader(name) ?? []));

const isHeader = (candidate: Candidate): boolean => {
  const kinds = kindsOf(candidate);
  return kinds.has('action') && kinds.size >= FEWEST_COLUMNS;
};

/** Whether a name stands over several columns: the cell beside it is merged with it, or blank. */
const isGroup = (upper: readonly Cell[], column: number): boolean =>
  textAt(upper, column) === '' || (column + 1 < upper.length && textAt(upper, column + 1) === '');

/**
 * A second header row holds names of columns, most of them known, and no action. "Theme 1: Roads" under "Theme" is not a
 * name for a column that has one, nor is "TBC" under "Timescale": it is where the plan begins.
 */
const namesOnly = (rows: Sheet['rows'], at: number): boolean => {
  const [upper = [], row = []] = [rows[at - 1], rows[at]];
  const cells = row
    .map((_, column) => ({ column, text: textAt(row, column), kind: kindOfHeader(textAt(row, column)) }))
    .filter(({ text }) => text !== '');
  const known = cells.filter(({ kind }) => kind !== null).length;
  const refines = cells.every(({ column, kind }) => {
    const above = kindOfHeader(textAt(upper, column));
    if (above === 'action') return kind === 'action';
    // "TBC" under "Timescale" is what somebody wrote, not what a column is called.
    return isGroup(upper, column) || (kind !== null && above !== kind);
  });
  return known > 0 && known * 2 >= cells.length && refines;
};

const hasAll = (one: ReadonlySet<ColumnKind>, other: ReadonlySet<ColumnKind>): boolean =>
  [...other].every((kind) => one.has(kind));

const candidateAt = (rows: Sheet['rows'], at: number): Candidate | null => {
  const single = singleRow(rows, at);
  const double = twoRows(rows, at);
  const isDouble = namesOnly(rows, at + 1) && hasAll(kindsOf(double), kindsOf(single));
  if (isHeader(single)) return isDouble ? double : single;
  // The upper row alone may name too little: "Action | (Responsibility)" over "| Lead officer | By when".
  const isUpper = kindsOf(single).size > 0 && !isHeader(singleRow(rows, at + 1));
  return isUpper && isDouble && isHeader(double) ? double : null;
};

/** Several columns may tell of progress; of all other kinds the first is taken. */
const mayRepeat = (kind: ColumnKind): boolean => kind === 'progress';

const sortColumns = ({ names, firstRow }: Candidate, rows: Sheet['rows']): Header => {
  const columns: PlanColumn[] = [];
  const leftOut: ColumnLeftOut[] = [];
  const taken = new Set<ColumnKind>();
  // A plan with one column about money calls it what it likes; funding is what the column says in words.
  const kinds = names.map(kindOfHeader);
  const kindAt = (column: number): ColumnKind | null => {
    const kind = kinds[column] ?? null;
    if (kind === 'budget' && !kinds.includes('funding')) return 'funding';
    return kind === 'target' && !kinds.includes('measures') ? 'measures' : kind;
  };
  const width = Math.max(names.length, ...rows.slice(firstRow).map((row) => row.length));
  for (let column = 0; column < width; column += 1) {
    const header = names[column] ?? '';
    const kind = kindAt(column);
    const letters = columnLetters(column);
    const hasText = rows.slice(firstRow).some((row) => textAt(row, column) !== '');
    if (kind !== null && (!taken.has(kind) || mayRepeat(kind))) {
      taken.add(kind);
      columns.push({ column, kind, header });
    } else if (kind !== null) leftOut.push({ letters, header, why: 'repeated' });
    else if (header !== '' || hasText)
      leftOut.push({ letters, header, why: header === '' ? 'no-header' : 'not-recognised' });
  }
  return { columns, leftOut, firstRow };
};

/** Finds the row, or the two rows, that name the columns. Null when the first ten rows have none with an action. */
export const findHeader = ({ rows }: Pick<Sheet, 'rows'>): Header | null => {
  const searched = Math.min(ROWS_SEARCHED, rows.length);
  let best: Candidate | null = null;
  for (let at = 0; at < searched; at += 1) {
    const candidate = candidateAt(rows, at);
    if (candidate && (best === null || kindsOf(candidate).size > kindsOf(best).size)) best = candidate;
  }
  return best && sortColumns(best, rows);
};

/** How much of a header these rows have: tells which of several ways to read a file is the right one. */
export const scoreHeader = (rows: readonly (readonly string[])[]): number => {
  const header = findHeader({ rows: rows.map((row) => row.map((text) => ({ ...emptyCell, text }))) });
  return header?.columns.length ?? 0;
};
