import { MOST_BYTES_INSIDE, MOST_PICTURE_BYTES } from '../limits.ts';
import { damaged, refuse } from '../refused.ts';
import { unfilter } from './filters.ts';
import { Lexer } from './lexer.ts';
import { parseValue } from './parse-value.ts';
import { refuseActiveValues } from './refuse-active-values.ts';
import { PdfDictionary, PdfName, PdfReference, type PdfValue, PdfWord } from './values.ts';

/** Objects that are written into each other are read again and again; an honest file is read little more than once. */
const MOST_READ_AGAIN = 8;

interface Stream {
  readonly dictionary: PdfDictionary;
  readonly from: number;
}

/** What a scan found out. */
export interface Scan {
  readonly isEncrypted: boolean;
  /** False when there are objects that are encrypted as a whole. */
  readonly canBeLookedInto: boolean;
}

/**
 * Looks through a PDF for what acts by itself, and unpacks its streams once to see how large they become, before any
 * reader of PDFs sees it. It believes no table: whatever the table of objects says, each object of which a reader can
 * make use stands behind the word `obj`, or in a stream of objects, and all of these are read. Names are compared as
 * readers do, with their escapes resolved (`/J#61vaScript`).
 */
export const scanPdf = (bytes: Buffer): Scan => new Scanner(bytes).scan();

class Scanner {
  readonly #bytes: Buffer;
  readonly #streams: Stream[] = [];
  /** Values that others may refer to, of all objects that claim a number. */
  readonly #simple = new Map<number, PdfValue[]>();
  #isEncrypted = false;
  #read = 0;
  #unpacked = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  scan(): Scan {
    for (const at of this.#placesOf('obj')) this.#readObject(at);
    for (const at of this.#placesOf('trailer')) this.#look(parseValue(new Lexer(this.#bytes, at)));
    if (!this.#isEncrypted) for (const stream of this.#streams) this.#unpack(stream);
    const holdsObjects = this.#streams.some(({ dictionary }) => holdsObjectsIn(dictionary));
    return { isEncrypted: this.#isEncrypted, canBeLookedInto: !(this.#isEncrypted && holdsObjects) };
  }

  /** Where something begins behind a word. */
  *#placesOf(word: string): Generator<number> {
    for (let at = this.#bytes.indexOf(word); at !== -1; at = this.#bytes.indexOf(word, at + word.length))
      if (this.#bytes.toString('latin1', Math.max(0, at - 3), at) !== 'end') yield at + word.length;
  }

  #readObject(at: number): void {
    const lexer = new Lexer(this.#bytes, at);
    const value = parseValue(lexer);
    this.#note(this.#numberBefore(at), value);
    this.#look(value);
    const next = value instanceof PdfDictionary ? lexer.next() : undefined;
    this.#read += lexer.at - at;
    if (this.#read > this.#bytes.length * MOST_READ_AGAIN) refuse('could-not-be-read', 'pdf objects overlap');
    if (!(value instanceof PdfDictionary && next instanceof PdfWord && next.word.startsWith('stream')))
      return;
    const from = this.#bytes.indexOf('stream', lexer.at - next.word.length) + 'stream'.length;
    this.#streams.push({ dictionary: value, from: this.#skipLineEnd(from) });
  }

  #skipLineEnd(at: number): number {
    const [first, second] = this.#bytes.subarray(at, at + 2);
    if (first === 13) return at + (second === 10 ? 2 : 1);
    return first === 10 ? at + 1 : at;
  }

  #numberBefore(at: number): number | null {
    const header = /(\d{1,10})\s+\d{1,5}\s+obj$/.exec(
      this.#bytes.toString('latin1', Math.max(0, at - 30), at),
    );
    return header ? Number(header[1]) : null;
  }

  #note(number: number | null, value: PdfValue | undefined): void {
    if (number === null || value === undefined || value instanceof PdfDictionary) return;
    this.#simple.set(number, [...(this.#simple.get(number) ?? []), value]);
  }

  #look(value: PdfValue | undefined): void {
    if (value === undefined) return;
    refuseActiveValues(value);
    const isOutside =
      value instanceof PdfDictionary && value.has('Encrypt') && (value.has('Root') || value.has('ID'));
    if (isOutside) this.#isEncrypted = true;
  }

  /** What a value may be: itself, or any of the objects that it may refer to. */
  #meant(value: PdfValue | undefined): PdfValue[] {
    if (value === undefined) return [];
    return value instanceof PdfReference ? (this.#simple.get(value.number) ?? []) : [value];
  }

  /** Every list of filters that a stream may be read by. */
  #filtersOf(dictionary: PdfDictionary): string[][] {
    const written = dictionary.pairs.filter(([key]) => key === 'Filter' || key === 'F');
    const lists = written.flatMap(([, value]) => this.#meant(value)).map((value) => this.#namesIn(value));
    return lists.length === 0 ? [[]] : lists;
  }

  #namesIn(value: PdfValue): string[] {
    const values = Array.isArray(value) ? value.flatMap((each) => this.#meant(each)) : [value];
    return values.flatMap((each) => (each instanceof PdfName ? [each.name] : []));
  }

  #unpack({ dictionary, from }: Stream): void {
    const holdsObjects = holdsObjectsIn(dictionary);
    const isPicture = dictionary.has('Width') && dictionary.has('Height') && !holdsObjects;
    for (const filters of this.#filtersOf(dictionary)) {
      if (filters.length === 0 && !holdsObjects) continue;
      const most = isPicture ? MOST_PICTURE_BYTES : MOST_BYTES_INSIDE;
      const { bytes, isWhole } = unfilter(this.#packed(dictionary, from, filters), filters, most);
      if (!isPicture) this.#count(bytes.length);
      if (holdsObjects) this.#lookInside(dictionary, isWhole ? bytes : damaged('pdf object stream'));
    }
  }

  #count(unpacked: number): void {
    this.#unpacked += unpacked;
    if (this.#unpacked > MOST_BYTES_INSIDE) refuse('unpacks-too-large', 'pdf streams');
  }

  /** Deflate knows where it ends. What others would take, they take up to the end of the stream. */
  #packed(dictionary: PdfDictionary, from: number, filters: readonly string[]): Buffer {
    if (/^Fl/.test(filters[0] ?? '')) return this.#bytes.subarray(from);
    const lengths = this.#meant(dictionary.get('Length')).filter((value) => typeof value === 'number');
    const end = this.#bytes.indexOf('endstream', from);
    return this.#bytes.subarray(
      from,
      Math.max(end === -1 ? this.#bytes.length : end, from + Math.max(0, ...lengths)),
    );
  }

