import { ByteReader, ByteWriter, SegmentDamaged } from './bytes.ts';
import { MOST_CHARACTERS_OF_A_WORD } from './fold.ts';

/** How many words stand between two of which the place is known. */
const BLOCK = 16;

/** Where the postings of a word are, and how many documents and occurrences they tell of. */
export interface TermEntry {
  readonly documents: number;
  readonly occurrences: number;
  readonly from: number;
  readonly length: number;
}

/**
 * Writes words, in the order of their code units, each as what differs from the one before it. Every sixteenth is
 * written in full, and its place is kept, so that a word is found by halving.
 */
export class TermDictionaryWriter {
  readonly #bytes = new ByteWriter(4096);
  readonly #places: number[] = [];
  #previous = '';
  #count = 0;
  #postings = 0;

  add(term: string, { documents, occurrences, length }: Omit<TermEntry, 'from'>): void {
    const isFirst = this.#count % BLOCK === 0;
    if (isFirst) this.#places.push(this.#bytes.length, this.#postings);
    const shared = isFirst ? 0 : sharedOf(this.#previous, term);
    this.#bytes.number(shared);
    this.#bytes.number(term.length - shared);
    for (let at = shared; at < term.length; at += 1) this.#bytes.number(term.charCodeAt(at));
    this.#bytes.number(documents);
    this.#bytes.number(occurrences);
    this.#bytes.number(length);
    this.#previous = term;
    this.#postings += length;
    this.#count += 1;
  }

  finish(): { words: Uint8Array; places: Uint32Array } {
    return { words: this.#bytes.view(), places: Uint32Array.from(this.#places) };
  }
}

const sharedOf = (one: string, other: string): number => {
  const most = Math.min(one.length, other.length);
  let at = 0;
  while (at < most && one.charCodeAt(at) === other.charCodeAt(at)) at += 1;
  return at;
};

/** Goes from word to word. What it shows is good until it moves. */
export class TermCursor implements TermEntry {
  readonly units = new Uint16Array(MOST_CHARACTERS_OF_A_WORD);
  /** Characters of the word, of which the first `shared` are those of the word before it. */
  size = 0;
  shared = 0;
  documents = 0;
  occurrences = 0;
  from = 0;
  length = 0;
  readonly #reader: ByteReader;

  constructor(words: Uint8Array, at: number, postings: number) {
    this.#reader = new ByteReader(words, at);
    this.from = postings;
  }

  next(): boolean {
    const reader = this.#reader;
    if (reader.remaining === 0) return false;
    this.from += this.length;
    const shared = reader.number();
    const added = reader.number();
    if (shared > this.size || shared + added > MOST_CHARACTERS_OF_A_WORD)
      throw new SegmentDamaged('A word of the segment is longer than words are');
    for (let at = shared; at < shared + added; at += 1) this.units[at] = reader.number();
    this.shared = shared;
    this.size = shared + added;
    this.documents = reader.number();
    this.occurrences = reader.number();
    this.length = reader.number();
    return true;
  }

  get term(): string {
    return String.fromCharCode(...this.units.subarray(0, this.size));
  }

  get entry(): TermEntry {
    const { documents, occurrences, from, length } = this;
    return { documents, occurrences, from, length };
  }

  /** Below zero when the word comes before this one, zero when it is this one or begins with it and `asPrefix`. */
  compare(term: string, asPrefix = false): number {
    const most = Math.min(this.size, term.length);
    for (let at = 0; at < most; at += 1) {
      const difference = (this.units[at] ?? 0) - term.charCodeAt(at);
      if (difference !== 0) return difference;
    }
    return asPrefix && this.size > term.length ? 0 : this.size - term.length;
  }
}

/** The words of a segment, read where they lie: nothing is unpacked when it is opened. */
export class TermDictionary {
  readonly #words: Uint8Array;
  readonly #places: Uint32Array;

  constructor(words: Uint8Array, places: Uint32Array) {
    this.#words = words;
    this.#places = places;
  }

  find(term: string): TermEntry | null {
    for (const cursor of this.from(term, false)) return cursor.entry;
    return null;
  }

  /** The words that begin so, in order; the same cursor each time. */
  *from(beginning: string, asPrefix = true): Generator<TermCursor, void, undefined> {
    const cursor = this.#cursorBefore(beginning);
    while (cursor.next()) {
      const order = cursor.compare(beginning, asPrefix);
      if (order > 0) return;
      if (order === 0) yield cursor;
    }
  }

  all(): TermCursor {
    return this.#cursorAt(0);
  }

  /** A cursor in front of the last block that begins before the word. */
  #cursorBefore(term: string): TermCursor {
    let low = 0;
    let high = this.#places.length / 2 - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      const cursor = this.#cursorAt(middle);
      if (cursor.next() && cursor.compare(term) <= 0) low = middle;
      else high = middle - 1;
    }
    return this.#cursorAt(low);
  }

  #cursorAt(block: number): TermCursor {
    const at = this.#places[block * 2] ?? this.#words.length;
    return new TermCursor(this.#words, at, this.#places[block * 2 + 1] ?? 0);
  }
}
