import { damaged, refuse } from '../refused.ts';
import { checkSize } from './check-size.ts';

const [START, END, SCAN] = [0xd8, 0xd9, 0xda];

/** Marks without anything behind them: TEM, and the eight at which a decoder may begin anew. */
const standsAlone = (mark: number): boolean => mark === 0x01 || (mark >= 0xd0 && mark <= 0xd7);

/** Headers of frames: C0 to CF without those of tables (ITU-T T.81, B.1.1.3). */
const isFrame = (mark: number): boolean => mark >= 0xc0 && mark <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(mark);

interface Walked {
  /** Where the picture ends. */
  readonly end: number;
  /** It says that more pictures follow (CIPA DC-007), as those of telephones do. */
  readonly hasMore: boolean;
}

/** Where the next mark stands behind the packed pixels, in which FF is followed by 00. */
const skipPixels = (bytes: Buffer, from: number): number => {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && !standsAlone(next)) return at;
  }
  return damaged('jpg cut short');
};

class JpgWalk {
  readonly #bytes: Buffer;
  #at: number;
  #hasFrame = false;
  #hasPixels = false;
  #hasMore = false;

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  walk(): Walked {
    if (this.#bytes[this.#at] !== 0xff || this.#bytes[this.#at + 1] !== START) damaged('jpg start');
    this.#at += 2;
    for (let mark = this.#nextMark(); mark !== END; mark = this.#nextMark())
      if (!standsAlone(mark)) this.#readSegment(mark);
    if (!this.#hasFrame || !this.#hasPixels) damaged('jpg without pixels');
    return { end: this.#at, hasMore: this.#hasMore };
  }

  #nextMark(): number {
    if (this.#bytes[this.#at] !== 0xff) damaged('jpg segment');
    while (this.#bytes[this.#at] === 0xff) this.#at += 1;
    const mark = this.#bytes[this.#at] ?? damaged('jpg cut short');
    this.#at += 1;
    return mark === 0 || mark === START ? damaged('jpg segment') : mark;
  }

  #readSegment(mark: number): void {
    if (this.#at + 2 > this.#bytes.length) damaged('jpg cut short');
    const length = this.#bytes.readUInt16BE(this.#at);
    const end = this.#at + length;
    if (length < 2 || end > this.#bytes.length) damaged('jpg cut short');
    if (isFrame(mark)) this.#readFrame(length);
    if (mark === 0xe2 && this.#bytes.toString('latin1', this.#at + 2, this.#at + 6) === 'MPF\0')
      this.#hasMore = true;
    if (mark === SCAN) this.#hasPixels = true;
    this.#at = mark === SCAN ? skipPixels(this.#bytes, end) : end;
  }

  #readFrame(length: number): void {
    if (length < 8) damaged('jpg frame');
    this.#hasFrame = true;
    checkSize(this.#bytes.readUInt16BE(this.#at + 5), this.#bytes.readUInt16BE(this.#at + 3));
  }
}

const MOST_PICTURES = 10;

/** Walks the segments of a JPEG (ITU-T T.81) from the first to the last byte of the file. */
export const checkJpg = (bytes: Buffer): void => {
  const first = new JpgWalk(bytes, 0).walk();
  let end = first.end;
  for (let more = 1; first.hasMore && more < MOST_PICTURES && bytes[end] === 0xff; more += 1)
    end = new JpgWalk(bytes, end).walk().end;
  if (end !== bytes.length) refuse('ambiguous', 'behind the picture');
};
