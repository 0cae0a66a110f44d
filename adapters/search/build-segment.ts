import type { SearchRecord } from '#domain/search/ports.ts';
import { byCodeUnits } from './by-code-units.ts';
import { ByteWriter } from './bytes.ts';
import type { Removal } from './identities.ts';
import { beginOf, type Field, isCounted } from './positions.ts';
import { writePosting } from './postings.ts';
import { type AssembledSegment, SegmentAssembler } from './segment-assembler.ts';
import { packText, splitText } from './text-blocks.ts';
import { readWords, type Token } from './tokenise.ts';

/** A record as of one revision. */
export interface Revised {
  readonly record: SearchRecord;
  readonly revision: number;
}

/** Indexes records, each of which occurs once, and notes removals. */
export const buildSegment = (records: readonly Revised[], removals: readonly Removal[]): AssembledSegment => {
  const assembler = new SegmentAssembler();
  const words = new WordsOfSegment();
  records.forEach(({ record, revision }, document) => {
    const { id, source, title, date, language, audience, facets } = record;
    const { blocks, count } = readText(record.text, words.taker(document, 'text'));
    const details = readWords(record.details, words.taker(document, 'details'), beginOf('details'));
    const titleEnd = readWords(title, words.taker(document, 'title'), beginOf('title'));
    assembler.addDocument({
      ...{ id, revision, title, date, audience, source, language, blocks },
      facets: { ...facets, kind: [facets.kind], unit: [facets.unit] },
      lengths: {
        text: count,
        details: details - beginOf('details'),
        title: titleEnd - beginOf('title'),
      },
    });
  });
  for (const removal of removals) assembler.addRemoval(removal);
  words.hand(assembler);
  return assembler.finish();
};

const readText = (text: string, take: (token: Token) => void) => {
  let count = 0;
  const blocks = splitText(text).map((piece) => {
    const position = count;
    count = readWords(piece, take, count);
    return { bytes: packText(piece), position };
  });
  return { blocks, count };
};

/** The postings of one word while documents are read. */
interface Gathered {
  readonly bytes: ByteWriter;
  document: number;
  positions: number[];
  documents: number;
  occurrences: number;
  last: number;
}

class WordsOfSegment {
  readonly #words = new Map<string, Gathered>();

  /** Notes the words of a field of a document. Fields come in the order of `fields`, documents in theirs. */
  taker(document: number, field: Field): (token: Token) => void {
    return ({ term, position }) => {
      if (!isCounted(position, field)) return;
      const word = this.#find(term);
      if (word.document !== document) {
        flush(word);
        word.document = document;
      }
      word.positions.push(position);
    };
  }

  hand(assembler: SegmentAssembler): void {
    for (const term of [...this.#words.keys()].sort(byCodeUnits)) {
      const word = this.#find(term);
      flush(word);
      assembler.addTerm(term, word.documents, word.occurrences, word.bytes.view());
    }
  }

  #find(term: string): Gathered {
    const found = this.#words.get(term);
    if (found) return found;
    const bytes = new ByteWriter(16);
    const fresh = { bytes, document: -1, positions: [], documents: 0, occurrences: 0, last: -1 };
    this.#words.set(term, fresh);
    return fresh;
  }
}

const flush = (word: Gathered): void => {
  if (word.positions.length === 0) return;
  writePosting(word.bytes, word.document - word.last - 1, word.positions);
  word.documents += 1;
  word.occurrences += word.positions.length;
  word.last = word.document;
  word.positions = [];
};
