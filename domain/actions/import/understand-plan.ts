import { failed, ok, type Result } from '../../shared/result.ts';
import { type ColumnKind, kindOfHeader } from './columns.ts';
import { type ColumnLeftOut, findHeader, type Header, type PlanColumn } from './header.ts';
import { type Officer, Officers } from './leads-cell.ts';
import type { PlanQuestion, PlanRefusal } from './questions.ts';
import { type CellAnswer, listRawRows } from './raw-rows.ts';
import type { Period } from './timescale-cell.ts';
import { type PlanRow, type RowUnderstood, understandRow } from './understand-row.ts';
import type { FileRefusal, ReadWorkbook, Sheet, Workbook } from './workbook.ts';

/** What was understood of a file, cell by cell: the preview that people see before anything is stored. */
export interface PlanUnderstood {
  /** The sheet that was read. */
  readonly sheet: string;
  /** Other sheets that look like a plan, too: nothing of them was read. */
  readonly otherSheets: readonly string[];
  readonly columns: readonly PlanColumn[];
  /** Columns of which nothing is taken over. */
  readonly leftOut: readonly ColumnLeftOut[];
  readonly rows: readonly PlanRow[];
  readonly questions: readonly PlanQuestion[];
  readonly refused: readonly PlanRefusal[];
}

export interface PlanWanted {
  readonly period: Period;
  /** Who may be meant by the names of leads. */
  readonly officers: readonly Officer[];
  /** What somebody has answered to questions about this file. */
  readonly answers?: readonly CellAnswer[];
}

interface Found {
  readonly sheet: Sheet;
  readonly header: Header;
}

/** The sheets that have a header of a plan; those that people see before those that are hidden. */
const findPlans = ({ sheets }: Workbook): readonly Found[] => {
  const found = sheets.flatMap((sheet) => {
    const header = findHeader(sheet);
    return header ? [{ sheet, header }] : [];
  });
  return [...found.filter(({ sheet }) => !sheet.isHidden), ...found.filter(({ sheet }) => sheet.isHidden)];
};

/** Names of columns in one cell: the file was cut apart at another character than it was written with. */
const isCutWrongly = ({ sheets }: Workbook): boolean =>
  sheets.some(({ rows }) =>
    rows.slice(0, 10).some((row) => {
      const cells = row.filter(({ text }) => text.trim() !== '');
      const names = cells[0]?.text.split(/[^\p{L}\p{N} ()/&'’-]+| {2,}|\s[/-]\s/u) ?? [];
      return cells.length === 1 && new Set(names.flatMap((name) => kindOfHeader(name) ?? [])).size >= 3;
    }),
  );

/** Several columns in the header, and in every row below only one: two programs have written this file. */
const isBodyCutWrongly = ({ sheet, header }: Found): boolean => {
  const body = sheet.rows.slice(header.firstRow).filter((row) => row.some(({ text }) => text.trim() !== ''));
  return header.columns.length > 2 && body.length > 0 && body.every((row) => row.length === 1);
};

const without = (kind: ColumnKind, columns: readonly PlanColumn[]): boolean =>
  !columns.some((column) => column.kind === kind);

const gather = ({ sheet, header }: Found, understood: readonly RowUnderstood[]): PlanUnderstood => ({
  sheet: sheet.name,
  otherSheets: [],
  columns: header.columns,
  leftOut: header.leftOut,
  rows: understood.flatMap(({ row }) => row ?? []),
  questions: understood.flatMap(({ questions }) => questions),
  refused: understood.flatMap(({ refused }) => refused),
});

/** Understands the sheets of a file as a plan. */
export const understandWorkbook = (
  workbook: Workbook,
  { period, officers, answers = [] }: PlanWanted,
): Result<PlanUnderstood, FileRefusal> => {
  const [found, ...others] = findPlans(workbook);
  if (!found) return failed({ problem: isCutWrongly(workbook) ? 'wrong-delimiter' : 'no-header' });
  if (isBodyCutWrongly(found)) return failed({ problem: 'wrong-delimiter' });
  const reading = { period, officers: new Officers(officers) };
  const raw = listRawRows(found.sheet, found.header, answers);
  if (raw.length === 0 || without('action', found.header.columns)) return failed({ problem: 'no-rows' });
  const understood = gather(
    found,
    raw.map((row) => understandRow(row, reading)),
  );
  return ok({ ...understood, otherSheets: others.map(({ sheet }) => sheet.name) });
};

/** Understands a file that somebody has brought, or says why it is no plan. Stores nothing. */
export const understandPlan =
  ({ readWorkbook }: { readonly readWorkbook: ReadWorkbook }) =>
  async (
    bytes: Uint8Array,
    filename: string,
    wanted: PlanWanted,
  ): Promise<Result<PlanUnderstood, FileRefusal>> => {
    const workbook = await readWorkbook(bytes, filename);
    return workbook.ok ? understandWorkbook(workbook.value, wanted) : workbook;
  };
