import { loadFileType } from './libraries.ts';

/** What the first bytes show. Text is what nothing else is: whether it is one shows when it is read. */
export type ContentKind = 'pdf' | 'zip' | 'png' | 'jpg' | 'compound' | 'other' | 'text';

/** First bytes in hexadecimal. */
const MARKS: readonly (readonly [ContentKind, string])[] = [
  ['zip', '504b0304'],
  // A zip with nothing in it.
  ['zip', '504b0506'],
  ['png', '89504e470d0a1a0a'],
  ['jpg', 'ffd8ff'],
  // Office before 2007, and the envelope of later files with a password (MS-CFB, 2.2).
  ['compound', 'd0cf11e0a1b11ae1'],
];

const PDF = /^\s*%PDF-/;

/** As many bytes as file-type wants to see. */
const LOOKED_AT = 4_100;

/** Blanks, ends of lines, and the Ctrl+Z with which DOS ended its files. */
const isBlankControl = (byte: number): boolean => (byte >= 9 && byte <= 13) || byte === 26;

/** For file-type, what begins with `MZ`, `BM` or `ID3` is never text. Whether this is, shows when it is read. */
const looksLikeText = (start: Buffer): boolean =>
  ['fffe', 'feff'].includes(start.toString('hex', 0, 2)) ||
  start.every((byte) => byte >= 32 || isBlankControl(byte));

/** Tells what a file is by its content, and for what the archive never takes, the media type if it is known. */
export const whatItIs = async (bytes: Buffer): Promise<{ kind: ContentKind; mediaType?: string }> => {
  const start = bytes.subarray(0, LOOKED_AT);
  const hex = start.toString('hex', 0, 8);
  const found = MARKS.find(([, mark]) => hex.startsWith(mark));
  if (found) return { kind: found[0] };
  if (PDF.test(start.toString('utf8', 0, 64).replace(/^\uFEFF/, ''))) return { kind: 'pdf' };
  if (looksLikeText(start)) return { kind: 'text' };
  const { fileTypeFromBuffer } = await loadFileType();
  const known = await fileTypeFromBuffer(start).catch(() => undefined);
  return { kind: 'other', mediaType: known?.mime ?? 'unknown' };
};
