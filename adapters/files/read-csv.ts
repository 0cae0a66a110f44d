import { CsvError, parse } from 'csv-parse/sync';
import { scoreHeader as scorePlanHeader } from '#domain/actions/import/header.ts';
import { type Cell, emptyCell, type Sheet } from '#domain/actions/import/workbook.ts';
import { unescapeCell } from '#domain/shared/csv.ts';
import { decodeText } from '#domain/shared/decode-text.ts';
import { MOST_CELLS, MOST_COLUMNS, MOST_ROWS } from './limits.ts';
import { Refused } from './refusal.ts';

const SEPARATORS = [',', ';', '\t', '|'] as const;

/** The header is in the first ten rows, and the rows under it show whether the same character separates them. */
const ROWS_TRIED = 30;

const parseText = (text: string, separator: string, to?: number): string[][] =>
  parse(text, {
    delimiter: separator,
    relax_column_count: true,
    // A quotation mark inside a value (12" tyres) is a character.
    relax_quotes: true,
    skip_empty_lines: false,
    record_delimiter: ['\r\n', '\n', '\r'],
    ...(to === undefined ? {} : { to }),
  });

const triedWith = (text: string, separator: string): readonly string[][] => {
  try {
    return parseText(text, separator, ROWS_TRIED);
  } catch (fault) {
    if (fault instanceof CsvError) return [];
    throw fault;
  }
};

interface Tried {
  readonly separator: string;
  readonly score: number;
  readonly width: number;
}

/** How much of a header these rows have, for whoever looks for one. */
export type ScoreHeader = (rows: readonly (readonly string[])[]) => number;

/** The separator by which a header appears, or else the one that makes most columns. */
const separatorOf = (text: string, scoreHeader: ScoreHeader): string => {
  const tried = SEPARATORS.map((separator): Tried => {
    const rows = triedWith(text, separator);
    return { separator, score: scoreHeader(rows), width: Math.max(0, ...rows.map((row) => row.length)) };
  });
  const isBetter = (one: Tried, other: Tried): boolean =>
    one.score === other.score ? one.width > other.width : one.score > other.score;
  return tried.reduce((best, each) => (isBetter(each, best) ? each : best)).separator;
};

/** A program would run it as soon as it opens the file; what it shows there is not in the file. */
const isFormula = (text: string): boolean => /^\s*[=＝]\s*\S/.test(text);

const cellOf = (text: string): Cell => {
  if (text === '') return emptyCell;
  return isFormula(text)
    ? { ...emptyCell, text, trouble: 'formula' }
    : { ...emptyCell, text: unescapeCell(text) };
};

const withoutBlanks = (row: readonly string[]): readonly string[] =>
  row.slice(0, row.findLastIndex((text) => text.trim() !== '') + 1);

const check = (rows: readonly (readonly string[])[]): void => {
  if (rows.length > MOST_ROWS) throw new Refused('too-many-rows', String(MOST_ROWS));
  if (rows.some((row) => row.length > MOST_COLUMNS))
    throw new Refused('too-many-columns', String(MOST_COLUMNS));
  const cells = rows.reduce((total, row) => total + row.length, 0);
  if (cells > MOST_CELLS) throw new Refused('too-many-cells', String(MOST_CELLS));
};

const parseAll = (text: string, scoreHeader: ScoreHeader): string[][] => {
  try {
    return parseText(text, separatorOf(text, scoreHeader));
  } catch (fault) {
    if (!(fault instanceof CsvError)) throw fault;
    throw new Refused('broken-csv', typeof fault.lines === 'number' ? String(fault.lines) : undefined);
  }
};

/** Reads CSV as one sheet: in UTF-8, UTF-16 or Windows-1252, separated by commas, semicolons, tabs or bars. */
export const readCsv = (bytes: Uint8Array, scoreHeader: ScoreHeader = scorePlanHeader): Sheet => {
  const text = decodeText(bytes);
  if (text === null) throw new Refused('not-a-spreadsheet');
  if (text.trim() === '') throw new Refused('empty');
  const rows = parseAll(text.replace(/^\uFEFF/, ''), scoreHeader).map(withoutBlanks);
  const filled = rows.slice(0, rows.findLastIndex((row) => row.length > 0) + 1);
  check(filled);
  return { name: '', isHidden: false, knowsMerges: false, rows: filled.map((row) => row.map(cellOf)) };
};
