import { ByteReader, type ByteWriter, SegmentDamaged } from './bytes.ts';
import type { TermEntry } from './term-dictionary.ts';

/** In which documents of a segment something is found, in their order, and at which words of them. */
export interface Matches {
  readonly documents: Int32Array;
  /** The positions of the document at index i are from `starts[i]` to before `starts[i + 1]`; rising. */
  readonly starts: Int32Array;
  readonly positions: Int32Array;
}

export const NO_MATCHES: Matches = {
  documents: new Int32Array(0),
  starts: new Int32Array(1),
  positions: new Int32Array(0),
};

/** Writes one document of a word's postings: its distance to the one before it, and its positions by their distances. */
export const writePosting = (
  bytes: ByteWriter,
  distance: number,
  positions: ArrayLike<number>,
  from = 0,
  to = positions.length,
): void => {
  bytes.number(distance);
  bytes.number(to - from);
  let before = 0;
  for (let at = from; at < to; at += 1) {
    const position = positions[at] ?? 0;
    bytes.number(position - before);
    before = position;
  }
};

/** Reads the postings of a word, leaving out documents for which `accepts` is 0. */
export const readPostings = (postings: Uint8Array, entry: TermEntry, accepts: Uint8Array): Matches => {
  const { documents: count, occurrences, from, length } = entry;
  const reader = new ByteReader(postings, from, from + length);
  if (count > length || occurrences > length)
    throw new SegmentDamaged('A word of the segment promises more occurrences than it has');
  const documents = new Int32Array(count);
  const starts = new Int32Array(count + 1);
  const positions = new Int32Array(occurrences);
  let kept = 0;
  let filled = 0;
  let document = -1;
  for (let read = 0; read < count; read += 1) {
    document += reader.number() + 1;
    if (document >= accepts.length)
      throw new SegmentDamaged('A word of the segment is in a document that is not');
    const isKept = accepts[document] !== 0;
    const words = reader.count();
    if (isKept && filled + words > occurrences)
      throw new SegmentDamaged('A word of the segment has more occurrences than it promises');
    let position = 0;
    for (let word = 0; word < words; word += 1) {
      position += reader.number();
      if (isKept) positions[filled++] = position;
    }
    if (!isKept) continue;
    documents[kept] = document;
    kept += 1;
    starts[kept] = filled;
  }
  return {
    documents: documents.subarray(0, kept),
    starts: starts.subarray(0, kept + 1),
    positions: positions.subarray(0, filled),
  };
};
