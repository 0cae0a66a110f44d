import type { ArchiveDocument, DocumentFile } from '../document.ts';
import { typeOfName } from '../file-type.ts';

/** A version of a document with its place in what is handed out. */
export interface PackedFile {
  readonly document: ArchiveDocument;
  readonly file: DocumentFile;
  /** Counted from 1, as people count versions. */
  readonly version: number;
  /** `documents/{id}/{version}-{name}`: letters that every file system takes. */
  readonly path: string;
}

/** File systems count bytes: 255 of a name, and some programs put something before or behind it. */
const MOST_NAME_BYTES = 180;

const encoder = new TextEncoder();

const cut = (stem: string, most: number): string => {
  let kept = '';
  let bytes = 0;
  for (const character of stem) {
    bytes += encoder.encode(character).length;
    if (bytes > most) return kept;
    kept += character;
  }
  return kept;
};

/** What Windows takes for something else than a letter of a name. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const UNSAFE = /[<>:"/\\|?*\u0000-\u001F\u007F\p{Cf}]/gu;

/** The name of a file, fit for every file system; its type is that of the file, whatever the name said. */
const safeName = ({ name, type }: Pick<DocumentFile, 'name' | 'type'>): string => {
  const [, written = '', extension = ''] = /^(.*?)(?:\.([^.]*))?$/s.exec(name) ?? [];
  const isOwn = typeOfName(name) === type;
  const stem = cut((isOwn ? written : name).replace(UNSAFE, '_').trim(), MOST_NAME_BYTES).replace(
    /[. ]+$/,
    '',
  );
  return `${stem || 'document'}.${isOwn ? extension : type}`;
};

/** The files of documents that are handed out: the current version of each, or all of them, the oldest first. */
export const packFiles = (
  documents: readonly ArchiveDocument[],
  versions: 'all' | 'current',
): readonly PackedFile[] =>
  documents.flatMap((document) =>
    document.files
      .map((file, at) => ({
        ...{ document, file, version: at + 1 },
        path: `documents/${document.id}/${at + 1}-${safeName(file)}`,
      }))
      .filter((_, at) => versions === 'all' || at === document.files.length - 1),
  );
