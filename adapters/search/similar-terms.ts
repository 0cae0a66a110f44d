import { MOST_CHARACTERS_OF_A_WORD } from './fold.ts';
import type { TermCursor, TermDictionary, TermEntry } from './term-dictionary.ts';

export interface SimilarTerm {
  readonly term: string;
  /** Letters added, left out, changed or swapped with their neighbour. */
  readonly distance: number;
  readonly entry: TermEntry;
}

/** How many typing errors are forgiven in a word: one from four letters on, two from eight; none in numbers. */
export const forgivenErrors = (term: string): number => {
  if (/\d/.test(term)) return 0;
  if (term.length >= 8) return 2;
  return term.length >= 4 ? 1 : 0;
};

/**
 * The words of a dictionary that are so far from a given one at most: optimal string alignment distance, computed
 * along the words in their order. A word goes on from the rows of the letters that it shares with the one before it,
 * and where these are too far already, it is passed over.
 */
export const similarTerms = (dictionary: TermDictionary, word: string, most: number): SimilarTerm[] => {
  const found: SimilarTerm[] = [];
  const rows = new Rows(word);
  const cursor = dictionary.all();
  /** Words that share more letters than this with the one before are as far as it is. */
  let hopeless = Number.POSITIVE_INFINITY;
  while (cursor.next()) {
    if (cursor.shared >= hopeless) continue;
    hopeless = rows.follow(cursor, most);
    const distance = rows.distanceAt(cursor.size);
    if (hopeless > cursor.size && distance > 0 && distance <= most)
      found.push({ term: cursor.term, distance, entry: cursor.entry });
  }
  return found;
};

/** One row of the table of distances for each letter of a word of the dictionary. */
class Rows {
  readonly #word: Uint16Array;
  readonly #rows: Uint8Array[];
  readonly #least: Uint8Array;

  constructor(word: string) {
    this.#word = Uint16Array.from(word, (_, at) => word.charCodeAt(at));
    const width = word.length + 1;
    this.#rows = Array.from({ length: MOST_CHARACTERS_OF_A_WORD + 1 }, () => new Uint8Array(width));
    this.#least = new Uint8Array(MOST_CHARACTERS_OF_A_WORD + 1);
    this.#row(0).set(Uint8Array.from({ length: width }, (_, at) => at));
  }

  distanceAt(letters: number): number {
    return this.#row(letters)[this.#word.length] ?? 255;
  }

  /** Fills the rows of what is new in a word; tells after how many letters it was hopeless. */
  follow(cursor: TermCursor, most: number): number {
    for (let letter = cursor.shared + 1; letter <= cursor.size; letter += 1) {
      this.#fill(letter, cursor.units);
      // A swap reaches back two rows, so that the row before counts as well.
      const before = letter > 1 ? (this.#least[letter - 1] ?? 0) : 0;
      if ((this.#least[letter] ?? 0) > most && before >= most) return letter;
    }
    return Number.POSITIVE_INFINITY;
  }

  #fill(letter: number, units: Uint16Array): void {
    const word = this.#word;
    const row = this.#row(letter);
    const above = this.#row(letter - 1);
    const unit = units[letter - 1];
    row[0] = letter;
    let least = letter;
    for (let at = 1; at <= word.length; at += 1) {
      const isSame = word[at - 1] === unit;
      let value = Math.min(
        (above[at] ?? 0) + 1,
        (row[at - 1] ?? 0) + 1,
        (above[at - 1] ?? 0) + (isSame ? 0 : 1),
      );
      const isSwap = letter > 1 && at > 1 && word[at - 2] === unit && word[at - 1] === units[letter - 2];
      if (isSwap) value = Math.min(value, (this.#row(letter - 2)[at - 2] ?? 0) + 1);
      row[at] = value;
      if (value < least) least = value;
    }
    this.#least[letter] = least;
  }

  #row(letter: number): Uint8Array {
    const row = this.#rows[letter];
    if (!row) throw new RangeError(`No word has ${letter} letters`);
    return row;
  }
}
