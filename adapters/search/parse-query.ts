import { MOST_CHARACTERS_OF_A_WORD } from './fold.ts';
import { isStopWord } from './stop-words.ts';
import { readWords, type Token } from './tokenise.ts';

/** What comes behind is not read: nobody looks for more, and a search takes a bounded time. */
const MOST_CHARACTERS = 1_000;
const MOST_WORDS = 24;

/** One thing to look for: a word, the beginning of one, a phrase, or a word with hyphens or digits in parts. */
export interface Wanted {
  /** One for a word; otherwise the words that have to follow one another. */
  readonly parts: readonly string[];
  /** Whether the last part is only the beginning of a word. */
  readonly isPrefix: boolean;
  /** In quotation marks: just these words, not their inflected forms, and nothing without them. */
  readonly isQuoted: boolean;
  /** Where it stands among the words of the query; says how far words ought to be from each other. */
  readonly position: number;
  /** Where it stands in what was typed. */
  readonly start: number;
  readonly end: number;
}

export interface ParsedQuery {
  /** What was typed, as far as it is read. */
  readonly typed: string;
  readonly wanted: readonly Wanted[];
  readonly excluded: readonly Wanted[];
}

const QUOTATION_MARKS = new Set(['"', '\u201c', '\u201d', '\u201e', '\u00ab', '\u00bb', '\uff02']);
const BLANK = /\s/;

interface Piece {
  readonly text: string;
  readonly start: number;
  readonly isExcluded: boolean;
  readonly isQuoted: boolean;
}

/**
 * Understands what people type: words, "phrases", prefixe* and -without. Whatever it is, it is understood somehow. Words
 * that say nothing (`the`, `of`) are wanted only where there are no others.
 */
export const parseQuery = (words: string): ParsedQuery => {
  const typed = words.slice(0, MOST_CHARACTERS).toWellFormed();
  const wanted: Wanted[] = [];
  const excluded: Wanted[] = [];
  let position = 0;
  for (const piece of piecesOf(typed)) {
    for (const one of piece.isQuoted ? readPhrase(piece, position) : readPiece(piece, position)) {
      const list = piece.isExcluded ? excluded : wanted;
      if (list.length < MOST_WORDS) list.push(one);
      position += one.parts.length;
    }
  }
  const telling = wanted.filter(({ parts, isPrefix, isQuoted }) => {
    const [only = ''] = parts;
    return isQuoted || isPrefix || parts.length > 1 || !isStopWord(only);
  });
  return { typed, wanted: telling.length > 0 ? telling : wanted, excluded };
};

/** Splits at blanks and quotation marks; a mark without its partner reaches to the end. */
function* piecesOf(text: string): Generator<Piece, void, undefined> {
  for (let at = 0; at < text.length; ) {
    if (BLANK.test(text.charAt(at))) {
      at += 1;
      continue;
    }
    const isExcluded = text.charAt(at) === '-';
    if (isExcluded) at += 1;
    const isQuoted = QUOTATION_MARKS.has(text.charAt(at));
    if (isQuoted) at += 1;
    const end = endOfPiece(text, at, isQuoted);
    yield { text: text.slice(at, end), start: at, isExcluded, isQuoted };
    at = isQuoted ? end + 1 : end;
  }
}

const endOfPiece = (text: string, from: number, isQuoted: boolean): number => {
  let at = from;
  while (at < text.length) {
    const character = text.charAt(at);
    if (QUOTATION_MARKS.has(character) || (!isQuoted && BLANK.test(character))) return at;
    at += 1;
  }
  return at;
};

/** The words of a piece of what was typed, without those that are joined from others. */
const wordsOf = (text: string): Token[] => {
  const words: Token[] = [];
  readWords(text, (token) => {
    if (token.position === words.length) words.push(token);
  });
  return words;
};

const readPhrase = ({ text, start }: Piece, position: number): Wanted[] => {
  const words = wordsOf(text);
  if (words.length === 0) return [];
  const parts = words.map(({ term }) => term);
  return [{ parts, isPrefix: false, isQuoted: true, position, start, end: start + text.length }];
};

const readPiece = ({ text, start }: Piece, position: number): Wanted[] => {
  const endsWithStar = text.endsWith('*');
  const groups = groupsOf(text, wordsOf(text));
  let before = position;
  return groups.map((group, index) => {
    const [first, last] = [group[0], group.at(-1)];
    const isPrefix = endsWithStar && index === groups.length - 1;
    const where = { position: before, start: start + (first?.start ?? 0), end: start + (last?.end ?? 0) };
    before += group.length;
    return { parts: group.map(({ term }) => term), isPrefix, isQuoted: false, ...where };
  });
};

/** Words that belong together: `anti-social`, `2010/11`, 検索; but `and/or` are two. */
const groupsOf = (text: string, words: readonly Token[]): Token[][] => {
  const groups: Token[][] = [];
  for (const word of words) {
    const group = groups.at(-1);
    const before = group?.at(-1);
    if (group && before && belongTogether(before, word, text.slice(before.end, word.start))) group.push(word);
    else groups.push([word]);
  }
  return groups;
};

const DIGIT = /\d/;
const HYPHEN = /^[-\u2010\u2011]$/;
const WITHIN_NUMBERS = /^[/.,:\u2013]$/;

const belongTogether = (one: Token, other: Token, between: string): boolean =>
  between === '' ||
  HYPHEN.test(between) ||
  (WITHIN_NUMBERS.test(between) && (DIGIT.test(one.term) || DIGIT.test(other.term)));

/** A word in parts as one, as texts have it joined; null for what is no such word. */
export const joinedOf = ({ parts, isQuoted }: Wanted): string | null => {
  const joined = parts.join('');
  return isQuoted || parts.length < 2 || joined.length > MOST_CHARACTERS_OF_A_WORD ? null : joined;
};
