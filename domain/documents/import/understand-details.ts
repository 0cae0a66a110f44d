import { emptyCell, type Sheet, type Workbook } from '../../actions/import/workbook.ts';
import type { AreaDirectory } from '../../areas/area-directory.ts';
import { NamedAreas } from '../../areas/named-areas.ts';
import type { LocalDate } from '../../shared/clock.ts';
import { failed, ok, type Result } from '../../shared/result.ts';
import type { DetailsFault } from './details-faults.ts';
import { type DetailsHeader, findDetailsHeader } from './details-header.ts';
import { type RowCells, type RowSaid, understandDetailsRow } from './understand-row.ts';

/** What was understood of a list of files, row by row. */
export interface DetailsUnderstood extends Pick<DetailsHeader, 'columns' | 'leftOut'> {
  readonly rows: readonly RowSaid[];
  readonly faults: readonly DetailsFault[];
}

/** The file is no list of files: no row names its columns, or none stands below it. */
export class NoList {
  readonly name = 'NoList';
  readonly why: 'no-header' | 'no-rows';

  constructor(why: NoList['why']) {
    this.why = why;
  }
}

const cellsOf = (row: Sheet['rows'][number], { columns }: DetailsHeader): RowCells =>
  new Map(
    columns.map(({ column, at }) => {
      const { text, trouble } = row[at] ?? emptyCell;
      return [column, { text, isFormula: trouble !== null }];
    }),
  );

const isBlank = (cells: RowCells): boolean =>
  [...cells.values()].every(({ text, isFormula }) => text.trim() === '' && !isFormula);

/** Rows of one file, and documents of one id: each may stand in the list once. */
const findRepeated = (rows: readonly RowSaid[]): readonly DetailsFault[] => {
  const [paths, ids] = [new Map<string, number>(), new Map<string, number>()];
  return rows.flatMap(({ row, path, id }) => {
    const faults: DetailsFault[] = [];
    const [samePath, sameId] = [paths.get(path), id === null ? undefined : ids.get(id)];
    if (path !== '' && samePath !== undefined)
      faults.push({ row, column: 'file', text: path, why: 'same-file', detail: String(samePath) });
    if (id !== null && sameId !== undefined)
      faults.push({ row, column: 'id', text: id, why: 'same-id', detail: String(sameId) });
    paths.set(path, samePath ?? row);
    if (id !== null) ids.set(id, sameId ?? row);
    return faults;
  });
};

/** Understands a list of files with what is to be said of each. Stores nothing. */
export const understandDetails = (
  { sheets }: Workbook,
  { directory, today }: { readonly directory: AreaDirectory; readonly today: LocalDate },
): Result<DetailsUnderstood, NoList> => {
  const found = sheets
    .filter(({ isHidden }) => !isHidden)
    .flatMap((sheet) => {
      const header = findDetailsHeader(sheet);
      return header ? [{ sheet, header }] : [];
    })[0];
  if (!found) return failed(new NoList('no-header'));
  const { sheet, header } = found;
  const reading = { areas: new NamedAreas(directory), today };
  const understood = sheet.rows
    .map((row, at) => ({ row: at + 1, cells: cellsOf(row, header) }))
    .filter(({ row, cells }) => row > header.firstRow && !isBlank(cells))
    .map(({ row, cells }) => understandDetailsRow(row, cells, reading));
  if (understood.length === 0) return failed(new NoList('no-rows'));
  const rows = understood.map(({ said }) => said);
  return ok({
    ...{ columns: header.columns, leftOut: header.leftOut, rows },
    faults: [...understood.flatMap(({ faults }) => faults), ...findRepeated(rows)],
  });
};
