import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { SegmentDamaged } from './bytes.ts';

/** Characters of a text that are packed together: what a snippet has to fetch and unpack, 16 KB or so. */
const BLOCK_CHARACTERS = 16_384;
/** No block is longer than a whole text may be, in bytes of UTF-8; what says it is, is damaged. */
const MOST_BYTES = 64 * 1024 * 1024;

/** A piece of a text in the object of texts. */
export interface TextBlock {
  readonly offset: number;
  readonly length: number;
  /** The number of its first word. */
  readonly position: number;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

const isBlank = (unit: number): boolean => unit === 32 || (unit >= 9 && unit <= 13) || unit === 0xa0;

/** Cuts a text at blanks, so that no word is cut. Without blanks there is one piece. */
export const splitText = (text: string): string[] => {
  const pieces: string[] = [];
  for (let from = 0; from < text.length; ) {
    const to = endOfPiece(text, from);
    pieces.push(text.slice(from, to));
    from = to;
  }
  return pieces;
};

const endOfPiece = (text: string, from: number): number => {
  const wanted = from + BLOCK_CHARACTERS;
  if (wanted >= text.length) return text.length;
  for (let at = wanted; at > wanted - BLOCK_CHARACTERS / 4; at -= 1)
    if (isBlank(text.charCodeAt(at))) return at;
  for (let at = wanted; at < text.length; at += 1) if (isBlank(text.charCodeAt(at))) return at;
  return text.length;
};

export const packText = (text: string): Uint8Array => deflateRawSync(Buffer.from(text), { level: 6 });

export const unpackText = (bytes: Uint8Array): string => {
  try {
    return inflateRawSync(bytes, { maxOutputLength: MOST_BYTES }).toString('utf8');
  } catch {
    throw new SegmentDamaged('A text of the segment cannot be unpacked');
  }
};
