import { APOSTROPHE, classOf, HYPHEN, IN_WORD, WHOLE_WORD } from './classify-character.ts';
import { foldWord, MOST_CHARACTERS_OF_A_WORD } from './fold.ts';

/** A word of a text and where it stands. */
export interface Token {
  /** As it is looked up (see `foldWord`). */
  readonly term: string;
  /** The number of the word; of a joined one, the number of its first part. */
  readonly position: number;
  /** Offsets in the text, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
}

export type TakeToken = (token: Token) => void;

/**
 * Reads a text word by word, in one pass. Letters, digits and marks make words, apostrophes within them stay in them
 * (`officer's` is `officer`, `i'r` is `ir`), everything else is between words: `2010/11` is two words in a row. Words
 * with hyphens are read in parts, and once more joined, under the number of the first part: `anti-social` is found as
 * `antisocial`, too.
 *
 * @param first the number of the first word.
 * @returns the number that the next word would have.
 */
export const readWords = (text: string, take: TakeToken, first = 0): number => {
  let position = first;
  let joined: Token | null = null;
  for (let at = startOfWord(text, 0); at < text.length; ) {
    const end = endOfWord(text, at);
    const term = foldWord(text.slice(at, end));
    if (term !== '') {
      const part: Token = { term, position, start: at, end };
      take(part);
      joined = joined ? join(joined, part) : part;
      position += 1;
    }
    if (!continuesWithHyphen(text, end)) {
      if (joined && joined.position < position - 1 && joined.term.length <= MOST_CHARACTERS_OF_A_WORD)
        take(joined);
      joined = null;
    }
    at = startOfWord(text, end);
  }
  return position;
};

/** All words of a text at once. */
export const tokenise = (text: string): readonly Token[] => {
  const tokens: Token[] = [];
  readWords(text, (token) => tokens.push(token));
  return tokens;
};

/** A joined word that has become too long to be one grows no further: hyphens without an end cost no more than words. */
const join = (joined: Token, part: Token): Token => {
  const isTooLong = joined.term.length > MOST_CHARACTERS_OF_A_WORD;
  return { ...joined, term: isTooLong ? joined.term : joined.term + part.term, end: part.end };
};

const widthOf = (codePoint: number): number => (codePoint > 0xffff ? 2 : 1);
const codePointAt = (text: string, at: number): number => text.codePointAt(at) ?? 0;
const beginsWord = (kind: number): boolean => kind === IN_WORD || kind === WHOLE_WORD;

const startOfWord = (text: string, from: number): number => {
  let at = from;
  while (at < text.length) {
    const codePoint = codePointAt(text, at);
    if (beginsWord(classOf(codePoint))) return at;
    at += widthOf(codePoint);
  }
  return at;
};

const endOfWord = (text: string, from: number): number => {
  const first = codePointAt(text, from);
  let at = from + widthOf(first);
  if (classOf(first) === WHOLE_WORD) return at;
  while (at < text.length) {
    const codePoint = codePointAt(text, at);
    const kind = classOf(codePoint);
    if (kind === APOSTROPHE ? !isInWord(text, at + 1) : kind !== IN_WORD) return at;
    at += widthOf(codePoint);
  }
  return at;
};

const isInWord = (text: string, at: number): boolean =>
  at < text.length && classOf(codePointAt(text, at)) === IN_WORD;

const continuesWithHyphen = (text: string, at: number): boolean =>
  at < text.length && classOf(codePointAt(text, at)) === HYPHEN && isInWord(text, at + 1);
