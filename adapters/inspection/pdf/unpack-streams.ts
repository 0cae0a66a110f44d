import { MOST_BYTES_INSIDE, MOST_PICTURE_BYTES, MOST_PICTURES_BYTES, MOST_TABLE_BYTES } from '../limits.ts';
import { damaged, refuse } from '../refused.ts';
import { unfilter } from './filters.ts';
import type { PdfObjects, PdfStream } from './find-objects.ts';
import { holdsObjects, lookIntoObjects } from './look-into-objects.ts';
import type { Decrypt } from './unlock.ts';
import { type PdfDictionary, PdfName, type PdfValue } from './values.ts';

/** Pictures take more than all else in a scan, and nobody unpacks them to read its text. */
const isPicture = (dictionary: PdfDictionary): boolean =>
  dictionary.has('Width') && dictionary.has('Height') && !holdsObjects(dictionary);

/** A table of places has some seven bytes for each object, of which a reader makes one of its own. */
const isTable = (dictionary: PdfDictionary): boolean => dictionary.has('W') && dictionary.has('Size');

const mostOf = (dictionary: PdfDictionary): number => {
  if (isTable(dictionary)) return MOST_TABLE_BYTES;
  return isPicture(dictionary) ? MOST_PICTURE_BYTES : MOST_BYTES_INSIDE;
};

/** Unpacks every stream once, to see how large it becomes, and looks into those that hold objects. */
export const unpackStreams = (bytes: Buffer, objects: PdfObjects, decrypt: Decrypt | null): void => {
  const unpacker = new Unpacker(bytes, objects, decrypt);
  for (const stream of objects.streams) unpacker.unpack(stream);
};

class Unpacker {
  readonly #bytes: Buffer;
  readonly #objects: PdfObjects;
  readonly #decrypt: Decrypt | null;
  readonly #unpacked = { pictures: 0, others: 0 };

  constructor(bytes: Buffer, objects: PdfObjects, decrypt: Decrypt | null) {
    this.#bytes = bytes;
    this.#objects = objects;
    this.#decrypt = decrypt;
  }

  unpack(stream: PdfStream): void {
    for (const filters of this.#filtersOf(stream.dictionary)) {
      if (filters.length === 0 && !holdsObjects(stream.dictionary)) continue;
      for (const packed of this.#packed(stream, filters)) this.#unpackOne(stream.dictionary, packed, filters);
    }
  }

  #unpackOne(dictionary: PdfDictionary, packed: Buffer, filters: readonly string[]): void {
    const most = mostOf(dictionary);
    const { bytes, isWhole } = unfilter(packed, filters, most);
    this.#count(bytes.length, isPicture(dictionary));
    if (!holdsObjects(dictionary)) return;
    lookIntoObjects(isWhole ? bytes : damaged('pdf object stream'), dictionary, this.#objects);
  }

  #count(unpacked: number, ofPicture: boolean): void {
    this.#unpacked[ofPicture ? 'pictures' : 'others'] += unpacked;
    const { pictures, others } = this.#unpacked;
    if (others > MOST_BYTES_INSIDE || pictures > MOST_PICTURES_BYTES)
      refuse('unpacks-too-large', 'pdf streams');
  }

  /** Every list of filters that a stream may be read by. */
  #filtersOf(dictionary: PdfDictionary): string[][] {
    const written = dictionary.pairs.filter(([key]) => key === 'Filter' || key === 'F');
    const lists = written
      .flatMap(([, value]) => this.#objects.meant(value))
      .map((value) => this.#namesIn(value));
    return lists.length === 0 ? [[]] : lists;
  }

  #namesIn(value: PdfValue): string[] {
    const values = Array.isArray(value) ? value.flatMap((each) => this.#objects.meant(each)) : [value];
    return values.flatMap((each) => (each instanceof PdfName ? [each.name] : []));
  }

  /**
   * The bytes of a stream; in a file that is encrypted both as they are and decrypted, since one of its tables may say
   * that it is not. Deflate knows where it ends; others would take all that there is.
   */
  #packed(stream: PdfStream, filters: readonly string[]): Buffer[] {
    const isDeflated = /^Fl/.test(filters[0] ?? '');
    const written = this.#bytes.subarray(stream.from, isDeflated ? undefined : this.#endOf(stream));
    if (!this.#decrypt || !stream.place) return [written];
    const { number, generation } = stream.place;
    const encrypted = this.#bytes.subarray(stream.from, this.#endOf(stream));
    return [written, this.#decrypt(encrypted, number, generation)];
  }

  /** Where a stream ends: as far as it says if that is so, else where the next end is. */
  #endOf({ dictionary, from }: PdfStream): number {
    const lengths = this.#objects
      .meant(dictionary.get('Length'))
      .filter((value) => typeof value === 'number');
    const told = lengths.find((length) =>
      /^\s*endstream/.test(this.#bytes.toString('latin1', from + length, from + length + 12)),
    );
    if (told !== undefined) return from + told;
    const end = this.#bytes.indexOf('endstream', from);
    return end === -1 ? this.#bytes.length : end;
  }
}
