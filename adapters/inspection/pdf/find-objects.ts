import { refuse } from '../refused.ts';
import { Lexer } from './lexer.ts';
import { parseValue } from './parse-value.ts';
import { refuseActiveValues } from './refuse-active-values.ts';
import { PdfDictionary, PdfReference, type PdfValue, PdfWord } from './values.ts';

/** Objects that are written into each other are read again and again; an honest file is read little more than once. */
const MOST_READ_AGAIN = 8;

interface Place {
  readonly number: number;
  readonly generation: number;
}

export interface PdfStream {
  readonly dictionary: PdfDictionary;
  /** Where its bytes begin. */
  readonly from: number;
  /** Of the object that it is; null for one without a number. */
  readonly place: Place | null;
}

/** What was found in the open. */
export interface PdfObjects {
  readonly streams: readonly PdfStream[];
  /** Everything that says how the file is encrypted, and its first id. */
  readonly encryptions: readonly PdfValue[];
  readonly id: PdfValue | undefined;
  /** What a value may be: itself, or any of the objects that it may refer to. */
  meant(value: PdfValue | undefined): readonly PdfValue[];
}

/**
 * Finds all objects of a PDF, and refuses those that act. It believes no table: whatever the table of objects says,
 * each one of which a reader can make use stands behind the word `obj`, or in a stream of objects.
 */
export const findObjects = (bytes: Buffer): PdfObjects => {
  const finder = new Finder(bytes);
  finder.find();
  return finder;
};

/** Longer than any list of filters. */
const SHORT = 16;

/** Filters, lengths and how the file is encrypted; there is too much of all else to keep it. */
const isReferredTo = (value: PdfValue): boolean => {
  if (value instanceof PdfDictionary) return value.has('O') && value.has('U');
  return !Array.isArray(value) || value.length <= SHORT;
};

class Finder implements PdfObjects {
  readonly #bytes: Buffer;
  readonly streams: PdfStream[] = [];
  readonly encryptions: PdfValue[] = [];
  id: PdfValue | undefined;
  /** Values that others may refer to, of all objects that claim a number. */
  readonly #simple = new Map<number, PdfValue[]>();
  #read = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  find(): void {
    for (const at of this.#placesOf('obj')) this.#readObject(at);
    for (const at of this.#placesOf('trailer')) this.#parse(new Lexer(this.#bytes, at));
  }

  meant(value: PdfValue | undefined): readonly PdfValue[] {
    if (value === undefined) return [];
    return value instanceof PdfReference ? (this.#simple.get(value.number) ?? []) : [value];
  }

  /** Where something begins behind a word. */
  *#placesOf(word: string): Generator<number> {
    for (let at = this.#bytes.indexOf(word); at !== -1; at = this.#bytes.indexOf(word, at + word.length))
      if (this.#bytes.toString('latin1', Math.max(0, at - 3), at) !== 'end') yield at + word.length;
  }

  #parse(lexer: Lexer): PdfValue | undefined {
    const from = lexer.at;
    const value = parseValue(lexer);
    this.#read += lexer.at - from;
    if (this.#read > this.#bytes.length * MOST_READ_AGAIN) refuse('could-not-be-read', 'pdf objects overlap');
    if (value === undefined) return value;
    refuseActiveValues(value);
    if (value instanceof PdfDictionary) this.#noteEncryption(value);
    return value;
  }

  #noteEncryption(dictionary: PdfDictionary): void {
    const encryption = dictionary.get('Encrypt');
    if (encryption === undefined || !(dictionary.has('Root') || dictionary.has('ID'))) return;
    this.encryptions.push(encryption);
    this.id ??= dictionary.get('ID');
  }

  #readObject(at: number): void {
    const lexer = new Lexer(this.#bytes, at);
    const place = this.#placeBefore(at);
    const value = this.#parse(lexer);
    this.#note(place, value);
    if (!(value instanceof PdfDictionary)) return;
    const next = lexer.next();
    if (!(next instanceof PdfWord && next.word.startsWith('stream'))) return;
    const from = lexer.at - next.word.length + 'stream'.length;
    this.streams.push({ dictionary: value, from: this.#skipLineEnd(from), place });
  }

  #skipLineEnd(at: number): number {
    const [first, second] = this.#bytes.subarray(at, at + 2);
    if (first === 13) return at + (second === 10 ? 2 : 1);
    return first === 10 ? at + 1 : at;
  }

  #placeBefore(at: number): Place | null {
    const header = /(\d{1,10})\s+(\d{1,5})\s+obj$/.exec(
      this.#bytes.toString('latin1', Math.max(0, at - 30), at),
    );
    return header ? { number: Number(header[1]), generation: Number(header[2]) } : null;
  }

  #note(place: Place | null, value: PdfValue | undefined): void {
    if (place === null || value === undefined || !isReferredTo(value)) return;
    const others = this.#simple.get(place.number);
    if (others) others.push(value);
    else this.#simple.set(place.number, [value]);
  }
}
