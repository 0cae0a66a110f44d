import { anyOf, inARow } from './combine-matches.ts';
import { joinedOf, type Wanted } from './parse-query.ts';
import { type Matches, readPostings } from './postings.ts';
import { beginningOf, stemmerOf } from './stem.ts';
import type { TermEntry } from './term-dictionary.ts';
import type { View } from './view.ts';

/** A word of a segment that counts as the one that is wanted. */
export interface Variant {
  readonly term: string;
  readonly entry: TermEntry;
  /** In documents of this language alone, since it is a form of the word there; null for all. */
  readonly language: string | null;
}

/** Where something that is wanted is found in a segment. */
export interface Found {
  readonly matches: Matches;
  /** Its words, for marking them; none for a phrase. */
  readonly variants: readonly Variant[];
  /** Where its parts follow one another, `width` words each; null for a single word. */
  readonly rows: { readonly matches: Matches; readonly width: number } | null;
}

/** Finds a word (in all its forms), the beginning of one, a phrase, or a word in parts. */
export const findWanted = (view: View, wanted: Wanted): Found => {
  const { parts, isPrefix, isQuoted } = wanted;
  const size = view.segment.documents;
  const last = parts.length - 1;
  const ofParts = parts.map((part, index) =>
    variantsOf(view, part, { isPrefix: isPrefix && index === last, isQuoted }),
  );
  const [only = []] = ofParts;
  if (parts.length === 1) return { matches: read(view, only), variants: only, rows: null };
  const row = inARow(ofParts.map((variants) => read(view, variants)));
  const rows = { matches: row, width: parts.length };
  const joined = joinedOf(wanted);
  if (joined === null) return { matches: row, variants: [], rows };
  const variants = variantsOf(view, joined, { isPrefix, isQuoted });
  return { matches: anyOf([row, read(view, variants)], size), variants, rows };
};

/** Both, as one: of a word and the one that it may be a misspelling of. */
export const findEither = (view: View, one: Found, other: Found): Found => ({
  matches: anyOf([one.matches, other.matches], view.segment.documents),
  variants: [...one.variants, ...other.variants],
  rows: null,
});

const read = (view: View, variants: readonly Variant[]): Matches => {
  const matches = variants.map(({ entry, language }) =>
    readPostings(view.segment.postings, entry, language === null ? view.accepts : view.acceptsIn(language)),
  );
  return anyOf(matches, view.segment.documents);
};

const variantsOf = (
  view: View,
  word: string,
  { isPrefix, isQuoted }: Pick<Wanted, 'isPrefix' | 'isQuoted'>,
): Variant[] => {
  const { dictionary } = view.segment;
  if (isPrefix)
    return Array.from(dictionary.from(word), ({ term, entry }) => ({ term, entry, language: null }));
  const entry = dictionary.find(word);
  const own: Variant[] = entry ? [{ term: word, entry, language: null }] : [];
  return isQuoted ? own : [...own, ...view.stemmed.flatMap((language) => inflected(view, word, language))];
};

/** The other words of a segment that have the same stem. */
const inflected = (view: View, word: string, language: string): Variant[] => {
  const stem = stemmerOf(language);
  if (!stem) return [];
  const wanted = stem(word);
  const variants: Variant[] = [];
  for (const cursor of view.segment.dictionary.from(beginningOf(wanted))) {
    const { term } = cursor;
    if (term !== word && stem(term) === wanted) variants.push({ term, entry: cursor.entry, language });
  }
  return variants;
};
