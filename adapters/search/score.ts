import type { LookedUp, LookedUpQuery } from './look-up.ts';
import { isFoundIn } from './look-up.ts';
import { fieldOf, fields } from './positions.ts';
import type { Matches } from './postings.ts';
import { closeness } from './proximity.ts';
import type { View } from './view.ts';

/*
 * BM25F: occurrences in a title weigh more than in the details, and these more than in the text; each field's are
 * related to its length before they are added up. Robertson, Zaragoza, The Probabilistic Relevance Framework: BM25 and
 * Beyond (2009), https://doi.org/10.1561/1500000019, section 3.6. Everything is counted over the documents that exist
 * for whoever searches: no score depends on another.
 */
const K1 = 1.2;
const WEIGHTS: Readonly<Record<(typeof fields)[number], number>> = { text: 1, details: 2, title: 4 };
const LENGTH_MATTERS: Readonly<Record<(typeof fields)[number], number>> = {
  text: 0.75,
  details: 0.5,
  title: 0.5,
};
/** What a document is worth that has a similar word instead of the one that was typed. */
const SIMILAR = 0.5;
/** How much two words next to each other are worth, as a share of the less frequent one's own weight. */
const NEXT_TO_EACH_OTHER = 0.5;

/** What was found of each document of one view. */
export interface Scored {
  readonly view: View;
  /** How many of the things that are wanted a document has; 255 when it is not to be shown. */
  readonly has: Uint8Array;
  readonly scores: Float64Array;
}

interface Averages {
  readonly documents: number;
  /** Mean number of words, field by field in the order of `fields`. */
  readonly lengths: readonly number[];
}

const MAY_NOT_BE_SHOWN = 255;
export const isShown = (has: number): boolean => has !== MAY_NOT_BE_SHOWN;

/** Weighs each document of each view. */
export const score = (views: readonly View[], query: LookedUpQuery): Scored[] => {
  const averages = averagesOf(views);
  const all = views.map((view, index) => {
    const scored = { view, has: new Uint8Array(view.segment.documents), scores: newScores(view) };
    for (const lookedUp of query.wanted) addWord(scored, index, lookedUp, averages);
    addCloseness(scored, index, query.wanted, averages.documents);
    hide(scored, index, query);
    return scored;
  });
  hideWithout(all, neededOf(query.wanted));
  return all;
};

const newScores = ({ segment }: View) => new Float64Array(segment.documents);

/** How telling it is that a document has a word which so many of all have. */
const weightOf = (documents: number, all: number): number =>
  Math.log(1 + (all - documents + 0.5) / (documents + 0.5));

const averagesOf = (views: readonly View[]): Averages => {
  let documents = 0;
  const sums = fields.map(() => 0);
  for (const { segment, accepts } of views) {
    const lengths = lengthsOf(segment);
    for (let document = 0; document < accepts.length; document += 1) {
      if (accepts[document] === 0) continue;
      documents += 1;
      lengths.forEach((length, field) => {
        sums[field] = (sums[field] ?? 0) + (length[document] ?? 0);
      });
    }
  }
  return { documents, lengths: sums.map((sum) => Math.max(1, sum / Math.max(1, documents))) };
};

const lengthsOf = (segment: View['segment']): readonly Uint32Array[] =>
  fields.map((field) => segment.column(`${field}Length`));

const addWord = (scored: Scored, index: number, lookedUp: LookedUp, averages: Averages): void => {
  const found = lookedUp.found[index];
  if (!found) return;
  const weight = weightOf(lookedUp.documents, averages.documents);
  const exact = lookedUp.exact?.[index];
  const frequency = frequencies(scored.view, found.matches, averages);
  const { documents } = found.matches;
  for (let at = 0; at < documents.length; at += 1) {
    const document = documents[at] ?? 0;
    const often = frequency(at, document);
    const share = exact && !isFoundIn(exact, document) ? SIMILAR : 1;
    scored.scores[document] = (scored.scores[document] ?? 0) + (share * weight * often) / (K1 + often);
    scored.has[document] = (scored.has[document] ?? 0) + 1;
  }
};

