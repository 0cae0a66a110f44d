import { type FileType, fileTypes, typeOfName } from '#domain/documents/file-type.ts';
import { refuse } from './refused.ts';

/** What browsers say when they do not know, and S3 when nobody said anything. */
const KNOWS_NOTHING = new Set(['', 'application/octet-stream', 'binary/octet-stream']);

const ZIP = ['application/zip', 'application/x-zip-compressed'];

/** What browsers say beside the right media type: they ask the machine, and Windows asks which program opens it. */
const ALSO_SAID: Readonly<Record<FileType, readonly string[]>> = {
  pdf: ['application/x-pdf'],
  docx: ZIP,
  xlsx: ZIP,
  pptx: ZIP,
  odt: ZIP,
  ods: ZIP,
  csv: [
    'text/plain',
    'text/x-csv',
    'text/comma-separated-values',
    'application/csv',
    'application/x-csv',
    'application/vnd.ms-excel',
  ],
  txt: [],
  md: ['text/plain', 'text/x-markdown', 'text/x-web-markdown'],
  png: ['image/x-png'],
  jpg: ['image/jpg', 'image/pjpeg'],
};

/** The type that name and media type promise together. */
export const promisedType = (name: string, declaredType: string): FileType => {
  const type = typeOfName(name) ?? refuse('type-not-taken', 'name');
  const declared = (declaredType.split(';')[0] ?? '').trim().toLowerCase();
  const isBorne = [fileTypes[type].mediaType, ...ALSO_SAID[type]].includes(declared);
  return isBorne || KNOWS_NOTHING.has(declared) ? type : refuse('not-what-it-says', 'media type');
};
