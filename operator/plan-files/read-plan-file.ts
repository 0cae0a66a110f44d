import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Officer } from '#domain/actions/import/leads-cell.ts';
import { readOfficers } from '#domain/actions/import/officers.ts';
import type { Workbook } from '#domain/actions/import/workbook.ts';
import { failed, ok, type Result } from '#domain/shared/result.ts';
import { type FileRefusal, quote } from '../area-files/file-refusal.ts';
import { faultOf } from '../file-faults.ts';
import { fileProblemSentence } from './words.ts';

const refuse = (file: string, problem: string, where: string | null = null): FileRefusal => ({
  file,
  where,
  problem,
});

/** Reads a spreadsheet of a plan, or of what `as` says; a file that is too large is not read at all. */
export const readSpreadsheet = async (
  file: string,
  as: 'readWorkbook' | 'readDetails' = 'readWorkbook',
): Promise<Result<Workbook, FileRefusal>> => {
  const { spreadsheets } = await import('../files-container.ts');
  try {
    const { size } = await stat(file);
    const tooLarge = { problem: 'too-large', detail: String(spreadsheets.mostBytes / 1024 / 1024) } as const;
    if (size > spreadsheets.mostBytes) return failed(refuse(file, fileProblemSentence(tooLarge)));
    const workbook = await spreadsheets[as](await readFile(file), basename(file));
    return workbook.ok ? workbook : failed(refuse(file, fileProblemSentence(workbook.error)));
  } catch (fault) {
    return failed(refuse(file, faultOf(fault)));
  }
};

/** Reads a list of officers, name and address. */
export const readOfficersFile = async (
  file: string,
): Promise<Result<readonly Officer[], readonly FileRefusal[]>> => {
  const workbook = await readSpreadsheet(file);
  if (!workbook.ok) return failed([workbook.error]);
  const officers = readOfficers(workbook.value);
  if (officers.ok) return ok(officers.value);
  return failed(
    officers.error.map(({ row, column, text }) =>
      refuse(
        file,
        column === 'name' ? 'the name is missing.' : `${quote(text)} is not an e-mail address.`,
        `row ${row}, column ${column}`,
      ),
    ),
  );
};