/** How often a document has a word, weighed by fields and their lengths. */
const frequencies = (view: View, { starts, positions }: Matches, { lengths: averages }: Averages) => {
  const lengths = lengthsOf(view.segment);
  const weights = fields.map((field) => WEIGHTS[field]);
  const matters = fields.map((field) => LENGTH_MATTERS[field]);
  const often = new Float64Array(fields.length);
  return (at: number, document: number): number => {
    often.fill(0);
    const end = starts[at + 1] ?? 0;
    for (let place = starts[at] ?? 0; place < end; place += 1) {
      const field = fieldOf(positions[place] ?? 0);
      often[field] = (often[field] ?? 0) + 1;
    }
    let sum = 0;
    for (let field = 0; field < often.length; field += 1) {
      const relative = (lengths[field]?.[document] ?? 0) / (averages[field] ?? 1);
      const share = matters[field] ?? 0;
      sum += ((weights[field] ?? 0) * (often[field] ?? 0)) / (1 - share + share * relative);
    }
    return sum;
  };
};

/** Words that stand as close to each other as they were typed make a document more likely to be meant. */
const addCloseness = (scored: Scored, index: number, wanted: readonly LookedUp[], all: number): void => {
  for (let next = 1; next < wanted.length; next += 1) {
    const [one, other] = [wanted[next - 1], wanted[next]];
    const [here, there] = [one?.found[index], other?.found[index]];
    if (!one || !other || !here || !there) continue;
    const weight =
      Math.min(weightOf(one.documents, all), weightOf(other.documents, all)) * NEXT_TO_EACH_OTHER;
    const apart = other.wanted.position - one.wanted.position;
    closeness(here.matches, there.matches, apart, (document, close) => {
      scored.scores[document] = (scored.scores[document] ?? 0) + weight * close;
    });
  }
};

/** Hides what does not exist for whoever searches, lacks a phrase that is wanted, or has what is not. */
const hide = ({ view, has }: Scored, index: number, { wanted, excluded }: LookedUpQuery): void => {
  const needs = wanted.filter((one) => one.wanted.isQuoted).map(({ found }) => found[index]);
  for (let document = 0; document < has.length; document += 1) {
    const isKnown = view.accepts[document] === 1;
    const isWhole = isKnown && needs.every((found) => found && isFoundIn(found, document));
    if (!isWhole) has[document] = MAY_NOT_BE_SHOWN;
  }
  for (const { found } of excluded)
    for (const document of found[index]?.matches.documents ?? []) has[document] = MAY_NOT_BE_SHOWN;
};

/** When fewer than this are found, what has half of the words is found as well. */
const LITTLE = 10;

/** Hides what has too little of what is wanted. */
const hideWithout = (all: readonly Scored[], { most, half }: { most: number; half: number }): void => {
  const enough = (needed: number) => (has: number) => isShown(has) && has >= needed;
  const found = all.reduce((sum, { has }) => sum + count(has, enough(most)), 0);
  const isEnough = enough(found < LITTLE ? half : most);
  for (const { has } of all)
    for (let document = 0; document < has.length; document += 1)
      if (!isEnough(has[document] ?? 0)) has[document] = MAY_NOT_BE_SHOWN;
};

const count = (all: Uint8Array, is: (has: number) => boolean): number => {
  let found = 0;
  for (const one of all) if (is(one)) found += 1;
  return found;
};

/**
 * How many things a document must have to be found: most are two of two, two of three, three of four or five. One that
 * is nowhere is not counted, as long as there are others.
 */
const neededOf = (wanted: readonly LookedUp[]): { most: number; half: number } => {
  const somewhere = wanted.filter(({ documents }) => documents > 0).length;
  if (wanted.length > 0 && somewhere === 0) return { most: 1, half: 1 };
  return {
    most: somewhere <= 2 ? somewhere : Math.floor(somewhere / 2) + 1,
    half: Math.ceil(somewhere / 2),
  };
};
