import { indexOf } from './combine-matches.ts';
import { correctSpelling } from './correct-spelling.ts';
import { type Found, findEither, findWanted } from './find-wanted.ts';
import type { ParsedQuery, Wanted } from './parse-query.ts';
import type { View } from './view.ts';

/** One thing that is wanted, and where it is found in each of the views. */
export interface LookedUp {
  readonly wanted: Wanted;
  readonly found: readonly Found[];
  /** In how many documents of all views. */
  readonly documents: number;
  /** What was looked up in its place, since it is nowhere itself. */
  readonly insteadOf: string | null;
  /** The documents of each view that have the word itself, where similar words were looked up with it. */
  readonly exact: readonly Found[] | null;
}

export interface LookedUpQuery {
  readonly wanted: readonly LookedUp[];
  readonly excluded: readonly LookedUp[];
  /** The query as it was understood, when a word was replaced by a similar one; null otherwise. */
  readonly spelling: string | null;
}

/** A word in so few documents may be a misspelling of one that is in this many times as many. */
const FEW = 2;
const MANY_TIMES = 20;

export const lookUp = (views: readonly View[], query: ParsedQuery): LookedUpQuery => {
  const wanted = query.wanted.map((one) => forgive(views, lookUpAsTyped(views, one)));
  const excluded = query.excluded.map((one) => lookUpAsTyped(views, one));
  return { wanted, excluded, spelling: spell(query.typed, wanted) };
};

const lookUpAsTyped = (views: readonly View[], wanted: Wanted): LookedUp => {
  const found = views.map((view) => findWanted(view, wanted));
  return { wanted, found, documents: countDocuments(found), insteadOf: null, exact: null };
};

const countDocuments = (found: readonly Found[]): number =>
  found.reduce((sum, { matches }) => sum + matches.documents.length, 0);

/** The shortest beginning of a word by which people mean it. */
const SHORTEST_BEGINNING = 3;

/** All words that begin as one that finds nothing; null when there are none, or it is no single word. */
const asBeginning = (views: readonly View[], { documents, wanted }: LookedUp): LookedUp | null => {
  const [word = '', ...others] = wanted.parts;
  const isWord = others.length === 0 && !wanted.isQuoted && !wanted.isPrefix;
  if (documents > 0 || !isWord || word.length < SHORTEST_BEGINNING) return null;
  const begun = lookUpAsTyped(views, { ...wanted, isPrefix: true });
  return begun.documents > 0 ? begun : null;
};

/**
 * Forgives a typing error in a word that finds nothing, or so little that it may be another's typing error. What is the
 * beginning of words in more documents than that other is no error.
 */
const forgive = (views: readonly View[], asTyped: LookedUp): LookedUp => {
  if (asTyped.documents > FEW) return asTyped;
  const begun = asBeginning(views, asTyped);
  const correction = correctSpelling(views, asTyped.wanted);
  if (!correction) return begun ?? asTyped;
  const corrected = lookUpAsTyped(views, { ...asTyped.wanted, parts: [correction.term] });
  if (begun && begun.documents >= corrected.documents) return begun;
  if (asTyped.documents === 0) return { ...corrected, insteadOf: correction.term };
  if (corrected.documents < asTyped.documents * MANY_TIMES) return asTyped;
  const found = views.map((view, index) => {
    const [one, other] = [asTyped.found[index], corrected.found[index]];
    if (!one || !other) throw new RangeError('Each view has its own findings');
    return findEither(view, one, other);
  });
  return { ...asTyped, found, documents: countDocuments(found), exact: asTyped.found };
};

const spell = (typed: string, wanted: readonly LookedUp[]): string | null => {
  let spelled = typed;
  const replaced = wanted.filter(({ insteadOf }) => insteadOf !== null);
  for (const { wanted: word, insteadOf } of replaced.toReversed())
    spelled = spelled.slice(0, word.start) + insteadOf + spelled.slice(word.end);
  return replaced.length === 0 ? null : spelled.trim();
};

/** Whether something is found in a document. */
export const isFoundIn = ({ matches: { documents } }: Found, document: number): boolean =>
  documents[indexOf(documents, document)] === document;
