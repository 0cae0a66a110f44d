import { type Cell, emptyCell, type Sheet, type Workbook } from '#domain/actions/import/workbook.ts';

/** A cell as a test writes it. */
export type CellMade = string | Partial<Cell>;

const toCell = (cell: CellMade): Cell =>
  typeof cell === 'string' ? { ...emptyCell, text: cell } : { ...emptyCell, ...cell };

/** A sheet of a workbook, made of texts and cells. */
export const aSheet = (rows: readonly (readonly CellMade[])[], changes: Partial<Sheet> = {}): Sheet => ({
  name: 'Plan',
  isHidden: false,
  knowsMerges: true,
  rows: rows.map((row) => row.map(toCell)),
  ...changes,
});

export const aWorkbook = (...sheets: readonly Sheet[]): Workbook => ({ sheets });

/** A cell that another one covers. */
export const under = (row: number, column: number): Partial<Cell> => ({ mergedFrom: { row, column } });
