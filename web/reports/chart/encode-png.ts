import { crc32, deflateSync } from 'node:zlib';
import type { Bitmap } from './bitmap.ts';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

const BYTES_PER_PIXEL = 4;
const BITS = 8;
/** Red, green, blue and opacity. */
const RGBA = 6;
/** No filter: the rows of a chart are alike, which deflate finds by itself. */
const UNFILTERED = 0;

/** A chunk: length, type, content, and a checksum over type and content (PNG, third edition, 5.3). */
const chunk = (type: string, content: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
};

const headerOf = ({ width, height }: Bitmap): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([BITS, RGBA, 0, 0, 0], 8);
  return header;
};

const rowsOf = ({ data, width, height }: Bitmap): Buffer => {
  const length = width * BYTES_PER_PIXEL;
  const rows = Buffer.alloc(height * (length + 1));
  for (let row = 0; row < height; row += 1) {
    rows[row * (length + 1)] = UNFILTERED;
    rows.set(data.subarray(row * length, (row + 1) * length), row * (length + 1) + 1);
  }
  return rows;
};

/** A picture as a PNG file (W3C, Portable Network Graphics). */
export const encodePng = (bitmap: Bitmap): Uint8Array =>
  Buffer.concat([
    SIGNATURE,
    chunk('IHDR', headerOf(bitmap)),
    chunk('IDAT', deflateSync(rowsOf(bitmap))),
    chunk('IEND', new Uint8Array()),
  ]);
