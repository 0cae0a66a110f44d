import { crc32, deflateSync } from 'node:zlib';

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

/** A chunk of a PNG with its checksum. */
export const pngChunk = (type: string, data: Uint8Array): Buffer => {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  return Buffer.concat([u32(data.length), named, u32(crc32(named))]);
};

const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

export interface PngMade {
  readonly width?: number;
  readonly height?: number;
  /** Other dimensions than there are pixels. */
  readonly claims?: { readonly width: number; readonly height: number };
  /** Between the header and the pixels. */
  readonly chunks?: readonly Buffer[];
}

/** A grey picture. */
export const makePng = ({ width = 2, height = 2, claims, chunks = [] }: PngMade = {}): Buffer => {
  const header = Buffer.concat([
    u32(claims?.width ?? width),
    u32(claims?.height ?? height),
    // Eight bits of grey, packed and filtered in the only way there is, not interlaced.
    Buffer.from([8, 0, 0, 0, 0]),
  ]);
  const rows = Buffer.alloc(height * (width + 1), 0x80);
  for (let row = 0; row < height; row += 1) rows[row * (width + 1)] = 0;
  return Buffer.concat([
    PNG_SIGNATURE,
    pngChunk('IHDR', header),
    ...chunks,
    pngChunk('IDAT', deflateSync(rows)),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
};

/** A segment of a JPEG. */
export const jpgSegment = (mark: number, data: Uint8Array): Buffer => {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(data.length + 2);
  return Buffer.concat([Buffer.from([0xff, mark]), length, data]);
};

export interface JpgMade {
  readonly width?: number;
  readonly height?: number;
  readonly segments?: readonly Buffer[];
}

/** A table of one code: a single 0 bit stands for the value 0. */
const oneCode = (id: number): Buffer => jpgSegment(0xc4, Buffer.from([id, 1, ...Array(15).fill(0), 0]));

/** A grey picture of 8 x 8 pixels, whatever it says of its size. */
export const makeJpg = ({ width = 8, height = 8, segments = [] }: JpgMade = {}): Buffer => {
  const size = Buffer.alloc(4);
  size.writeUInt16BE(height, 0);
  size.writeUInt16BE(width, 2);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    jpgSegment(0xe0, Buffer.from('4a46494600010100000100010000', 'hex')),
    ...segments,
    jpgSegment(0xdb, Buffer.from([0, ...Array(64).fill(1)])),
    jpgSegment(0xc0, Buffer.concat([Buffer.from([8]), size, Buffer.from([1, 1, 0x11, 0])])),
    oneCode(0x00),
    oneCode(0x10),
    jpgSegment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    // A difference of 0, the end of the block, and ones up to the end of the byte.
    Buffer.from([0x3f, 0xff, 0xd9]),
  ]);
};
