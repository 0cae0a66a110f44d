import { crc32, inflateSync } from 'node:zlib';

interface Chunk {
  readonly type: string;
  readonly content: Buffer;
}

const readChunks = (png: Buffer): readonly Chunk[] => {
  const chunks: Chunk[] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const body = png.subarray(at + 4, at + 8 + length);
    if (crc32(body) !== png.readUInt32BE(at + 8 + length)) throw new Error('A checksum is wrong');
    chunks.push({ type: body.toString('latin1', 0, 4), content: body.subarray(4) });
    at += 12 + length;
  }
  return chunks;
};

/** The pixels of a PNG file of ours, read as the standard says and not as it was written here. */
export const decodePng = (file: Uint8Array) => {
  const png = Buffer.from(file);
  const chunks = readChunks(png);
  const header = chunks[0]?.content ?? Buffer.alloc(13);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const rows = inflateSync(
    Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map((each) => each.content)),
  );
  const stride = width * 4 + 1;
  return {
    ...{ width, height },
    signature: png.subarray(0, 8).toString('hex'),
    types: chunks.map(({ type }) => type),
    format: [...header.subarray(8)],
    filters: new Set(Array.from({ length: height }, (_, row) => rows[row * stride])),
    bytes: rows.length,
    at: (x: number, y: number) => [...rows.subarray(y * stride + 1 + x * 4, y * stride + 5 + x * 4)],
  };
};
