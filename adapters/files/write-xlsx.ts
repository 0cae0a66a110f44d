import writeXlsxFile, { type Cell } from 'write-excel-file/node';
import type { ColumnKind } from '#domain/actions/import/columns.ts';
import type { PlanTable } from '#domain/actions/import/export-plan.ts';
import { encodeEscapes } from './xml.ts';

/** Light enough for black words on them. */
const RAG_COLOURS: Readonly<Record<string, string>> = { Red: '#FF7C80', Amber: '#FFC000', Green: '#92D050' };

const NARROW = 12;
const WIDE = 40;

const isWide = (kind: ColumnKind): boolean =>
  ['objective', 'action', 'measures', 'benefits', 'progress'].includes(kind);

const cellOf = (text: string, kind: ColumnKind | undefined, isHeader: boolean): Cell => {
  const value = encodeEscapes(text);
  if (isHeader) return { value, type: String, fontWeight: 'bold', wrap: true, backgroundColor: '#E7E6E6' };
  const backgroundColor = kind === 'rag' ? RAG_COLOURS[text] : undefined;
  const looks = {
    wrap: true,
    alignVertical: 'top',
    ...(backgroundColor ? { backgroundColor } : {}),
  } as const;
  return text === '' ? looks : { value, type: String, ...looks };
};

/** Writes a plan as a workbook with one sheet: a bold header that stays in sight, RAGs in their colours. */
export const writeXlsx = async ({ kinds, rows }: PlanTable, sheet: string): Promise<Uint8Array> => {
  const cells = rows.map((row, at) => row.map((text, column) => cellOf(text, kinds[column], at === 0)));
  const columns = kinds.map((kind) => ({ width: isWide(kind) ? WIDE : NARROW * 1.5 }));
  return new Uint8Array(await writeXlsxFile(cells, { sheet, columns, stickyRowsCount: 1 }).toBuffer());
};
