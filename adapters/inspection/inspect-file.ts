import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type FileType, MOST_FILE_BYTES } from '#domain/documents/file-type.ts';
import { type Finding, MOST_TITLE_CHARACTERS } from '#domain/documents/inspection.ts';
import { promisedType } from './check-promise.ts';
import type { Contents } from './finding.ts';
import { readOdf } from './odf/read-odf.ts';
import { readOffice } from './office/read-office.ts';
import { readPdf } from './pdf/read-pdf.ts';
import { checkJpg } from './pictures/check-jpg.ts';
import { checkPng } from './pictures/check-png.ts';
import { refuseSecondType } from './refuse-second-type.ts';
import { FileRefused, refuse } from './refused.ts';
import { readPlain } from './text/read-plain.ts';
import { tidyLabel, tidyLanguage } from './text/tidy.ts';
import { type ContentKind, whatItIs } from './what-it-is.ts';
import { openZip } from './zip/open-zip.ts';

/** A file that somebody wants to bring in. */
export interface FileBrought {
  /** As people call it, with its extension. */
  readonly name: string;
  /** The media type that the upload gave; '' for none. */
  readonly declaredType: string;
  /** All of it, or the path at which it lies. */
  readonly content: Buffer | string;
}

const kindsOfTypes: Readonly<Record<FileType, ContentKind>> = {
  pdf: 'pdf',
  docx: 'zip',
  xlsx: 'zip',
  pptx: 'zip',
  odt: 'zip',
  ods: 'zip',
  csv: 'text',
  txt: 'text',
  md: 'text',
  png: 'png',
  jpg: 'jpg',
};

/** A compound file: an envelope around what is encrypted (MS-OFFCRYPTO, 2.1.2), or a document of before 2007. */
const refuseCompound = (bytes: Buffer): never =>
  bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'))
    ? refuse('encrypted', 'office password')
    : refuse('type-not-taken', 'office before 2007');

const readPackage = (bytes: Buffer): Contents => {
  const zip = openZip(bytes);
  const [isOffice, isOdf] = [zip.has('[Content_Types].xml'), zip.has('mimetype')];
  if (isOffice && isOdf) refuse('ambiguous', 'two kinds of office');
  if (isOffice) return readOffice(zip);
  return isOdf ? readOdf(zip) : refuse('not-what-it-says', 'archive');
};

const picture = (type: 'png' | 'jpg'): Contents => ({
  ...{ type, pages: null, text: '', isTextCut: false, language: null, title: null },
});

const readContent = (bytes: Buffer, type: FileType): Contents | Promise<Contents> => {
  if (type === 'pdf') return readPdf(bytes);
  if (type === 'csv' || type === 'txt' || type === 'md') return readPlain(bytes, type);
  if (type !== 'png' && type !== 'jpg') return readPackage(bytes);
  if (type === 'png') checkPng(bytes);
  else checkJpg(bytes);
  return picture(type);
};

const read = async (bytes: Buffer, promised: FileType): Promise<Contents> => {
  const { kind, mediaType } = await whatItIs(bytes);
  if (kind === 'compound') refuseCompound(bytes);
  refuseSecondType(bytes, kind);
  if (kind !== kindsOfTypes[promised]) refuse('not-what-it-says', mediaType ?? kind);
  const contents = await readContent(bytes, promised);
  if (contents.type !== promised) refuse('not-what-it-says', contents.type);
  return contents;
};

const inspect = async (bytes: Buffer, { name, declaredType }: FileBrought): Promise<Finding> => {
  if (bytes.length === 0) refuse('empty', 'no bytes');
  if (bytes.length > MOST_FILE_BYTES) refuse('too-large', 'bytes');
  const contents = await read(bytes, promisedType(name, declaredType));
  return {
    outcome: 'readable',
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    ...contents,
    language: tidyLanguage(contents.language),
    title: tidyLabel(contents.title, MOST_TITLE_CHARACTERS),
  };
};

/**
 * Decides by its content whether a file may come in, and reads its text. What it throws is a mistake of its own or a
 * machine that cannot do more; whatever is wrong with a file is told.
 */
export const inspectFile = async (file: FileBrought): Promise<Finding> => {
  const bytes = typeof file.content === 'string' ? await readFile(file.content) : file.content;
  try {
    return await inspect(bytes, file);
  } catch (fault) {
    if (!(fault instanceof FileRefused)) throw fault;
    return { outcome: 'refused', bytes: bytes.length, fault: fault.fault, detail: fault.detail };
  }
};
