/**
 * How a spreadsheet takes a cell for a formula: by its first character, in full width, too, or by one behind a blank
 * that it drops (OWASP, CSV Injection).
 */
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;

const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

/** Apostrophes before a formula: one of them may be ours. */
const APOSTROPHES = /^'+/;

const isFormula = (text: string): boolean => FORMULA.test(text.replace(APOSTROPHES, ''));

/** A text as it was before it was written: without the apostrophe that was put before a formula. */
export const unescapeCell = (written: string): string =>
  written.startsWith("'") && isFormula(written) ? written.slice(1) : written;

/**
 * A cell as it is written: an apostrophe before what a spreadsheet would run, one more where somebody has put one
 * already, and quotes where they are needed.
 */
const writeCell = (text: string): string => {
  const safe = isFormula(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** One row of a CSV file (RFC 4180), with its line end; nothing in it is a formula. */
export const csvRow = (cells: readonly string[]): string => `${cells.map(writeCell).join(',')}\r\n`;
