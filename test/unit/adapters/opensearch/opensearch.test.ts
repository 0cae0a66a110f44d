import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildSearch, knownFilter } from '#adapters/opensearch/build-query.ts';
import { OpenSearchIndex } from '#adapters/opensearch/search-index.ts';
import { OpenSearchIndexWriter } from '#adapters/opensearch/search-index-writer.ts';
import type { OpenSearchSettings } from '#adapters/opensearch/signed-client.ts';
import { anyText } from '#test/support/any-text.ts';
import { FixedClock } from '#test/support/fixed-clock.ts';
import { asking } from '#test/support/search/open-memory-index.ts';
import {
  CREDENTIALS,
  type RecordedAnswer,
  startRecordedOpenSearch,
} from '#test/support/search/recorded-opensearch.ts';
import { aRecord } from '#test/support/search/records.ts';

const open = async (answers: RecordedAnswer[], secret = CREDENTIALS.secretAccessKey) => {
  const { endpoint, requests } = await startRecordedOpenSearch(answers);
  const settings: OpenSearchSettings = {
    ...{ endpoint, region: 'eu-west-2', service: 'es' },
    credentials: async () => ({ ...CREDENTIALS, secretAccessKey: secret }),
  };
  const clock = new FixedClock('2026-11-23T09:30:00.000Z');
  const writer = new OpenSearchIndexWriter(settings, clock, [
    { index: 'staff', takes: () => true },
    { index: 'public', takes: ({ audience }) => audience === 'public' },
  ]);
  return { requests, writer, index: new OpenSearchIndex(settings, clock, { index: 'staff' }) };
};

const made = { body: { acknowledged: true } };

/** A process that has made its two indexes first, as it does before its first change; requests are those after that. */
const openMade = async (answers: RecordedAnswer[]) => {
  const { writer, requests } = await open([made, made, ...answers]);
  return { writer, later: () => requests.filter(({ method }) => method !== 'PUT') };
};

const done = (...statuses: number[]) => ({
  body: { errors: false, items: statuses.map((status) => ({ index: { _index: 'x', _id: 'y', status } })) },
});

const NO_COUNTS = { doc_count: 0, values: { buckets: [] } };

const found = (
  more: { hits?: unknown[]; words?: Record<string, number>; kinds?: Record<string, number> } = {},
) => {
  const { hits = [], words = {}, kinds = {} } = more;
  const buckets = Object.entries(kinds).map(([key, doc_count]) => ({ key, doc_count }));
  const has = Object.fromEntries(Object.entries(words).map(([word, doc_count]) => [word, { doc_count }]));
  return {
    body: {
      ...{ took: 3, timed_out: false, _shards: { total: 1, successful: 1, skipped: 0, failed: 0 } },
      hits: { total: { value: hits.length, relation: 'eq' }, max_score: null, hits },
      aggregations: {
        ...{
          kind: { doc_count: 2, values: { buckets } },
          areas: NO_COUNTS,
          years: NO_COUNTS,
          unit: NO_COUNTS,
        },
        words: { doc_count: 9, known: { doc_count: 5, has: { buckets: has } } },
      },
    },
  };
};

