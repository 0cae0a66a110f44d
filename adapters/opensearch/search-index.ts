import * as z from 'zod';
import { type ParsedQuery, parseQuery, type Wanted } from '#adapters/search/parse-query.ts';
import { type SearchIndex, type SearchPage, type SearchQuery, searchSources } from '#domain/search/ports.ts';
import type { Clock } from '#domain/shared/clock.ts';
import { buildSearch, buildSuggest, correctable, facetNames, occurrences } from './build-query.ts';
import { readHighlight } from './highlight.ts';
import { type OpenSearchSettings, SignedClient } from './signed-client.ts';

const bucketsOf = z.object({
  values: z.object({ buckets: z.array(z.object({ key: z.string(), doc_count: z.number() })) }),
});

const wordsOf = z.object({
  known: z.object({ has: z.object({ buckets: z.record(z.string(), z.object({ doc_count: z.number() })) }) }),
});

const searchAnswer = z.object({
  hits: z.object({
    total: z.object({ value: z.number() }),
    hits: z.array(
      z.object({
        _score: z.number().nullable(),
        _source: z.object({
          id: z.string(),
          source: z.enum(searchSources),
          title: z.string(),
          date: z.string(),
        }),
        highlight: z
          .object({ text: z.array(z.string()), text_en: z.array(z.string()) })
          .partial()
          .optional(),
      }),
    ),
  }),
  aggregations: z.object({
    ...{ kind: bucketsOf, areas: bucketsOf, years: bucketsOf, unit: bucketsOf, words: wordsOf.optional() },
  }),
});
type SearchAnswer = z.infer<typeof searchAnswer>;

const wordsAnswer = z.object({ aggregations: z.object({ words: wordsOf }) });

const suggestAnswer = z.object({
  suggest: z.record(
    z.string(),
    z.array(z.object({ options: z.array(z.object({ text: z.string(), score: z.number() })) })),
  ),
});

/**
 * Searches an index of OpenSearch, for archives that outgrow the memory of a function. Audiences are a filter in every
 * query, count and proposal. A similar word is proposed when it is in a document that exists for whoever searches:
 * OpenSearch takes proposals from all documents, so each is counted again among those. Scores weigh words by all
 * documents of a shard: they may differ by what somebody does not know, and are rounded to a tenth.
 *
 * No OpenSearch was at hand when this was written: it is tested against the documented shapes of requests and answers.
 */
export class OpenSearchIndex implements SearchIndex {
  readonly #client: SignedClient;
  readonly #index: string;

  constructor(settings: OpenSearchSettings, clock: Clock, { index }: { index: string }) {
    this.#client = new SignedClient(settings, clock);
    this.#index = index;
  }

  async search(query: SearchQuery): Promise<SearchPage> {
    const parsed = parseQuery(query.words);
    const answer = searchAnswer.parse(await this.#ask(buildSearch(query, parsed)));
    const missing = correctable(parsed).filter((word) => countOf(answer.aggregations.words, word) === 0);
    if (missing.length === 0) return pageOf(answer, null);
    const spelling = await this.#correct(query, parsed, missing);
    if (spelling === null) return pageOf(answer, null);
    const corrected = await this.#ask(buildSearch({ ...query, words: spelling }));
    return pageOf(searchAnswer.parse(corrected), spelling);
  }

  /** The query with similar words in the place of those that are nowhere; null when there are none. */
  async #correct(
    query: SearchQuery,
    { typed }: ParsedQuery,
    missing: readonly Wanted[],
  ): Promise<string | null> {
    const { suggest } = suggestAnswer.parse(await this.#ask(buildSuggest(missing)));
    const optionsOf = ({ parts: [word = ''] }: Wanted) =>
      (suggest[word] ?? []).flatMap(({ options }) => options.map(({ text }) => text));
    const options = [...new Set(missing.flatMap(optionsOf))];
    if (options.length === 0) return null;
    const counted = await this.#ask({
      ...{ size: 0, query: { match_none: {} } },
      aggs: occurrences(query, options.map(wordAlone)),
    });
    const { words } = wordsAnswer.parse(counted).aggregations;
    let spelling = typed;
    for (const word of missing.toReversed()) {
      const found = optionsOf(word).find((option) => countOf(words, wordAlone(option)) > 0);
      if (found) spelling = spelling.slice(0, word.start) + found + spelling.slice(word.end);
    }
    return spelling === typed ? null : spelling.trim();
  }

  #ask(body: object): Promise<unknown> {
    return this.#client.call('POST', `/${this.#index}/_search`, JSON.stringify(body));
  }
}

const wordAlone = (word: string): Wanted => ({
  ...{ parts: [word], isPrefix: false, isQuoted: true, position: 0, start: 0, end: word.length },
});

const countOf = (words: z.infer<typeof wordsOf> | undefined, { parts: [word = ''] }: Wanted): number =>
  words?.known.has.buckets[word]?.doc_count ?? 0;

const pageOf = ({ hits, aggregations }: SearchAnswer, spelling: string | null): SearchPage => ({
  hits: hits.hits.map(({ _score, _source, highlight }) => ({
    ..._source,
    score: Math.round((_score ?? 0) * 10) / 10,
    snippet: readHighlight(highlight?.text_en ?? highlight?.text ?? []),
  })),
  total: hits.total.value,
  counts: Object.fromEntries(
    facetNames.map((name) => {
      const { buckets } = aggregations[name].values;
      return [name, Object.fromEntries(buckets.map(({ key, doc_count }) => [key, doc_count]))];
    }),
  ) as SearchPage['counts'],
  spelling,
});
