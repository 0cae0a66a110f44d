import { crc32, inflateSync } from 'node:zlib';
import { MOST_PROFILE_BYTES } from '../limits.ts';
import { damaged, refuse } from '../refused.ts';
import { checkSize } from './check-size.ts';

const SIGNATURE_BYTES = 8;

/** Texts and colour profiles, which are packed by themselves: behind a keyword, a NUL and how they are packed. */
const PACKED = new Set(['zTXt', 'iCCP']);

const checkPacked = (data: Buffer): void => {
  try {
    inflateSync(data.subarray(data.indexOf(0) + 2), { maxOutputLength: MOST_PROFILE_BYTES });
  } catch (fault) {
    const isTooLarge = (fault as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    if (isTooLarge) refuse('unpacks-too-large', 'png text');
    damaged('png text');
  }
};

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
  readonly end: number;
}

const readChunk = (bytes: Buffer, at: number): Chunk => {
  if (at + 12 > bytes.length) return damaged('png cut short');
  const dataEnd = at + 8 + bytes.readUInt32BE(at);
  if (dataEnd + 4 > bytes.length) return damaged('png cut short');
  const named = bytes.subarray(at + 4, dataEnd);
  const type = named.toString('latin1', 0, 4);
  if (!/^[A-Za-z]{4}$/.test(type) || crc32(named) !== bytes.readUInt32BE(dataEnd)) damaged('png chunk');
  return { type, data: named.subarray(4), end: dataEnd + 4 };
};

/** The chunks up to the last, and where that ends. */
function* chunksOf(bytes: Buffer): Generator<Chunk> {
  for (let at = SIGNATURE_BYTES; ; ) {
    const chunk = readChunk(bytes, at);
    yield chunk;
    if (chunk.type === 'IEND') return;
    at = chunk.end;
  }
}

const checkHeader = ({ type, data }: Chunk): void => {
  if (type !== 'IHDR' || data.length !== 13) damaged('png header');
  checkSize(data.readUInt32BE(0), data.readUInt32BE(4));
};

/** Walks the chunks of a PNG from the first to the last byte of the file (https://www.w3.org/TR/png-3/, 5.3). */
export const checkPng = (bytes: Buffer): void => {
  let [hasPixels, end] = [false, 0];
  for (const chunk of chunksOf(bytes)) {
    if (end === 0) checkHeader(chunk);
    if (PACKED.has(chunk.type)) checkPacked(chunk.data);
    if (chunk.type === 'IDAT') hasPixels = true;
    end = chunk.end;
  }
  if (!hasPixels) damaged('png without pixels');
  if (end !== bytes.length) refuse('ambiguous', 'behind the picture');
};
