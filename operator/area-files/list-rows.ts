import { CsvError, parse } from 'csv-parse/sync';
import { shorten } from './file-refusal.ts';
import { columnName, type ListingOrRefusal, refuseFile } from './listing.ts';

const SEPARATORS = [',', ';', '\t'] as const;

/** Spreadsheets of other countries separate by semicolons; the header tells. */
const separatorOf = (text: string): string => {
  const [header = ''] = text.split(/\r\n|\r|\n/, 1);
  const found = (separator: string) => header.split(separator).length;
  return SEPARATORS.reduce((best, separator) => (found(separator) > found(best) ? separator : best));
};

const parseRows = (text: string): { rows: string[][] } | { fault: string } => {
  try {
    const options = { delimiter: separatorOf(text), relax_column_count: true, skip_empty_lines: false };
    return { rows: parse(text, { ...options, record_delimiter: ['\r\n', '\n', '\r'] }) };
  } catch (fault) {
    if (!(fault instanceof CsvError)) throw fault;
    return { fault: fault.message };
  }
};

const isBlank = (row: readonly string[]): boolean => row.every((value) => value.trim() === '');

/** Reads a CSV file whose first row names the columns; blank rows count, and are passed over. */
export const listRows = (file: string, text: string): ListingOrRefusal => {
  const parsed = parseRows(text);
  if ('fault' in parsed)
    return refuseFile(
      file,
      `this is not a CSV file that can be read (${shorten(parsed.fault)}). Save it again as CSV.`,
    );
  const [header = [], ...body] = parsed.rows;
  const names = header.map(columnName);
  const rows = body.flatMap((row, index) =>
    isBlank(row)
      ? []
      : [{ number: index + 2, fields: new Map(names.map((name, at) => [name, row[at] ?? ''] as const)) }],
  );
  const listing = { file, rowNoun: 'row', columnNoun: 'column', columns: new Set(names), rows } as const;
  return { listing };
};
