import { newStemmer, type Stemmer } from 'snowball-stemmers';

/**
 * Snowball's algorithms (https://snowballstem.org/algorithms/) by language, of those that change words at their end
 * alone: the words of a stem are looked for among those that begin as it does. There is none for Welsh.
 */
const ALGORITHMS: Readonly<Record<string, string>> = {
  ...{ en: 'english', fr: 'french', de: 'german', es: 'spanish', it: 'italian', pt: 'portuguese' },
  ...{ nl: 'dutch', sv: 'swedish', da: 'danish', ro: 'romanian', ru: 'russian', hu: 'hungarian' },
};

/** Shorter words have no endings worth taking off. */
const LEAST_CHARACTERS = 3;
const MOST_REMEMBERED = 50_000;

/** Takes a folded word (see `foldWord`) to what it has in common with its inflected forms. */
export type Stem = (word: string) => string;

const stems = new Map<string, Stem>();

const remembering = (stemmer: Stemmer): Stem => {
  const known = new Map<string, string>();
  return (word) => {
    if (word.length < LEAST_CHARACTERS) return word;
    const found = known.get(word);
    if (found !== undefined) return found;
    if (known.size >= MOST_REMEMBERED) known.clear();
    const stem = stemmer.stem(word);
    known.set(word, stem);
    return stem;
  };
};

/** How words of a language (`en`, `en-GB`, `cy`) are stemmed; null for a language whose words are left as they are. */
export const stemmerOf = (language: string): Stem | null => {
  const base = language.slice(0, 2).toLowerCase();
  const algorithm = Object.hasOwn(ALGORITHMS, base) && /^..(?:-|$)/.test(language) ? ALGORITHMS[base] : null;
  if (!algorithm) return null;
  const stem = stems.get(base) ?? remembering(newStemmer(algorithm));
  stems.set(base, stem);
  return stem;
};

/** With what every word that has this stem begins: an ending can change the last letter (`happy`, `happi`). */
export const beginningOf = (stem: string): string => stem.slice(0, Math.max(2, stem.length - 1));
