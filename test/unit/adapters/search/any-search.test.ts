import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildSegment } from '#adapters/search/build-segment.ts';
import { SegmentDamaged } from '#adapters/search/bytes.ts';
import { readManifest } from '#adapters/search/manifest.ts';
import { mergeSegments } from '#adapters/search/merge-segments.ts';
import { Segment } from '#adapters/search/segment.ts';
import { unpackText } from '#adapters/search/text-blocks.ts';
import type { Audience, SearchChange, SearchPage, SearchQuery, SearchRecord } from '#domain/search/ports.ts';
import { anyText } from '#test/support/any-text.ts';
import { readCorpus } from '#test/support/search/corpus.ts';
import { asking, openMemoryIndex } from '#test/support/search/open-memory-index.ts';
import { aRecord } from '#test/support/search/records.ts';

/** Far from each other, so that none is taken for another's typing error. */
const WORDS = [
  'burglary',
  'fox',
  'mountain',
  'precept',
  'zebra',
  'heddlu',
  'gwyrdd',
  '2010',
  'anti-social',
  'quietly',
];
const AUDIENCES: readonly Audience[] = ['public', 'staff', 'unit:a', 'unit:b'];
const IDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
const KINDS = ['minutes', 'results', 'guidance'];

const words = fc.array(fc.constantFrom(...WORDS), { maxLength: 8 }).map((all) => all.join(' '));

const aRecordOf = (id: fc.Arbitrary<string>): fc.Arbitrary<SearchRecord> =>
  fc
    .record({
      ...{ id, title: words, details: words, text: words },
      audience: fc.constantFrom(...AUDIENCES),
      language: fc.constantFrom('en', 'cy', 'en-GB'),
      date: fc.constantFrom('2010-01-01', '2011-05-05', '2012-12-31'),
      kind: fc.constantFrom(...KINDS),
      areas: fc.subarray(['E1', 'E2', 'E3']),
    })
    .map(({ kind, areas, ...record }) =>
      aRecord({ ...record, facets: { kind, areas, years: [record.date.slice(0, 4)], unit: 'u' } }),
    );

const aChange: fc.Arbitrary<SearchChange> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('put' as const),
      revision: fc.nat(30),
      record: aRecordOf(fc.constantFrom(...IDS)),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('remove' as const),
      revision: fc.nat(30),
      id: fc.constantFrom(...IDS),
    }),
  },
);

const idOf = (change: SearchChange) => (change.kind === 'put' ? change.record.id : change.id);

/** Of each record the change with the highest revision: what the index should come to, in whatever order it is told. */
const modelOf = (changes: readonly SearchChange[]): SearchRecord[] => {
  const last = new Map<string, SearchChange>();
  for (const change of changes)
    if ((last.get(idOf(change))?.revision ?? -1) < change.revision) last.set(idOf(change), change);
  return [...last.values()].flatMap((change) => (change.kind === 'put' ? [change.record] : []));
};

const hasAll = ({ title, details, text }: SearchRecord, wanted: readonly string[]): boolean => {
  const all = `${title} ${details} ${text}`.split(' ');
  return wanted.every((word) => all.includes(word));
};

const mayKnow = ({ audience }: SearchRecord, { audiences }: SearchQuery) =>
  audiences === 'all' || audiences.includes(audience);

const isChosen = ({ facets }: SearchRecord, { filters }: SearchQuery, but?: string): boolean =>
  (but === 'kind' || !filters.kind?.length || filters.kind.includes(facets.kind)) &&
  (but === 'areas' || !filters.areas?.length || facets.areas.some((area) => filters.areas?.includes(area)));

const countEach = (values: readonly string[]) => {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
};

/** Changes as they are told: no two of one record with the same revision, of which none could be said to be the last. */
const someChanges = (most: number) =>
  fc.uniqueArray(aChange, { maxLength: most, selector: (change) => `${idOf(change)} ${change.revision}` });

const someAudiences = fc.oneof(fc.constant('all' as const), fc.subarray([...AUDIENCES]));

