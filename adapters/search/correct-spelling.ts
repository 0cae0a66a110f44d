import type { Wanted } from './parse-query.ts';
import { readPostings } from './postings.ts';
import { forgivenErrors, similarTerms } from './similar-terms.ts';
import type { View } from './view.ts';

interface Candidate {
  readonly term: string;
  readonly distance: number;
  readonly documents: number;
}

/** The word that can be meant by one that has a typing error, and in how many documents it is. */
export type Correction = Pick<Candidate, 'term' | 'documents'>;

/**
 * The word with the fewest errors, and of those the most frequent, that occurs in a document of these views: nobody
 * learns of words in documents that do not exist for them. Null for what is no single word, and when there is none.
 */
export const correctSpelling = (
  views: readonly View[],
  { parts, isPrefix, isQuoted }: Wanted,
): Correction | null => {
  const [word = '', ...others] = parts;
  const errors = forgivenErrors(word);
  if (others.length > 0 || isPrefix || isQuoted || errors === 0) return null;
  const candidates = gather(views, word, errors);
  let best: Candidate | null = null;
  for (const candidate of candidates) if (!best || isBetter(candidate, best, word)) best = candidate;
  return best;
};

const gather = (views: readonly View[], word: string, errors: number): Iterable<Candidate> => {
  const found = new Map<string, Candidate>();
  for (const { segment, accepts } of views) {
    for (const { term, distance, entry } of similarTerms(segment.dictionary, word, errors)) {
      const here = readPostings(segment.postings, entry, accepts).documents.length;
      const documents = here + (found.get(term)?.documents ?? 0);
      if (documents > 0) found.set(term, { term, distance, documents });
    }
  }
  return found.values();
};

/** People get the first letter right, mostly. The order of the alphabet decides the rest, so that it is always the same. */
const isBetter = (one: Candidate, other: Candidate, word: string): boolean => {
  const keys = ({ term, distance, documents }: Candidate) => [
    ...[distance, term.charAt(0) === word.charAt(0) ? 0 : 1, -documents],
  ];
  const [left, right] = [keys(one), keys(other)];
  for (let at = 0; at < left.length; at += 1) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return one.term < other.term;
};