describe('writing to OpenSearch', () => {
  it('sends revisions as external versions, and to the public index an empty document for what is not public', async () => {
    const { writer, later } = await openMade([done(201, 409, 200, 200)]);
    await writer.apply([
      {
        kind: 'put',
        revision: 7,
        record: aRecord({ id: 'documents/a', audience: 'staff', text: 'x\u0002y' }),
      },
      { kind: 'remove', revision: 8, id: 'documents/b' },
    ]);
    const requests = later();
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({ method: 'POST', path: '/_bulk', type: 'application/x-ndjson' });
    const lines = (requests[0]?.body ?? '')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const action = (_index: string, _id: string, version: number) => ({
      index: { _index, _id, version, version_type: 'external' },
    });
    const removed = { removedAt: '2026-11-23T09:30:00.000Z' };
    const { id, source, title, date, details, language, audience, facets } = aRecord({
      id: 'documents/a',
      audience: 'staff',
    });
    expect(lines).toEqual([
      action('staff', 'documents/a', 7),
      {
        ...{ id, source, title, date, details, language, audience, ...facets, text: 'x y' },
        ...{ title_en: title, details_en: details, text_en: 'x y' },
      },
      action('staff', 'documents/b', 8),
      removed,
      action('public', 'documents/a', 7),
      removed,
      action('public', 'documents/b', 8),
      removed,
    ]);
  });

  it('takes a conflict of versions for done, and throws for everything else', async () => {
    const { writer } = await openMade([
      done(409, 409),
      done(200, 400),
      { status: 403, body: { error: { type: 'x' } } },
    ]);
    const change = { kind: 'remove', revision: 8, id: 'b' } as const;
    await writer.apply([change]);
    await expect(writer.apply([change])).rejects.toThrow('OpenSearch answered 400 (a change in a batch)');
    await expect(writer.apply([change])).rejects.toThrow('OpenSearch answered 403 (x)');
  });

  it('tries again when it is asked to wait, and splits what is too much for one request', async () => {
    const { writer, later } = await openMade([
      { status: 429, body: {} },
      done(200),
      done(200),
      done(200),
      done(200),
    ]);
    const text = 'x'.repeat(2_000_000);
    await writer.apply(['a', 'b'].map((id) => ({ kind: 'put', revision: 1, record: aRecord({ id, text }) })));
    expect(later().every(({ body }) => body.length < 5_000_000)).toBe(true);
    expect(later()).toHaveLength(5);
  });

  it('makes indexes that are not there, and deletes what took the place of records thirty days ago', async () => {
    const exists = { status: 400, body: { error: { type: 'resource_already_exists_exception' } } };
    const { writer, requests } = await open([
      { body: { acknowledged: true } },
      exists,
      { body: {} },
      { body: {} },
    ]);
    await writer.create();
    await writer.sweep();
    expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'PUT /staff',
      'PUT /public',
      'POST /staff/_delete_by_query?conflicts=proceed',
      'POST /public/_delete_by_query?conflicts=proceed',
    ]);
    expect(JSON.parse(requests[2]?.body ?? '')).toEqual({
      query: { range: { removedAt: { lt: '2026-10-24T09:30:00.000Z' } } },
    });
  });

  it('is refused when it is signed by somebody else', async () => {
    const { writer } = await open([done(200)], 'another secret');
    await expect(writer.sweep()).rejects.toThrow('OpenSearch answered 403 (security_exception)');
  });
});

