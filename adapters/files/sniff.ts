import type { FileProblem } from '#domain/actions/import/workbook.ts';

/** What a file is by its first bytes, whatever its name says. */
export type FileKind = 'zip' | 'text' | FileProblem;

const latin1 = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);

const MARKS: readonly (readonly [FileKind, RegExp])[] = [
  ['zip', /^PK\x03\x04/],
  ['zip', /^PK\x05\x06/],
  ['pdf', /^\s*%PDF-/],
  ['picture', /^(?:\x89PNG|GIF8|\xff\xd8\xff|BM.{4}\0\0|II\*\0|MM\0\*|RIFF.{4}WEBP)/s],
  ['compressed', /^(?:\x1f\x8b|Rar!|7z\xbc\xaf|BZh)/],
  ['word-document', /^\{\\rtf/],
];

const OLE = /^\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1/;

const WEB_PAGE = /^(?:\xef\xbb\xbf)?\s*(?:<!--[^]*?-->\s*)?<(?:!doctype html|html|head|body|table|script|svg)[\s>]/i;
const XML = /^(?:\xef\xbb\xbf)?\s*<\?xml\b/i;

const utf16 = (text: string): string => [...text].join('\0');

/** Office before 2007, and the envelope around a file with a password, are the same kind of container. */
const kindOfContainer = (bytes: Uint8Array): FileKind => {
  const text = latin1(bytes);
  if (text.includes(utf16('EncryptedPackage'))) return 'protected';
  if (text.includes(utf16('WordDocument'))) return 'word-document';
  return 'old-excel';
};

const LOOKED_AT = 1024;

/** Tells what somebody has brought. Text may be CSV; a zip may be a workbook. */
export const sniff = (bytes: Uint8Array): FileKind => {
  const start = latin1(bytes.subarray(0, LOOKED_AT));
  if (OLE.test(start)) return kindOfContainer(bytes);
  if (WEB_PAGE.test(start)) return 'web-page';
  if (XML.test(start)) return 'not-a-spreadsheet';
  return MARKS.find(([, mark]) => mark.test(start))?.[0] ?? 'text';
};
