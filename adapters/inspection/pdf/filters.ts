import { inflateSync } from 'node:zlib';
import { Inflate } from 'fflate';
import { refuse } from '../refused.ts';
import { countLzw } from './count-lzw.ts';

/** Undoes a filter of a stream, as far as the bytes go, and makes no more than so many. */
type Undo = (bytes: Buffer, most: number) => Buffer;

const tooLarge = (): never => refuse('unpacks-too-large', 'pdf stream');

/** What readers do with a stream that is broken: they take what comes before. */
const inflateBroken: Undo = (bytes, most) => {
  const chunks: Buffer[] = [];
  let total = 0;
  const inflate = new Inflate((chunk) => {
    total += chunk.length;
    if (total > most) tooLarge();
    chunks.push(Buffer.from(chunk));
  });
  const STEP = 65_536;
  // Without its two bytes of header, which may be broken as well.
  const deflated = bytes.subarray(2);
  for (let at = 0; at < deflated.length; at += STEP) {
    try {
      inflate.push(deflated.subarray(at, at + STEP));
    } catch (fault) {
      if (fault instanceof Error && 'code' in fault) break;
      throw fault;
    }
  }
  return Buffer.concat(chunks);
};

const inflate: Undo = (bytes, most) => {
  try {
    return inflateSync(bytes, { maxOutputLength: most });
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return tooLarge();
    return inflateBroken(bytes, most);
  }
};

const textUntil = (bytes: Buffer, end: string): string => {
  const at = bytes.indexOf(end);
  return bytes.toString('latin1', 0, at === -1 ? bytes.length : at);
};

const fromHex: Undo = (bytes) => {
  const digits = textUntil(bytes, '>').replace(/[^0-9a-f]/gi, '');
  return Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex');
};

const fromBase85: Undo = (bytes) => {
  const text = textUntil(bytes, '~').replace(/[^!-uz]/g, '');
  const out: number[] = [];
  const group: number[] = [];
  const flush = (length: number) => {
    const value = group.reduce((sum, digit) => sum * 85 + digit, 0);
    for (let index = 0; index < length; index += 1) out.push(Math.floor(value / 256 ** (3 - index)) & 0xff);
    group.length = 0;
  };
  for (const character of text) {
    if (character === 'z' && group.length === 0) out.push(0, 0, 0, 0);
    else group.push(character.charCodeAt(0) - 33);
    if (group.length === 5) flush(4);
  }
  const left = group.length;
  if (left > 1) {
    while (group.length < 5) group.push(84);
    flush(left - 1);
  }
  return Buffer.from(out);
};

/** ISO 32000-2, 7.4.5. */
const fromRuns: Undo = (bytes, most) => {
  const chunks: Buffer[] = [];
  let total = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = bytes[at] ?? 128;
    if (length === 128) break;
    const count = length < 128 ? length + 1 : 257 - length;
    total += count;
    if (total > most) tooLarge();
    const from = at + 1;
    chunks.push(length < 128 ? bytes.subarray(from, from + count) : Buffer.alloc(count, bytes[from] ?? 0));
    at = from + (length < 128 ? count : 1);
  }
  return Buffer.concat(chunks);
};

/** Looked into by nobody, but it may still be a bomb. */
const onlyCount: Undo = (bytes, most) => (countLzw(bytes, most) > most ? tooLarge() : Buffer.alloc(0));

const FILTERS: Readonly<Record<string, Undo>> = {
  FlateDecode: inflate,
  Fl: inflate,
  ASCIIHexDecode: fromHex,
  AHx: fromHex,
  ASCII85Decode: fromBase85,
  A85: fromBase85,
  RunLengthDecode: fromRuns,
  RL: fromRuns,
  LZWDecode: onlyCount,
  LZW: onlyCount,
};

/** Pictures of some kind, which are packed as well as they are, and which nobody unpacks to read text. */
const PICTURES = new Set(['DCTDecode', 'DCT', 'JPXDecode', 'JBIG2Decode', 'CCITTFaxDecode', 'CCF']);

export interface Unfiltered {
  readonly bytes: Buffer;
  /** False when something of it could not be undone here, so that nobody has looked inside. */
  readonly isWhole: boolean;
}

/** Whether nobody here sees what comes out. */
const isBlind = (name: string): boolean => PICTURES.has(name) || FILTERS[name] === onlyCount;

/**
 * Undoes the filters of a stream one after the other; one that is unknown is passed over, as readers do. Throws when
 * any of them makes more than so many bytes, and when there are more behind one whose output is not seen.
 */
export const unfilter = (bytes: Buffer, filters: readonly string[], most: number): Unfiltered => {
  const blindAt = filters.findIndex(isBlind);
  if (blindAt !== -1 && blindAt < filters.length - 1) refuse('could-not-be-read', 'pdf filters');
  const undone = filters.reduce((now, name) => FILTERS[name]?.(now, most) ?? now, bytes);
  return { bytes: undone, isWhole: blindAt === -1 };
};
