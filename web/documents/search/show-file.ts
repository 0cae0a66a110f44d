import type { DocumentFile } from '#domain/documents/document.ts';
import type { FileType } from '#domain/documents/file-type.ts';

/** A file with its size as people say it. */
export interface FileShown extends DocumentFile {
  readonly size: { readonly unit: 'bytes' | 'kb' | 'mb'; readonly number: string };
  /** What is counted in it; null where nothing is. */
  readonly counted: 'pages' | 'slides' | 'sheets' | null;
}

const KB = 1_000;
const MB = 1_000_000;

/** `812 bytes`, `15 KB`, `1.2 MB`, `35 MB`: thousands of thousands, as the limit is. */
const sizeOf = (bytes: number): FileShown['size'] => {
  if (bytes < KB) return { unit: 'bytes', number: String(bytes) };
  if (Math.round(bytes / KB) < KB) return { unit: 'kb', number: String(Math.round(bytes / KB)) };
  const megabytes = bytes / MB;
  return { unit: 'mb', number: megabytes < 10 ? megabytes.toFixed(1) : String(Math.round(megabytes)) };
};

const countedIn = (type: FileType): FileShown['counted'] => {
  if (type === 'pptx') return 'slides';
  if (type === 'xlsx' || type === 'ods') return 'sheets';
  return type === 'pdf' ? 'pages' : null;
};

export const showFile = (file: DocumentFile): FileShown => ({
  ...file,
  size: sizeOf(file.bytes),
  counted: file.pages === null ? null : countedIn(file.type),
});