describe('an index', () => {
  it('finds what a filter over all records finds, however it came about', async () => {
    await fc.assert(
      fc.asyncProperty(
        someChanges(60),
        fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 60 }),
        fc.array(
          fc.record({
            wanted: fc.uniqueArray(fc.constantFrom(...WORDS), { maxLength: 3 }),
            audiences: someAudiences,
            kind: fc.subarray(KINDS),
            areas: fc.subarray(['E1', 'E2', 'E3', 'E4']),
          }),
          { minLength: 1, maxLength: 5 },
        ),
        async (changes, sizes, queries) => {
          const { writer, index } = openMemoryIndex();
          for (let at = 0, batch = 0; at < changes.length; batch += 1) {
            const size = sizes[batch % sizes.length] ?? 1;
            await writer.apply(changes.slice(at, at + size));
            at += size;
          }
          const model = modelOf(changes);
          for (const { wanted, audiences, kind, areas } of queries) {
            const typed = wanted.map((word) => `"${word}"`).join(' ');
            const query = asking(typed, { audiences, filters: { kind, areas }, limit: 100 });
            const page = await index.search(query);
            const known = model.filter((record) => mayKnow(record, query) && hasAll(record, wanted));
            const expected = known.filter((record) => isChosen(record, query));
            expect(page.hits.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
            expect(page.total).toBe(expected.length);
            const left = (but: string) => known.filter((record) => isChosen(record, query, but));
            expect(page.counts.kind).toEqual(countEach(left('kind').map(({ facets }) => facets.kind)));
            expect(page.counts.areas).toEqual(countEach(left('areas').flatMap(({ facets }) => facets.areas)));
            expect(page.counts.unit).toEqual(countEach(expected.map(({ facets }) => facets.unit)));
            expect(page.spelling).toBeNull();
          }
        },
      ),
      { numRuns: 150 },
    );
  }, 60_000);

  it('answers the same, scores and all, in however many segments it lies', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(aRecordOf(fc.constantFrom(...IDS)), { selector: ({ id }) => id }),
        fc.shuffledSubarray(WORDS, { maxLength: 4 }),
        async (records, wanted) => {
          const apart = openMemoryIndex();
          for (const record of records.toReversed()) await apart.put([record]);
          const together = openMemoryIndex();
          await together.put(records);
          const query = asking(wanted.join(' '));
          expect(await apart.index.search(query)).toEqual(await together.index.search(query));
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('what somebody may not know', () => {
  const typed = fc
    .array(
      fc.oneof(
        fc.constantFrom(...WORDS, 'burglery', 'mountian', 'zebr*', 'precpet', '-fox', '"quietly fox"'),
        anyText(6),
      ),
      {
        maxLength: 5,
      },
    )
    .map((all) => all.join(' '));

  it('makes no difference to any answer: it is that of an index without it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(aRecordOf(fc.constantFrom(...IDS)), { selector: ({ id }) => id }),
        fc.subarray([...AUDIENCES]),
        fc.array(typed, { minLength: 1, maxLength: 4 }),
        fc.subarray(KINDS),
        async (records, audiences, queries, kind) => {
          const whole = openMemoryIndex();
          await whole.put(records);
          const without = openMemoryIndex();
          await without.put(records.filter(({ audience }) => audiences.includes(audience)));
          for (const one of queries) {
            const more = { filters: { kind }, limit: 5 };
            const answer = await whole.index.search(asking(one, { ...more, audiences }));
            expect(answer).toEqual(await without.index.search(asking(one, { ...more, audiences: 'all' })));
          }
        },
      ),
      { numRuns: 300 },
    );
  }, 60_000);
});

describe('whatever somebody types', () => {
  const { index, ready } = openMemoryIndex(readCorpus());
  beforeAll(() => ready);

  const search = async (typed: string): Promise<SearchPage> => {
    const began = performance.now();
    const page = await index.search(asking(typed));
    expect(performance.now() - began).toBeLessThan(2_000);
    for (const { snippet } of page.hits)
      for (const { text } of snippet) expect(text.isWellFormed()).toBe(true);
    return page;
  };

  it('is answered', async () => {
    await fc.assert(
      fc.asyncProperty(anyText(60), async (typed) => {
        await search(typed);
      }),
      { numRuns: 400 },
    );
  }, 60_000);

  it.each([
    ['a long word', 'a'.repeat(10_000)],
    ['long words with typing errors', 'neighbourhooood '.repeat(700)],
    ['many words', Array.from({ length: 3_000 }, (_, word) => `w${word}`).join(' ')],
    ['many beginnings', 'a* b* c* s* t* '.repeat(700)],
    ['operators', '-"*"-*- '.repeat(1_250)],
    ['quotation marks', '"'.repeat(10_000)],
    ['hyphens', 'a-'.repeat(5_000)],
    ['apostrophes', "'".repeat(10_000)],
    ['marks without letters', '\u0301'.repeat(10_000)],
    ['halves of characters', '\ud83d '.repeat(5_000)],
    ['blanks', ' \t\n'.repeat(3_333)],
    ['the names of properties', '__proto__ constructor toString'],
    ['an expression that takes long', `${'(a+)+'.repeat(100)}$`],
  ])('is answered soon: %s', async (_, typed) => {
    await search(typed);
  });
});

describe('a segment', () => {
  const { index: bytes } = buildSegment(
    readCorpus().map((record) => ({ record, revision: 1 })),
    [{ digest: '00'.repeat(16), revision: 3, at: 5 }],
  );

  it('of any bytes is refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (any) => {
        expect(() => new Segment(any)).toThrow(SegmentDamaged);
      }),
    );
  });

  it('with any byte changed, cut off or added is refused', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const changed = bytes.slice();
        changed[at] = ((changed[at] ?? 0) + by) % 256;
        expect(() => new Segment(changed)).toThrow(SegmentDamaged);
        expect(() => new Segment(bytes.slice(0, at))).toThrow(SegmentDamaged);
        expect(() => new Segment(Uint8Array.from([...bytes, by]))).toThrow(SegmentDamaged);
      }),
      { numRuns: 200 },
    );
  });

  it('that was changed by somebody who mends the checksum is refused or read, and never without an end', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(bytes.length - 13), fc.nat(255)), { minLength: 1, maxLength: 40 }),
        (changes) => {
          const forged = bytes.slice();
          for (const [at, value] of changes) forged[12 + at] = value;
          new Uint32Array(forged.buffer)[2] = crc32(forged.subarray(12));
          try {
            const segment = new Segment(forged);
            mergeSegments([{ segment, texts: new Uint8Array(0), dead: new Uint8Array(0) }], 0);
          } catch (fault) {
            expect(fault).toBeInstanceOf(SegmentDamaged);
          }
        },
      ),
      { numRuns: 400 },
    );
  }, 60_000);

  it('has texts and a manifest that are refused when they are none', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 100 }), (any) => {
        expect(() => readManifest(any)).toThrow(SegmentDamaged);
        try {
          unpackText(any);
        } catch (fault) {
          expect(fault).toBeInstanceOf(SegmentDamaged);
        }
      }),
    );
  });
});
