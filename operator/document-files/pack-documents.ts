import { createHash } from 'node:crypto';
import type { DocumentFile } from '#domain/documents/document.ts';
import type { PackedFile } from '#domain/documents/export/pack.ts';
import { detailsTable, manifestTable, sumsList } from '#domain/documents/export/packed-tables.ts';
import type { FileType } from '#domain/documents/file-type.ts';
import type { StoredFiles } from '#domain/documents/ports.ts';
import type { Instant } from '#domain/shared/clock.ts';

interface Entry {
  readonly path: string;
  readonly at: Instant;
  readonly isPacked: boolean;
  readonly content: AsyncIterable<Uint8Array>;
}

/** A file that is not as its record says. */
export interface Differs {
  readonly path: string;
  readonly why: 'missing' | 'other-bytes';
}

/** Plain text becomes smaller; all other files of the archive are packed already. */
const plainTypes: readonly FileType[] = ['csv', 'txt', 'md'];

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

/** A file as it is stored, compared with its record on the way through. */
async function* compared(
  content: AsyncIterable<Uint8Array>,
  { sha256, bytes }: DocumentFile,
  tellDiffers: () => void,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let read = 0;
  for await (const piece of content) {
    hash.update(piece);
    read += piece.length;
    yield piece;
  }
  if (hash.digest('hex') !== sha256 || read !== bytes) tellDiffers();
}

const textEntry = (path: string, text: string, at: Instant): Entry => ({
  ...{ path, at, isPacked: false },
  content: once(text),
});

/**
 * All that is handed out, as it comes: the tables, the files, and the checksums, each file compared with its record. What
 * differs is told when it has been read.
 */
export async function* packDocuments(
  { storedFiles }: { readonly storedFiles: StoredFiles },
  files: readonly PackedFile[],
  {
    at,
    differs,
    progress,
  }: {
    readonly at: Instant;
    readonly differs: (file: Differs) => void;
    readonly progress: (done: number) => void;
  },
): AsyncGenerator<Entry> {
  const tables = { 'details.csv': detailsTable(files), 'manifest.csv': manifestTable(files) };
  for (const [path, text] of Object.entries(tables)) yield textEntry(path, text, at);
  for (const [index, { file, path }] of files.entries()) {
    const content = await storedFiles.open(file.id);
    if (content) {
      const isPacked = !plainTypes.includes(file.type);
      const tellDiffers = () => differs({ path, why: 'other-bytes' });
      yield { path, at: file.at, isPacked, content: compared(content, file, tellDiffers) };
    } else differs({ path, why: 'missing' });
    progress(index + 1);
  }
  const sums = [
    ...Object.entries(tables).map(([path, text]) => ({
      path,
      sha256: createHash('sha256').update(text).digest('hex'),
    })),
    ...files.map(({ path, file: { sha256 } }) => ({ path, sha256 })),
  ];
  yield textEntry('SHA256SUMS', sumsList(sums), at);
}
