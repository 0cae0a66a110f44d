// What decomposition leaves alone although people type it with plain letters.
const PLAIN: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ħ: 'h', ı: 'i', ŋ: 'n' },
};
const ONLY_PLAIN = /^[a-z0-9]*$/;
const MARKS = /\p{M}+/gu;
const SPECIAL = /[ßæœøđðþłħıŋ]/g;

/** A word of more characters is cut off: it is no word that anybody types. */
export const MOST_CHARACTERS_OF_A_WORD = 64;

/**
 * A word as it is looked up: lower case, without diacritics (`Penllŷn`, `PENLLYN` and `penllyn` are one), full-width
 * and other forms of compatibility as their plain ones (NFKD). An apostrophe is left out, a genitive `'s` with it.
 */
export const foldWord = (word: string): string => {
  const lower = word.toLowerCase();
  if (ONLY_PLAIN.test(lower)) return lower.slice(0, MOST_CHARACTERS_OF_A_WORD);
  return lower
    .normalize('NFKD')
    .replace(MARKS, '')
    .replace(SPECIAL, (letter) => PLAIN[letter] ?? letter)
    .toLowerCase()
    .replace(/['\u2019\u2018\u02bc]s$/, '')
    .replace(/['\u2019\u2018\u02bc]/g, '')
    .slice(0, MOST_CHARACTERS_OF_A_WORD)
    .toWellFormed();
};