describe('searching OpenSearch', () => {
  it('asks once for hits, counts and words, and answers in the shape of the port', async () => {
    const hit = {
      ...{ _index: 'staff', _id: 'documents/a', _score: 1012.34, sort: [1012.34, 1, 'a'] },
      _source: { id: 'documents/a', source: 'documents', title: 'Fox', date: '2012-01-01' },
      highlight: { text_en: ['the \u0002fox\u0003 ran', '\u0002Foxes\u0003'], text: ['the fox'] },
    };
    const { index, requests } = await open([
      found({ hits: [hit], words: { youth: 3, crime: 2 }, kinds: { minutes: 1, results: 2 } }),
    ]);
    const query = asking('youth crime "by night" -fox anti-social poach*', {
      ...{ audiences: ['public', 'staff'], source: 'documents', offset: 10, limit: 20 },
      filters: { kind: ['minutes'], areas: ['E1', 'E2'] },
    });
    expect(await index.search(query)).toEqual({
      hits: [
        {
          ...{ id: 'documents/a', source: 'documents', title: 'Fox', date: '2012-01-01', score: 1012.3 },
          snippet: [
            { text: 'the ', isMatch: false },
            { text: 'fox', isMatch: true },
            { text: ' ran', isMatch: false },
            { text: ' … ', isMatch: false },
            { text: 'Foxes', isMatch: true },
          ],
        },
      ],
      total: 1,
      counts: { kind: { minutes: 1, results: 2 }, areas: {}, years: {}, unit: {} },
      spelling: null,
    });
    const [request] = requests;
    expect(request).toMatchObject({ method: 'POST', path: '/staff/_search', type: 'application/json' });
    const body = JSON.parse(request?.body ?? '');
    expect(body).toMatchObject({ from: 10, size: 20, track_total_hits: true });
    const known = {
      bool: { filter: [{ terms: { audience: ['public', 'staff'] } }, { term: { source: 'documents' } }] },
    };
    expect(body.query.bool.filter).toEqual([known]);
    expect(body.aggs.words.aggs.known.filter).toEqual(known);
    const [kind, areas] = [{ terms: { kind: ['minutes'] } }, { terms: { areas: ['E1', 'E2'] } }];
    expect(body.post_filter.bool.filter).toEqual([kind, areas]);
    expect(body.aggs.kind.filter.bool.filter).toEqual([areas]);
    expect(body.aggs.areas.filter.bool.filter).toEqual([kind]);
    expect(body.aggs.years.filter.bool.filter).toEqual([kind, areas]);
    const [some, phrase] = body.query.bool.must;
    expect(some.bool).toMatchObject({ minimum_should_match: 3 });
    expect(some.bool.should).toHaveLength(5);
    expect(phrase.multi_match).toMatchObject({ query: 'by night', type: 'phrase' });
    expect(body.query.bool.must_not).toHaveLength(1);
    expect(body.sort).toEqual([{ _score: 'desc' }, { date: 'desc' }, { id: 'asc' }]);
  });

  it('proposes a similar word only when it is in a document that exists for whoever searches', async () => {
    const suggestion = (words: string[]) => ({
      body: {
        hits: { total: { value: 0 }, hits: [] },
        suggest: {
          burglry: [{ text: 'burglry', options: words.map((text) => ({ text, score: 0.8, freq: 9 })) }],
        },
      },
    });
    const { index, requests } = await open([
      found({ words: { burglry: 0 } }),
      suggestion(['informant', 'burglary']),
      found({ words: { informant: 0, burglary: 2 } }),
      found({ words: { burglary: 2 } }),
      found({ words: { burglry: 0 } }),
      suggestion(['informant']),
      found({ words: { informant: 0 } }),
    ]);
    const query = asking('burglry', { audiences: ['public'] });
    expect((await index.search(query)).spelling).toBe('burglary');
    expect((await index.search(query)).spelling).toBeNull();
    expect(requests).toHaveLength(7);
    const counting = JSON.parse(requests[2]?.body ?? '');
    expect(counting.aggs.words.aggs.known.filter).toEqual(knownFilter(query));
    expect(JSON.parse(requests[3]?.body ?? '').aggs.words.aggs.known.aggs.has.filters.filters).toHaveProperty(
      'burglary',
    );
  });

  it('asks for everything, newest first, when nothing is asked for, and never beyond what OpenSearch shows', () => {
    const body = buildSearch(asking('', { offset: 9_995, limit: 50 })) as Record<string, unknown>;
    expect(body).toMatchObject({
      from: 9_995,
      size: 5,
      query: { bool: { must: [], must_not: [], should: [] } },
    });
    expect(buildSearch(asking('', { offset: 20_000 }))).toMatchObject({ from: 0, size: 0 });
    expect(knownFilter(asking('', { audiences: [] }))).toEqual({
      bool: { filter: [{ terms: { audience: [] } }] },
    });
  });

  it('has the audiences in every request, whatever is typed', () => {
    fc.assert(
      fc.property(anyText(80), (words) => {
        const query = asking(words, { audiences: ['public'] });
        const body = JSON.parse(JSON.stringify(buildSearch(query)));
        expect(body.query.bool.filter).toEqual([knownFilter(query)]);
        if (body.aggs.words) expect(body.aggs.words.aggs.known.filter).toEqual(knownFilter(query));
      }),
      { numRuns: 300 },
    );
  });

  it('is an error when the answer is not as it should be', async () => {
    const { index } = await open([
      { body: { hits: {} } },
      { status: 404, body: { error: { type: 'index_not_found_exception' } } },
    ]);
    await expect(index.search(asking('fox'))).rejects.toThrow();
    await expect(index.search(asking('fox'))).rejects.toThrow(
      'OpenSearch answered 404 (index_not_found_exception)',
    );
  });
});
