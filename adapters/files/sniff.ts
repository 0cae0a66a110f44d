import type { FileProblem } from '#domain/actions/import/workbook.ts';

/** What a file is by its first bytes, whatever its name says. */
export type FileKind = 'zip' | 'text' | FileProblem;

/** First bytes in hexadecimal. */
const MARKS: readonly (readonly [FileKind, string])[] = [
  ['zip', '504b0304'],
  // A zip with nothing in it.
  ['zip', '504b0506'],
  ['pdf', '255044462d'],
  ['picture', '89504e47'],
  ['picture', '47494638'],
  ['picture', 'ffd8ff'],
  ['picture', '49492a00'],
  ['picture', '4d4d002a'],
  ['picture', '52494646'],
  ['compressed', '1f8b'],
  ['compressed', '526172211a'],
  ['compressed', '377abcaf'],
  // Rich text.
  ['word-document', '7b5c727466'],
];

/** A compound file: Office before 2007, and the envelope of later files with a password. */
const COMPOUND = 'd0cf11e0a1b11ae1';

const WEB_PAGE = /^\s*(?:<!--[\s\S]*?-->\s*)?<(?:!doctype html|html|head|body|table|script|svg)[\s>]/i;
const XML = /^\s*<\?xml\b/i;

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const kindOfCompound = (bytes: Uint8Array): FileKind => {
  const holds = (stream: string) => bufferOf(bytes).includes(Buffer.from(stream, 'utf16le'));
  if (holds('EncryptedPackage')) return 'protected';
  return holds('WordDocument') ? 'word-document' : 'old-excel';
};

const LOOKED_AT = 1024;

/** Tells what somebody has brought. Text may be CSV; a zip may be a workbook. */
export const sniff = (bytes: Uint8Array): FileKind => {
  const start = bufferOf(bytes.subarray(0, LOOKED_AT));
  const hex = start.subarray(0, 8).toString('hex');
  if (hex === COMPOUND) return kindOfCompound(bytes);
  const marked = MARKS.find(([, mark]) => hex.startsWith(mark));
  if (marked) return marked[0];
  const text = start.toString('utf8').replace(/^\uFEFF/, '');
  if (WEB_PAGE.test(text)) return 'web-page';
  return XML.test(text) ? 'not-a-spreadsheet' : 'text';
};
