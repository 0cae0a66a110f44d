import { access, constants, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { MOST_FILE_BYTES } from '#domain/documents/file-type.ts';
import type { DetailsFault, DetailsFaultReason } from '#domain/documents/import/details-faults.ts';
import type { FileFound } from '#domain/documents/import/plan-files.ts';
import type { RowSaid } from '#domain/documents/import/understand-row.ts';
import { hashFile } from './hash-file.ts';
import { listFolder } from './list-folder.ts';

/** What was found in a folder of the files that a list names. */
export interface FilesFound {
  /** By row. */
  readonly found: ReadonlyMap<number, FileFound>;
  readonly faults: readonly DetailsFault[];
  /** Files that no row names. */
  readonly unnamed: readonly string[];
}

/** Why a row's file cannot be taken. */
class Unfit extends Error {
  readonly why: DetailsFaultReason;
  readonly detail: string | undefined;

  constructor(why: DetailsFaultReason, detail?: string) {
    super(why);
    this.why = why;
    this.detail = detail;
  }
}

const leadsOut = (path: string): boolean =>
  isAbsolute(path) || /^[a-z]:/i.test(path) || path.split('/').includes('..');

const isOutside = (folder: string, path: string): boolean => {
  const below = relative(folder, path);
  return isAbsolute(below) || below.split(/[/\\]/)[0] === '..';
};

const NOT_THERE = ['ENOENT', 'ENOTDIR'];

/** Files by how they are written, with and without capitals. */
class Folder {
  readonly real: string;
  readonly files: ReadonlyMap<string, string>;
  readonly #bySmall = new Map<string, string>();

  constructor(real: string, files: ReadonlyMap<string, string>) {
    this.real = real;
    this.files = files;
    for (const path of files.keys()) this.#bySmall.set(path.toLowerCase(), path);
  }

  /** Where a file lies in truth: links are followed, and none may lead out. */
  async resolve(path: string): Promise<string> {
    if (leadsOut(path)) throw new Unfit('outside');
    try {
      const real = await realpath(join(this.real, this.files.get(path) ?? path));
      if (isOutside(this.real, real)) throw new Unfit('outside');
      return real;
    } catch (fault) {
      if (fault instanceof Unfit) throw fault;
      if (!NOT_THERE.includes(String((fault as NodeJS.ErrnoException).code))) throw new Unfit('not-readable');
      const alike = this.#bySmall.get(path.toLowerCase());
      throw alike === undefined ? new Unfit('no-file') : new Unfit('other-case', alike);
    }
  }
}

const check = async (path: string): Promise<void> => {
  const found = await stat(path);
  if (!found.isFile()) throw new Unfit('no-plain-file');
  if (found.size === 0) throw new Unfit('empty-file');
  if (found.size > MOST_FILE_BYTES) throw new Unfit('file-too-large');
  await access(path, constants.R_OK).catch(() => {
    throw new Unfit('not-readable');
  });
};

/** Finds the file of each row and reads it once, for its checksum. Throws when the folder itself cannot be read. */
export const findFiles = async (
  path: string,
  rows: readonly RowSaid[],
  { list, progress }: { readonly list: string; readonly progress?: (done: number) => void },
): Promise<FilesFound> => {
  const folder = new Folder(await realpath(path), await listFolder(path));
  const [found, faults] = [new Map<number, FileFound>(), [] as DetailsFault[]];
  for (const [at, { row, path: named }] of rows.entries()) {
    progress?.(at);
    if (named === '') continue;
    try {
      const source = await folder.resolve(named);
      await check(source);
      found.set(row, { source, sha256: await hashFile(source) });
    } catch (fault) {
      if (!(fault instanceof Unfit)) throw fault;
      const { why, detail } = fault;
      faults.push({ row, column: 'file', text: named, why, ...(detail === undefined ? {} : { detail }) });
    }
  }
  progress?.(rows.length);
  const named = new Set([...rows.map((row) => row.path), relative(folder.real, await realpath(list))]);
  return { found, faults, unnamed: [...folder.files.keys()].filter((file) => !named.has(file)) };
};
