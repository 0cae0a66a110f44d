import { crc32 } from 'node:zlib';
import { SegmentDamaged } from './bytes.ts';

/**
 * The parts of a segment, in the order in which they lie in it. Numbers of fixed width are 32 bits, little-endian, and
 * begin at a multiple of four, so that they are read where they lie.
 */
export const sections = [
  /** Ids and revisions of documents, and what was removed; read by itself by writers (see `identities.ts`). */
  'identities',
  /** JSON: the words that columns and facets have numbers for. */
  'vocabulary',
  /** For each of `columns`, a number for each document. */
  'columns',
  /** For each facet, where the values of each document begin, and of the last one end. */
  'facetStarts',
  'facetValues',
  'titleStarts',
  /** UTF-8. */
  'titles',
  /** Where the blocks of the text of each document begin among all blocks. */
  'blockStarts',
  /** Of each block: offset and length in the object of texts, and the number of its first word. */
  'blocks',
  'words',
  'places',
  'postings',
] as const;
export type Section = (typeof sections)[number];

export type SectionBytes = Record<Section, Uint8Array>;

/** `FmS1`; a segment of another format has another. */
const MAGIC = 0x3153_6d46;
/** Magic number, length of all, CRC-32 of all that follows; then offset and length of each section. */
const HEADER = 3;
const HEADER_BYTES = (HEADER + sections.length * 2) * 4;
const WIDTH = 4;

const aligned = (offset: number): number => Math.ceil(offset / WIDTH) * WIDTH;

export const bytesOf = (numbers: Uint32Array): Uint8Array =>
  new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);

/** Puts sections together, with a checksum over all of them. */
export const packSections = (bytes: SectionBytes): Uint8Array<ArrayBuffer> => {
  let offset = HEADER_BYTES;
  const places = sections.map((name) => {
    const place = { name, offset };
    offset = aligned(offset + bytes[name].length);
    return place;
  });
  const packed = new Uint8Array(offset);
  const header = new Uint32Array(packed.buffer, 0, HEADER_BYTES / WIDTH);
  places.forEach(({ name, offset }, index) => {
    packed.set(bytes[name], offset);
    header.set([offset, bytes[name].length], HEADER + index * 2);
  });
  header.set([MAGIC, packed.length]);
  header[2] = crc32(packed.subarray(HEADER * WIDTH));
  return packed;
};

/** Where a section lies in a packed segment. */
export const placeOf = (packed: Uint8Array<ArrayBuffer>, name: Section): { from: number; length: number } => {
  const header = new Uint32Array(packed.buffer, packed.byteOffset, HEADER_BYTES / WIDTH);
  const at = HEADER + sections.indexOf(name) * 2;
  return { from: header[at] ?? 0, length: header[at + 1] ?? 0 };
};

/** Takes a segment apart without copying it. What is no segment, or not as it was written, is `SegmentDamaged`. */
export const unpackSections = (bytes: Uint8Array): SectionBytes => {
  if (bytes.length < HEADER_BYTES) throw new SegmentDamaged('The segment is shorter than its header');
  const packed = bytes.byteOffset % WIDTH === 0 ? bytes : Uint8Array.from(bytes);
  const header = new Uint32Array(packed.buffer, packed.byteOffset, HEADER_BYTES / WIDTH);
  const [magic, length, checksum] = header;
  if (magic !== MAGIC) throw new SegmentDamaged('These bytes are no segment of this format');
  if (length !== packed.length) throw new SegmentDamaged('The segment is not as long as it says');
  if (checksum !== crc32(packed.subarray(HEADER * WIDTH)))
    throw new SegmentDamaged('The segment is not as it was written');
  const found = sections.map((name, index): [Section, Uint8Array] => {
    const [from = 0, size = 0] = header.subarray(HEADER + index * 2);
    if (from % WIDTH !== 0 || from < HEADER_BYTES || from + size > packed.length)
      throw new SegmentDamaged(`The section ${name} lies outside of the segment`);
    return [name, packed.subarray(from, from + size)];
  });
  return Object.fromEntries(found) as SectionBytes;
};

/** The numbers of a section; `count`, where it is given, is how many there must be. */
export const numbersOf = (bytes: Uint8Array, count?: number): Uint32Array => {
  const found = bytes.length / WIDTH;
  if (!Number.isInteger(found) || (count !== undefined && found !== count))
    throw new SegmentDamaged('A section of the segment has another size than it should have');
  return new Uint32Array(bytes.buffer, bytes.byteOffset, found);
};
