import { byCodeUnits } from './by-code-units.ts';
import { ByteReader, ByteWriter } from './bytes.ts';
import { digestOf, type Removal } from './identities.ts';
import type { Segment } from './segment.ts';
import { type AssembledSegment, facetNames, SegmentAssembler } from './segment-assembler.ts';
import type { TermCursor } from './term-dictionary.ts';
import { isDead } from './view.ts';

/** A segment with its texts, and which of its documents no longer hold. */
export interface Source {
  readonly segment: Segment;
  readonly texts: Uint8Array;
  readonly dead: Uint8Array;
}

/**
 * Puts segments together without those of their documents that are dead, and without removals that are older than
 * something else that is known of the record, or than `forgetBefore` (milliseconds of Unix time). Documents keep their
 * order; nothing is read anew.
 */
export const mergeSegments = (sources: readonly Source[], forgetBefore: number): AssembledSegment => {
  const assembler = new SegmentAssembler();
  const numbers = renumber(sources);
  for (const { segment, texts, dead } of sources)
    for (let document = 0; document < segment.documents; document += 1)
      if (!isDead(dead, document)) addDocument(assembler, segment, texts, document);
  for (const removal of removalsOf(sources)) if (removal.at >= forgetBefore) assembler.addRemoval(removal);
  mergeTerms(assembler, sources, numbers);
  return assembler.finish();
};

/** The number that each document of each source has in the merged segment; -1 for dead ones. */
export const renumber = (sources: readonly Pick<Source, 'segment' | 'dead'>[]): readonly Int32Array[] => {
  let next = 0;
  return sources.map(({ segment, dead }) => {
    const numbers = new Int32Array(segment.documents);
    for (let document = 0; document < numbers.length; document += 1) {
      numbers[document] = isDead(dead, document) ? -1 : next;
      if (numbers[document] !== -1) next += 1;
    }
    return numbers;
  });
};

const addDocument = (
  assembler: SegmentAssembler,
  segment: Segment,
  texts: Uint8Array,
  document: number,
): void => {
  const length = (name: 'text' | 'details' | 'title') => segment.column(`${name}Length`)[document] ?? 0;
  const facets = facetNames.map((name) => [name, segment.facetsOf(document)[name]]);
  assembler.addDocument({
    id: segment.idOf(document),
    revision: segment.identities.revisions[document] ?? 0,
    title: segment.titleOf(document),
    date: segment.dateOf(document),
    audience: segment.wordOf('audience', document),
    source: segment.wordOf('source', document),
    language: segment.wordOf('language', document),
    facets: Object.fromEntries(facets),
    lengths: { text: length('text'), details: length('details'), title: length('title') },
    blocks: segment.blocksOf(document).map(({ offset, length: size, position }) => ({
      ...{ bytes: texts.subarray(offset, offset + size), position },
    })),
  });
};

/** The latest removal of each record, unless a document in these sources is newer. */
const removalsOf = (sources: readonly Source[]): Iterable<Removal> => {
  const latest = new Map<string, Removal>();
  for (const { segment } of sources)
    for (const removal of segment.identities.removals)
      if (removal.revision > (latest.get(removal.digest)?.revision ?? -1))
        latest.set(removal.digest, removal);
  if (latest.size === 0) return [];
  for (const { segment } of sources) {
    const { ids, revisions } = segment.identities;
    ids.forEach((id, document) => {
      const digest = digestOf(id);
      if ((latest.get(digest)?.revision ?? Number.POSITIVE_INFINITY) < (revisions[document] ?? 0))
        latest.delete(digest);
    });
  }
  return latest.values();
};

interface Stream {
  readonly cursor: TermCursor;
  readonly postings: Uint8Array;
  readonly numbers: Int32Array;
  term: string | null;
}

/** Goes through the dictionaries side by side: the next word of all is that of one or several of them. */
const mergeTerms = (
  assembler: SegmentAssembler,
  sources: readonly Source[],
  numbers: readonly Int32Array[],
): void => {
  const streams = sources.map(({ segment }, index): Stream => {
    const cursor = segment.dictionary.all();
    const own = numbers[index] ?? new Int32Array(0);
    return { cursor, postings: segment.postings, numbers: own, term: cursor.next() ? cursor.term : null };
  });
  const merged = new ByteWriter(65_536);
  for (let term = leastOf(streams); term !== null; term = leastOf(streams)) {
    merged.length = 0;
    const written = { last: -1, documents: 0, occurrences: 0 };
    for (const stream of streams) {
      if (stream.term !== term) continue;
      copyPostings(stream, merged, written);
      stream.term = stream.cursor.next() ? stream.cursor.term : null;
    }
    if (written.documents > 0) assembler.addTerm(term, written.documents, written.occurrences, merged.view());
  }
};

const leastOf = (streams: readonly Stream[]): string | null => {
  let least: string | null = null;
  for (const { term } of streams)
    if (term !== null && (least === null || byCodeUnits(term, least) < 0)) least = term;
  return least;
};

/** Copies the postings of living documents, under their new numbers. */
const copyPostings = (
  { cursor, postings, numbers }: Stream,
  merged: ByteWriter,
  written: { last: number; documents: number; occurrences: number },
): void => {
  const reader = new ByteReader(postings, cursor.from, cursor.from + cursor.length);
  let document = -1;
  for (let left = cursor.documents; left > 0; left -= 1) {
    document += reader.number() + 1;
    const number = numbers[document] ?? -1;
    const words = reader.count();
    if (number >= 0) {
      merged.number(number - written.last - 1);
      merged.number(words);
      written.last = number;
      written.documents += 1;
      written.occurrences += words;
    }
    for (let word = 0; word < words; word += 1) {
      const distance = reader.number();
      if (number >= 0) merged.number(distance);
    }
  }
};
