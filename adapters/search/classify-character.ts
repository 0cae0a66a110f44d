/** What a character is to a reader of words. */
const BETWEEN_WORDS = 0;
export const IN_WORD = 1;
/** A word by itself: scripts that put no blanks between words are searched character by character, as phrases. */
export const WHOLE_WORD = 2;
export const APOSTROPHE = 3;
export const HYPHEN = 4;

export type CharacterClass = 0 | 1 | 2 | 3 | 4;

const UNKNOWN = 255;
const WITHOUT_BLANKS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const LETTER_OR_DIGIT = /[\p{L}\p{M}\p{N}]/u;
const APOSTROPHES = new Set(["'", '\u2019', '\u2018', '\u02bc', '\uff07']);
const HYPHENS = new Set(['-', '\u2010', '\u2011']);

const classify = (character: string): CharacterClass => {
  if (APOSTROPHES.has(character)) return APOSTROPHE;
  if (HYPHENS.has(character)) return HYPHEN;
  if (!LETTER_OR_DIGIT.test(character)) return BETWEEN_WORDS;
  return WITHOUT_BLANKS.test(character) ? WHOLE_WORD : IN_WORD;
};

/** Asked of Unicode's tables once for each character that occurs: texts are read at tens of megabytes a second. */
const known = new Uint8Array(0x10000).fill(UNKNOWN);

/** The class of a code point; a lone surrogate is between words. */
export const classOf = (codePoint: number): CharacterClass => {
  if (codePoint > 0xffff) return classify(String.fromCodePoint(codePoint));
  const found = known[codePoint] ?? UNKNOWN;
  if (found !== UNKNOWN) return found as CharacterClass;
  const fresh = classify(String.fromCharCode(codePoint));
  known[codePoint] = fresh;
  return fresh;
};
