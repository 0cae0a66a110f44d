/** What is read is no segment: damaged, cut off, or made by somebody else. */
export class SegmentDamaged extends Error {
  override name = 'SegmentDamaged';
}

/** Bytes that grow as they are written. Whole numbers are little-endian base 128 (LEB128). */
export class ByteWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  length = 0;

  constructor(capacity = 256) {
    this.#bytes = new Uint8Array(capacity);
  }

  /** A whole number from 0 to 2^53 - 1. */
  number(value: number): void {
    this.#reserve(8);
    let rest = value;
    while (rest >= 0x80) {
      this.#bytes[this.length++] = (rest % 0x80) | 0x80;
      rest = rest < 0x80000000 ? rest >>> 7 : Math.floor(rest / 0x80);
    }
    this.#bytes[this.length++] = rest;
  }

  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** What was written so far; a view, good until more is written. */
  view(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.length);
  }

  #reserve(more: number): void {
    const needed = this.length + more;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    larger.set(this.view());
    this.#bytes = larger;
  }
}

/** Reads what a `ByteWriter` wrote; beyond the end, and where no number can be, it throws `SegmentDamaged`. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  at: number;
  readonly #end: number;

  constructor(bytes: Uint8Array, from = 0, end = bytes.length) {
    if (from > end || end > bytes.length)
      throw new SegmentDamaged('A part of the segment lies outside of it');
    this.#bytes = bytes;
    this.at = from;
    this.#end = end;
  }

  get remaining(): number {
    return this.#end - this.at;
  }

  number(): number {
    const first = this.at < this.#end ? (this.#bytes[this.at] ?? 0x80) : 0x80;
    if (first >= 0x80) return this.#longNumber();
    this.at += 1;
    return first;
  }

  #longNumber(): number {
    let value = 0;
    let factor = 1;
    for (let digit = 0; digit < 8; digit += 1) {
      if (this.at >= this.#end) throw new SegmentDamaged('The segment ends within a number');
      const byte = this.#bytes[this.at++] ?? 0;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 0x80;
    }
    throw new SegmentDamaged('A number in the segment has no end');
  }

  /** How many of something follow, each of which takes a byte at least. */
  count(): number {
    const count = this.number();
    if (count > this.remaining) throw new SegmentDamaged('The segment promises more than it holds');
    return count;
  }
}
