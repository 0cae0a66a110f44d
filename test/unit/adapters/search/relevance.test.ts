import { beforeAll, expect, test } from 'vitest';
import { type JudgedQuery, readCorpus, readQueries } from '#test/support/search/corpus.ts';
import { mean, ndcgAt10 } from '#test/support/search/ndcg.ts';
import { asking, openMemoryIndex } from '#test/support/search/open-memory-index.ts';
import { miniSearch, substringScan } from '#test/support/search/rivals.ts';

/* What was found for people is judged in test/corpus/search/queries.tsv; the judgements are older than the ranking. */

const records = readCorpus();
const queries = readQueries();
const ours = new Map<string, number>();

const judge = (find: (words: string) => readonly string[]) =>
  queries.map(({ words, relevant }) => ndcgAt10(find(words), relevant));

const meanOf = (kind: JudgedQuery['kind']) =>
  mean(queries.filter((query) => query.kind === kind).map(({ words }) => ours.get(words) ?? 0));

beforeAll(async () => {
  const { index, ready } = openMemoryIndex(records);
  await ready;
  for (const { words, relevant } of queries) {
    const { hits } = await index.search(asking(words));
    ours.set(
      words,
      ndcgAt10(
        hits.map(({ id }) => id),
        relevant,
      ),
    );
  }
});

test('what people look for comes first: nDCG@10 of 0.94 at least, over all that was judged', () => {
  expect(queries.length).toBeGreaterThanOrEqual(40);
  expect(records.length).toBeGreaterThanOrEqual(60);
  expect(mean([...ours.values()])).toBeGreaterThanOrEqual(0.94);
});

test('no worse than a scan for substrings, nor than MiniSearch', () => {
  const own = mean([...ours.values()]);
  expect(own).toBeGreaterThanOrEqual(mean(judge(substringScan(records))));
  expect(own).toBeGreaterThanOrEqual(mean(judge(miniSearch(records))));
});

test('every relevance that is judged is of a document that is there', () => {
  const ids = new Set(records.map(({ id }) => id));
  for (const { relevant } of queries) for (const id of relevant.keys()) expect(ids).toContain(id);
});

test.each([
  ['phrase', 0.95],
  ['inflected', 0.9],
  ['misspelt', 0.9],
  ['prefix', 0.95],
  ['excluded', 0.95],
  ['nowhere', 1],
])('queries of the kind %s reach %s', (kind, least) => {
  expect(meanOf(kind)).toBeGreaterThanOrEqual(least);
});
