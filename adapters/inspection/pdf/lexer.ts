import { refuse } from '../refused.ts';
import { PdfName, PdfString, PdfWord } from './values.ts';

/** Where a dictionary or an array begins or ends. */
export type Mark = '<<' | '>>' | '[' | ']';
export type Token = Mark | number | PdfName | PdfString | PdfWord;

const WHITE = new Set([0, 9, 10, 12, 13, 32]);
const DELIMITERS = new Set([...'()<>[]{}/%'].map((character) => character.charCodeAt(0)));

const isRegular = (byte: number): boolean => !WHITE.has(byte) && !DELIMITERS.has(byte);

const code = (character: string): number => character.charCodeAt(0);
const [SLASH, PERCENT, OPEN, CLOSE, LESS, GREATER, BACKSLASH, LF, CR] = [
  ...['/', '%', '(', ')', '<', '>', '\\', '\n', '\r'],
].map(code) as [number, number, number, number, number, number, number, number, number];

const ESCAPES: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12 };

/**
 * Of one object: the largest that programs write, the names of the places in a long book, have 100,000. One that fills
 * the heap by itself would end the whole process, since V8 bears no array that it cannot let grow.
 */
const MOST_TOKENS = 2_000_000;

/** Of one string: signatures and pictures in lines have some hundred thousand. */
const MOST_STRING_BYTES = 4_000_000;

/** Cuts a stretch of a PDF into tokens (ISO 32000-2, 7.2). */
export class Lexer {
  readonly #bytes: Buffer;
  #tokens = 0;
  at: number;

  constructor(bytes: Buffer, at = 0) {
    this.#bytes = bytes;
    this.at = at;
  }

  /** The next token; undefined at the end. */
  next(): Token | undefined {
    this.#tokens += 1;
    if (this.#tokens > MOST_TOKENS) refuse('too-much-inside', 'pdf values');
    this.#skipBlanks();
    const byte = this.#bytes[this.at];
    if (byte === undefined) return undefined;
    if (byte === SLASH) return this.#readName();
    if (byte === OPEN) return this.#readString();
    if (byte === LESS || byte === GREATER) return this.#readAngle(byte);
    if (!isRegular(byte)) return this.#readDelimiter(byte);
    return this.#readWord();
  }

  #skipBlanks(): void {
    for (;;) {
      const byte = this.#bytes[this.at];
      if (byte === PERCENT) this.#skipComment();
      else if (byte !== undefined && WHITE.has(byte)) this.at += 1;
      else return;
    }
  }

  #skipComment(): void {
    for (let byte = this.#bytes[this.at]; byte !== undefined && byte !== LF && byte !== CR; )
      byte = this.#bytes[++this.at];
  }

  #readRegular(): string {
    const from = this.at;
    while (this.at < this.#bytes.length && isRegular(this.#bytes[this.at] ?? 0)) this.at += 1;
    return this.#bytes.toString('latin1', from, this.at);
  }

  #readName(): PdfName {
    this.at += 1;
    const written = this.#readRegular();
    const resolve = (_: string, hex: string) => String.fromCharCode(Number.parseInt(hex, 16));
    return new PdfName(written.includes('#') ? written.replace(/#([0-9a-f]{2})/gi, resolve) : written);
  }

  #readWord(): number | PdfWord {
    const word = this.#readRegular();
    return /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(word) ? Number(word) : new PdfWord(word);
  }

  #readDelimiter(byte: number): Token {
    this.at += 1;
    const character = String.fromCharCode(byte);
    return character === '[' || character === ']' ? character : new PdfWord(character);
  }

  #readAngle(byte: number): Token {
    const isTwice = this.#bytes[this.at + 1] === byte;
    this.at += isTwice ? 2 : 1;
    if (isTwice) return byte === LESS ? '<<' : '>>';
    return byte === LESS ? this.#readHex() : new PdfWord('>');
  }

  #readHex(): PdfString {
    const end = this.#bytes.indexOf('>', this.at);
    const to = end === -1 ? this.#bytes.length : end;
    const digits = this.#bytes.toString('latin1', this.at, to).replace(/[^0-9a-f]/gi, '');
    this.at = to + 1;
    return new PdfString(Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex'));
  }

  #readString(): PdfString {
    const read: number[] = [];
    let depth = 0;
    for (; this.at < this.#bytes.length; this.at += 1) {
      const byte = this.#bytes[this.at] ?? 0;
      if (read.length > MOST_STRING_BYTES) refuse('too-much-inside', 'pdf string');
      if (byte === OPEN) depth += 1;
      if (byte === CLOSE) depth -= 1;
      if (depth === 0) break;
      if (byte === BACKSLASH) this.#readEscape(read);
      else if (byte !== OPEN || depth > 1) read.push(byte);
    }
    this.at += 1;
    return new PdfString(Buffer.from(read));
  }

  /** Leaves the place on the last byte of the escape. */
  #readEscape(read: number[]): void {
    const octal = /^[0-7]{1,3}/.exec(this.#bytes.toString('latin1', this.at + 1, this.at + 4))?.[0];
    if (octal !== undefined) {
      read.push(Number.parseInt(octal, 8) & 0xff);
      this.at += octal.length;
      return;
    }
    this.at += 1;
    const byte = this.#bytes[this.at] ?? 0;
    if (byte === CR && this.#bytes[this.at + 1] === LF) this.at += 1;
    if (byte !== CR && byte !== LF) read.push(ESCAPES[String.fromCharCode(byte)] ?? byte);
  }
}
