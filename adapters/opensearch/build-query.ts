import { joinedOf, type ParsedQuery, parseQuery, type Wanted } from '#adapters/search/parse-query.ts';
import { forgivenErrors } from '#adapters/search/similar-terms.ts';
import type { SearchFacets, SearchQuery } from '#domain/search/ports.ts';
import { highlighting } from './highlight.ts';
import { allFields, plainFields } from './mapping.ts';

type Json = Readonly<Record<string, unknown>>;

export const facetNames = ['kind', 'areas', 'years', 'unit'] as const satisfies (keyof SearchFacets)[];

/** `index.max_result_window`: what lies behind is not shown. */
const MOST_RESULTS = 10_000;
const MOST_HITS = 100;
const MOST_VALUES = 10_000;
/** More than any score: what has all words comes before what has most. */
const ALL_WORDS = 1_000;

/** What exists for whoever searches. In everything that is asked, so that nothing else is found, counted or proposed. */
export const knownFilter = ({ audiences, source }: SearchQuery): Json => ({
  bool: {
    filter: [
      audiences === 'all' ? { exists: { field: 'audience' } } : { terms: { audience: audiences } },
      ...(source === undefined ? [] : [{ term: { source } }]),
    ],
  },
});

/** The whole request: hits, counts, snippets, and for each word whether it is anywhere. */
export const buildSearch = (query: SearchQuery, parsed: ParsedQuery = parseQuery(query.words)): Json => {
  const size = Math.max(0, Math.min(query.limit, MOST_HITS, MOST_RESULTS - query.offset));
  return {
    ...{ from: size === 0 ? 0 : query.offset, size, track_total_hits: true, track_scores: true },
    query: queryOf(query, parsed),
    post_filter: { bool: { filter: facetNames.flatMap((name) => chosen(query, name)) } },
    sort: [{ _score: 'desc' }, { date: 'desc' }, { id: 'asc' }],
    _source: ['id', 'source', 'title', 'date'],
    highlight: highlighting,
    aggs: { ...countsOf(query), ...occurrences(query, correctable(parsed)) },
  };
};

const queryOf = (query: SearchQuery, { wanted, excluded }: ParsedQuery): Json => {
  const words = wanted.map(one);
  const must = wanted.filter(({ isQuoted }) => isQuoted).map(one);
  const most = words.length <= 2 ? words.length : Math.floor(words.length / 2) + 1;
  const some = words.length === 0 ? [] : [{ bool: { should: words, minimum_should_match: most } }];
  const all = { constant_score: { filter: { bool: { must: words } }, boost: ALL_WORDS } };
  const close = {
    multi_match: { query: wanted.map(textOf).join(' '), type: 'phrase', slop: 5, fields: plainFields },
  };
  return {
    bool: {
      filter: [knownFilter(query)],
      must: [...some, ...must],
      must_not: excluded.map(one),
      should: words.length > 1 ? [all, close] : [],
    },
  };
};

const textOf = ({ parts }: Wanted): string => parts.join(' ');

/** One thing that is wanted. */
const one = (wanted: Wanted): Json => {
  const query = textOf(wanted);
  if (wanted.isPrefix)
    return { multi_match: { query, type: 'phrase_prefix', fields: plainFields, max_expansions: 1_000 } };
  if (wanted.isQuoted) return { multi_match: { query, type: 'phrase', fields: plainFields } };
  const joined = joinedOf(wanted);
  const word = { multi_match: { query, type: 'best_fields', tie_breaker: 0.3, fields: allFields } };
  if (joined === null) return word;
  const inParts = { multi_match: { query, type: 'phrase', fields: allFields } };
  return { dis_max: { queries: [inParts, { multi_match: { query: joined, fields: allFields } }] } };
};

const chosen = ({ filters }: SearchQuery, name: keyof SearchFacets): Json[] => {
  const values = filters[name] ?? [];
  return values.length === 0 ? [] : [{ terms: { [name]: values } }];
};

/** Each facet counts what all other facets let through. */
const countsOf = (query: SearchQuery): Json =>
  Object.fromEntries(
    facetNames.map((name) => {
      const others = facetNames.filter((other) => other !== name).flatMap((other) => chosen(query, other));
      const values = { terms: { field: name, size: MOST_VALUES } };
      return [name, { filter: { bool: { filter: others } }, aggs: { values } }];
    }),
  );

/** The single words in which a typing error would be forgiven. */
export const correctable = ({ wanted }: ParsedQuery): Wanted[] =>
  wanted.filter(
    ({ parts, isPrefix, isQuoted }) =>
      parts.length === 1 && !isPrefix && !isQuoted && forgivenErrors(parts[0] ?? '') > 0,
  );

/** Counts in how many of the documents that exist for whoever searches each word is: not only in those that are found. */
export const occurrences = (query: SearchQuery, words: readonly Wanted[]): Json => {
  if (words.length === 0) return {};
  const filters = Object.fromEntries(words.map((word) => [textOf(word), one(word)]));
  return {
    words: {
      global: {},
      aggs: { known: { filter: knownFilter(query), aggs: { has: { filters: { filters } } } } },
    },
  };
};

/** Asks for similar words of the whole index; which of them may be named is asked afterwards. */
export const buildSuggest = (words: readonly Wanted[]): Json => ({
  size: 0,
  query: { match_none: {} },
  suggest: Object.fromEntries(
    words.map((word) => {
      const text = textOf(word);
      const term = { field: 'text', size: 20, suggest_mode: 'always', prefix_length: 0, min_word_length: 4 };
      return [text, { text, term: { ...term, max_edits: forgivenErrors(text) } }];
    }),
  ),
});
