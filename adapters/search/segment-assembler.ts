import type { LocalDate } from '#domain/shared/clock.ts';
import { ByteWriter } from './bytes.ts';
import { type Removal, writeIdentities } from './identities.ts';
import { bytesOf, packSections, placeOf } from './segment-format.ts';
import { TermDictionaryWriter } from './term-dictionary.ts';

/** The numbers that are kept for each document. */
export const columns = [
  ...(['textLength', 'detailsLength', 'titleLength', 'date', 'audience', 'source', 'language'] as const),
] as const;
export type Column = (typeof columns)[number];

/** By what one can narrow down, in the order in which it is kept. */
export const facetNames = ['kind', 'areas', 'years', 'unit'] as const;
export type FacetName = (typeof facetNames)[number];

/** Of what the columns and facets hold the numbers. */
export const vocabularies = ['audience', 'source', 'language', ...facetNames] as const;
export type Vocabulary = (typeof vocabularies)[number];

export interface AssembledDocument {
  readonly id: string;
  readonly revision: number;
  readonly title: string;
  readonly date: LocalDate;
  readonly audience: string;
  readonly source: string;
  readonly language: string;
  readonly facets: Readonly<Record<FacetName, readonly string[]>>;
  /** How many words each field has. */
  readonly lengths: { readonly text: number; readonly details: number; readonly title: number };
  /** Its text in packed pieces, each with the number of its first word. */
  readonly blocks: readonly { readonly bytes: Uint8Array; readonly position: number }[];
}

/** Two objects to be stored: the index itself, and the texts from which snippets are cut. */
export interface AssembledSegment {
  readonly index: Uint8Array<ArrayBuffer>;
  readonly texts: Uint8Array;
  readonly documents: number;
  readonly removals: number;
  /** Where in the index the ids and revisions lie. */
  readonly identities: { readonly from: number; readonly length: number };
}

/** `2012-04-18` as 20120418; what is no day, as the oldest of all. */
const numberOfDate = (date: LocalDate): number =>
  /^\d{4}-\d\d-\d\d$/.test(date) ? Number(date.replaceAll('-', '')) : 0;

/** `20120418` as 2012-04-18. */
export const dateOfNumber = (date: number): LocalDate =>
  String(date)
    .padStart(8, '0')
    .replace(/^(....)(..)(..)$/, '$1-$2-$3');

/** Puts a segment together: first all documents, then all words in the order of their code units. */
export class SegmentAssembler {
  readonly #ids: string[] = [];
  readonly #revisions: number[] = [];
  readonly #removals: Removal[] = [];
  readonly #numbers = new Map(vocabularies.map((name) => [name, new Map<string, number>()]));
  readonly #columns: Record<Column, number[]>;
  readonly #facetStarts: Record<FacetName, number[]>;
  readonly #facetValues: number[] = [];
  readonly #facets: AssembledDocument['facets'][] = [];
  readonly #titles = new ByteWriter();
  readonly #titleStarts: number[] = [0];
  readonly #blockStarts: number[] = [0];
  readonly #blocks: number[] = [];
  readonly #texts = new ByteWriter(65_536);
  readonly #terms = new TermDictionaryWriter();
  readonly #postings = new ByteWriter(65_536);

  constructor() {
    this.#columns = Object.fromEntries(columns.map((name) => [name, [] as number[]])) as never;
    this.#facetStarts = Object.fromEntries(facetNames.map((name) => [name, [] as number[]])) as never;
  }

  addDocument(document: AssembledDocument): void {
    const { id, revision, title, date, lengths, blocks } = document;
    this.#ids.push(id);
    this.#revisions.push(revision);
    this.#titles.raw(Buffer.from(title));
    this.#titleStarts.push(this.#titles.length);
    const column = this.#columns;
    column.textLength.push(lengths.text);
    column.detailsLength.push(lengths.details);
    column.titleLength.push(lengths.title);
    column.date.push(numberOfDate(date));
    for (const name of ['audience', 'source', 'language'] as const)
      column[name].push(this.#numberOf(name, document[name]));
    this.#facets.push(document.facets);
    for (const { bytes, position } of blocks) {
      this.#blocks.push(this.#texts.length, bytes.length, position);
      this.#texts.raw(bytes);
    }
    this.#blockStarts.push(this.#blocks.length / 3);
  }

  addRemoval(removal: Removal): void {
    this.#removals.push(removal);
  }

  /** `postings` as `writePosting` writes them, one document after the other. */
  addTerm(term: string, documents: number, occurrences: number, postings: Uint8Array): void {
    this.#terms.add(term, { documents, occurrences, length: postings.length });
    this.#postings.raw(postings);
  }

  finish(): AssembledSegment {
    this.#layOutFacets();
    const { words, places } = this.#terms.finish();
    const pack = (numbers: readonly number[]) => bytesOf(Uint32Array.from(numbers));
    const index = packSections({
      identities: writeIdentities({ ids: this.#ids, revisions: this.#revisions, removals: this.#removals }),
      vocabulary: Buffer.from(this.#describeVocabulary()),
      columns: pack(columns.flatMap((name) => this.#columns[name])),
      facetStarts: pack(facetNames.flatMap((name) => this.#facetStarts[name])),
      facetValues: pack(this.#facetValues),
      titleStarts: pack(this.#titleStarts),
      titles: this.#titles.view(),
      blockStarts: pack(this.#blockStarts),
      blocks: pack(this.#blocks),
      words,
      places: bytesOf(places),
      postings: this.#postings.view(),
    });
    return {
      ...{ index, texts: this.#texts.view(), documents: this.#ids.length, removals: this.#removals.length },
      identities: placeOf(index, 'identities'),
    };
  }

  /** Facet after facet, document after document. */
  #layOutFacets(): void {
    for (const name of facetNames) {
      const starts = this.#facetStarts[name];
      for (const facets of this.#facets) {
        starts.push(this.#facetValues.length);
        for (const value of new Set(facets[name])) this.#facetValues.push(this.#numberOf(name, value));
      }
      starts.push(this.#facetValues.length);
    }
  }

  #numberOf(vocabulary: Vocabulary, word: string): number {
    const numbers = this.#numbers.get(vocabulary);
    if (!numbers) throw new RangeError(`There is no vocabulary of ${vocabulary}`);
    const number = numbers.get(word) ?? numbers.size;
    numbers.set(word, number);
    return number;
  }

  #describeVocabulary(): string {
    const words = [...this.#numbers].map(([name, numbers]) => [name, [...numbers.keys()]]);
    return JSON.stringify({ documents: this.#ids.length, ...Object.fromEntries(words) });
  }
}
