import { MOST_BYTES, readWorkbook, workbookReader } from '#adapters/files/read-workbook.ts';
import { writeXlsx } from '#adapters/files/write-xlsx.ts';
import { MOST_ZIP_BYTES, MOST_ZIP_FILES, writeZip } from '#adapters/files/write-zip.ts';
import { scoreDetailsHeader } from '#domain/documents/import/details-header.ts';

/** Reading and writing spreadsheets. Loaded when a command needs it. */
export const spreadsheets = {
  mostBytes: MOST_BYTES,
  readWorkbook,
  readDetails: workbookReader(scoreDetailsHeader),
  writeXlsx,
};

/** Writing ZIPs. */
export const zips = { mostBytes: MOST_ZIP_BYTES, mostFiles: MOST_ZIP_FILES, writeZip };
