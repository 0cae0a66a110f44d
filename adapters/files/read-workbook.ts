import type { FileRefusal, ReadWorkbook, Workbook } from '#domain/actions/import/workbook.ts';
import { failed, ok } from '#domain/shared/result.ts';
import { MOST_BYTES } from './limits.ts';
import { readCsv, type ScoreHeader } from './read-csv.ts';
import { Refused } from './refusal.ts';
import { sniff } from './sniff.ts';
import { MOST_BYTES_INSIDE, TooLargeInside } from './unzip.ts';
import { readXlsx } from './xlsx/read-xlsx.ts';
import { Damaged } from './xml.ts';

const MEGABYTE = 1024 * 1024;

const read = (bytes: Uint8Array, filename: string, scoreHeader?: ScoreHeader): Workbook => {
  if (bytes.length === 0) throw new Refused('empty');
  if (bytes.length > MOST_BYTES) throw new Refused('too-large', String(MOST_BYTES / MEGABYTE));
  const kind = sniff(bytes);
  if (kind === 'text') return { sheets: [readCsv(bytes, scoreHeader)] };
  if (kind === 'zip') return readXlsx(bytes, filename);
  throw new Refused(kind);
};

const refusalOf = (fault: unknown): FileRefusal | null => {
  if (fault instanceof TooLargeInside)
    return { problem: 'too-large-inflated', detail: String(MOST_BYTES_INSIDE / MEGABYTE) };
  if (fault instanceof Damaged) return { problem: 'damaged' };
  if (!(fault instanceof Refused)) return null;
  return fault.detail === undefined
    ? { problem: fault.problem }
    : { problem: fault.problem, detail: fault.detail };
};

/**
 * Reads a CSV file or an Excel workbook (XLSX), told apart by what is in them. `scoreHeader` knows the header that the file
 * should have, by which its columns are told apart; left out: that of a plan.
 */
export const workbookReader =
  (scoreHeader?: ScoreHeader): ReadWorkbook =>
  async (bytes, filename) => {
    try {
      return ok(read(bytes, filename, scoreHeader));
    } catch (fault) {
      const refusal = refusalOf(fault);
      if (!refusal) throw fault;
      return failed(refusal);
    }
  };

/** Reads the file of a plan. */
export const readWorkbook = workbookReader();

/** The size from which a file is refused without being read. */
export { MOST_BYTES };