  /** The objects of a stream of objects, each from where the stream says that it begins. */
  #lookInside(dictionary: PdfDictionary, unpacked: Buffer): void {
    if (dictionary.has('DecodeParms') || dictionary.has('DP')) this.#refusePredictor(dictionary);
    const first = this.#numberOf(dictionary.get('First'));
    const numbers = unpacked.toString('latin1', 0, first).trim().split(/\s+/).map(Number);
    let read = 0;
    for (let index = 1; index < numbers.length; index += 2) {
      const lexer = new Lexer(unpacked, first + (numbers[index] || 0));
      const from = lexer.at;
      this.#look(parseValue(lexer));
      read += lexer.at - from;
      if (read > unpacked.length * MOST_READ_AGAIN + 1_000)
        refuse('could-not-be-read', 'pdf objects overlap');
    }
  }

  #numberOf(value: PdfValue | undefined): number {
    const [number] = this.#meant(value);
    return typeof number === 'number' && number >= 0 ? number : damaged('pdf object stream');
  }

  /** Nobody writes a stream of objects as if it were the rows of a picture, but who wants to hide it. */
  #refusePredictor(dictionary: PdfDictionary): void {
    const values = dictionary.pairs.filter(([key]) => key === 'DecodeParms' || key === 'DP');
    const isPlain = values.every(([, value]) => value instanceof PdfDictionary && isPredictorOne(value));
    if (!isPlain) refuse('could-not-be-read', 'pdf predictor');
  }
}

/** Readers take any stream for one of objects that has these two. */
const holdsObjectsIn = (dictionary: PdfDictionary): boolean => dictionary.has('First') && dictionary.has('N');

const isPredictorOne = (parameters: PdfDictionary): boolean =>
  parameters.pairs.every(([key, value]) => key !== 'Predictor' || value === 1);
