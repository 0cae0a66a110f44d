import { MOST_BYTES, readWorkbook } from '#adapters/files/read-workbook.ts';
import { writeXlsx } from '#adapters/files/write-xlsx.ts';

/** Reading and writing spreadsheets. Loaded when a command needs it. */
export const spreadsheets = { mostBytes: MOST_BYTES, readWorkbook, writeXlsx };
