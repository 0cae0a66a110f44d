import type { LocalDate } from '#domain/shared/clock.ts';
import { SegmentDamaged } from './bytes.ts';
import { type Identities, readIdentities } from './identities.ts';
import {
  type Column,
  columns,
  dateOfNumber,
  type FacetName,
  facetNames,
  type Vocabulary,
  vocabularies,
} from './segment-assembler.ts';
import { numbersOf, type SectionBytes, unpackSections } from './segment-format.ts';
import { TermDictionary } from './term-dictionary.ts';
import type { TextBlock } from './text-blocks.ts';

/** The values of one facet: those of document i are from `starts[i]` to before `starts[i + 1]`. */
export interface FacetColumn {
  readonly starts: Uint32Array;
  readonly values: Uint32Array;
  readonly names: readonly string[];
}

const NUMBERS_OF_A_BLOCK = 3;

/** A segment that was loaded: read where its bytes lie. Throws `SegmentDamaged` where they are none. */
export class Segment {
  readonly documents: number;
  readonly dictionary: TermDictionary;
  readonly postings: Uint8Array;
  readonly bytes: number;
  readonly #sections: SectionBytes;
  readonly #vocabulary: Readonly<Record<Vocabulary, readonly string[]>>;
  readonly #columns: ReadonlyMap<Column, Uint32Array>;
  readonly #titleStarts: Uint32Array;
  readonly #blockStarts: Uint32Array;
  readonly #facets: ReadonlyMap<FacetName, FacetColumn>;
  #identities: Identities | null = null;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes.length;
    const found = unpackSections(bytes);
    const { documents, ...vocabulary } = readVocabulary(found.vocabulary);
    this.#sections = found;
    this.documents = documents;
    this.#vocabulary = vocabulary;
    this.#columns = readColumns(found, documents);
    this.#titleStarts = numbersOf(found.titleStarts, documents + 1);
    this.#blockStarts = numbersOf(found.blockStarts, documents + 1);
    this.#facets = readFacets(found, documents, vocabulary);
    this.dictionary = new TermDictionary(found.words, numbersOf(found.places));
    this.postings = found.postings;
  }

  column(name: Column): Uint32Array {
    const column = this.#columns.get(name);
    if (!column) throw new RangeError(`There is no column ${name}`);
    return column;
  }

  vocabulary(name: Vocabulary): readonly string[] {
    return this.#vocabulary[name];
  }

  facet(name: FacetName): FacetColumn {
    const facet = this.#facets.get(name);
    if (!facet) throw new RangeError(`There is no facet ${name}`);
    return facet;
  }

  facetsOf(document: number): Record<FacetName, readonly string[]> {
    const values = facetNames.map((name) => {
      const { starts, values, names } = this.facet(name);
      const own = [...values.subarray(starts[document], starts[document + 1])];
      return [name, own.map((value) => names[value] ?? '')];
    });
    return Object.fromEntries(values);
  }

  get identities(): Identities {
    this.#identities ??= readIdentities(this.#sections.identities);
    if (this.#identities.ids.length !== this.documents)
      throw new SegmentDamaged('The segment has not as many ids as documents');
    return this.#identities;
  }

  idOf(document: number): string {
    return this.identities.ids[document] ?? '';
  }

  titleOf(document: number): string {
    const bytes = this.#sections.titles.subarray(
      this.#titleStarts[document],
      this.#titleStarts[document + 1],
    );
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
  }

  dateOf(document: number): LocalDate {
    return dateOfNumber(this.column('date')[document] ?? 0);
  }

  /** The word for which a column has the number. */
  wordOf(name: 'audience' | 'source' | 'language', document: number): string {
    return this.#vocabulary[name][this.column(name)[document] ?? 0] ?? '';
  }

  /** Where the text of a document lies in the object of texts, piece after piece. */
  blocksOf(document: number): TextBlock[] {
    const first = this.#blockStarts[document] ?? 0;
    const end = this.#blockStarts[document + 1] ?? 0;
    const numbers = numbersOf(this.#sections.blocks).subarray(
      first * NUMBERS_OF_A_BLOCK,
      end * NUMBERS_OF_A_BLOCK,
    );
    return Array.from({ length: numbers.length / NUMBERS_OF_A_BLOCK }, (_, index) => {
      const [offset = 0, length = 0, position = 0] = numbers.subarray(index * NUMBERS_OF_A_BLOCK);
      return { offset, length, position, isFirst: index === 0, isLast: first + index === end - 1 };
    });
  }
}

type ReadVocabulary = Readonly<Record<Vocabulary, readonly string[]>> & { readonly documents: number };

const readVocabulary = (bytes: Uint8Array): ReadVocabulary => {
  try {
    const read = JSON.parse(Buffer.from(bytes).toString('utf8')) as ReadVocabulary;
    const isWhole = Number.isSafeInteger(read.documents) && read.documents >= 0;
    if (isWhole && vocabularies.every((name) => Array.isArray(read[name]))) return read;
  } catch {
    // Said below.
  }
  throw new SegmentDamaged('The words of the segment cannot be read');
};

const readColumns = (found: SectionBytes, documents: number): ReadonlyMap<Column, Uint32Array> => {
  const numbers = numbersOf(found.columns, documents * columns.length);
  return new Map(
    columns.map((name, index) => [name, numbers.subarray(index * documents, (index + 1) * documents)]),
  );
};

const readFacets = (
  found: SectionBytes,
  documents: number,
  vocabulary: Readonly<Record<Vocabulary, readonly string[]>>,
): ReadonlyMap<FacetName, FacetColumn> => {
  const starts = numbersOf(found.facetStarts, (documents + 1) * facetNames.length);
  const values = numbersOf(found.facetValues);
  return new Map(
    facetNames.map((name, index) => {
      const at = index * (documents + 1);
      return [name, { starts: starts.subarray(at, at + documents + 1), values, names: vocabulary[name] }];
    }),
  );
};
