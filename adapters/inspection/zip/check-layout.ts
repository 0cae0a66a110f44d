import { damaged, refuse } from '../refused.ts';
import { flag, type ZipEntry } from './entry.ts';

const HEADER = 0x04034b50;
const HEADER_BYTES = 30;

/** Sizes of a header that stand in an extra field (Zip64), as programs write them that do not know them yet. */
const ELSEWHERE = 0xffffffff;

/**
 * Makes sure that entries follow each other from the first byte to the directory without a gap and without sharing a
 * byte, and that what each says of itself is what the directory says of it. Two readers then cannot see two files,
 * and nothing can be unpacked twice (https://www.bamsoftware.com/hacks/zipbomb/). Gives where each one's bytes are.
 */
export const checkLayout = (
  bytes: Buffer,
  entries: readonly ZipEntry[],
  end: number,
): ReadonlyMap<ZipEntry, Buffer> => {
  const contents = new Map<ZipEntry, Buffer>();
  let at = 0;
  for (const entry of [...entries].sort((one, other) => one.headerAt - other.headerAt)) {
    if (entry.headerAt !== at)
      refuse('ambiguous', entry.headerAt < at ? 'entries overlap' : 'between entries');
    const from = checkHeader(bytes, entry, end);
    if (from + entry.packed > end) refuse('ambiguous', 'entries overlap');
    contents.set(entry, bytes.subarray(from, from + entry.packed));
    at = from + entry.packed;
    at += descriptorBytes(bytes.subarray(at, end), entry);
  }
  if (at !== end) refuse('ambiguous', 'between entries');
  return contents;
};

/** Compares an entry's own header with the directory, and says where its bytes begin. */
const checkHeader = (bytes: Buffer, entry: ZipEntry, end: number): number => {
  const at = entry.headerAt;
  if (at + HEADER_BYTES > end || bytes.readUInt32LE(at) !== HEADER) return damaged('entry header');
  const nameLength = bytes.readUInt16LE(at + 26);
  const nameAt = at + HEADER_BYTES;
  const isSame =
    bytes.readUInt16LE(at + 6) === entry.flags &&
    bytes.readUInt16LE(at + 8) === entry.method &&
    bytes.subarray(nameAt, nameAt + nameLength).equals(entry.rawName) &&
    areSameNumbers(bytes, entry);
  return isSame
    ? nameAt + nameLength + bytes.readUInt16LE(at + 28)
    : refuse('ambiguous', 'entry header and directory');
};

const areSameNumbers = (bytes: Buffer, entry: ZipEntry): boolean => {
  const areBehind = (entry.flags & flag.sizesBehind) !== 0;
  const pairs: [number, number][] = [
    [14, entry.crc32],
    [18, entry.packed],
    [22, entry.unpacked],
  ];
  return pairs.every(([of, wanted]) => {
    const told = bytes.readUInt32LE(entry.headerAt + of);
    return told === wanted || (areBehind && (told === 0 || told === ELSEWHERE));
  });
};

/** How long the sizes are that may stand behind an entry's bytes: with a mark or without, of 4 bytes or of 8. */
const descriptorBytes = (rest: Buffer, entry: ZipEntry): number => {
  if ((entry.flags & flag.sizesBehind) === 0) return 0;
  const written = [4, 8].map((width) => {
    const numbers = Buffer.alloc(4 + 2 * width);
    numbers.writeUInt32LE(entry.crc32, 0);
    numbers.writeUInt32LE(entry.packed, 4);
    numbers.writeUInt32LE(entry.unpacked, 4 + width);
    return numbers;
  });
  const marked = written.map((numbers) => Buffer.concat([Buffer.from('PK\u0007\u0008'), numbers]));
  const found = [...marked, ...written].find((numbers) => rest.subarray(0, numbers.length).equals(numbers));
  return found?.length ?? 0;
};
