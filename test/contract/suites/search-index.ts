import { describe, expect, test } from 'vitest';
import type { SearchChange, SearchPage, SearchQuery, SearchRecord } from '#domain/search/ports.ts';
import { asking } from '#test/support/search/open-memory-index.ts';
import { aRecord } from '#test/support/search/records.ts';

export interface OpenedSearch {
  /** As of everything that was applied. */
  search(query: SearchQuery): Promise<SearchPage>;
  /** The same of an index that has public records alone. */
  searchPublic(query: SearchQuery): Promise<SearchPage>;
  apply(changes: readonly SearchChange[]): Promise<void>;
}

type OpenSearch = () => Promise<OpenedSearch>;

const put = (record: SearchRecord, revision = 1): SearchChange => ({ kind: 'put', revision, record });
const remove = (id: string, revision: number): SearchChange => ({ kind: 'remove', revision, id });
const idsOf = ({ hits }: SearchPage) => hits.map(({ id }) => id);
const shown = ({ hits }: SearchPage) =>
  hits.map(({ snippet }) => snippet.map(({ text, isMatch }) => (isMatch ? `[${text}]` : text)).join(''));

const one = (id: string, text: string, more: Partial<SearchRecord> = {}) => aRecord({ id, text, ...more });

/** What an index promises, whatever it is made of. */
export const describeSearchIndex = (open: OpenSearch): void => {
  describeFinding(open);
  describeNarrowing(open);
  describeAudiences(open);
  describeKeeping(open);
};

const describeFinding = (open: OpenSearch) =>
  describe('finding', () => {
    test('an index that nobody has written to is empty', async () => {
      const { search } = await open();
      const counts = { kind: {}, areas: {}, years: {}, unit: {} };
      expect(await search(asking('x'))).toEqual({ hits: [], total: 0, counts, spelling: null });
    });

    test('words, inflected or not, with and without diacritics, in any case', async () => {
      const { search, apply } = await open();
      await apply([
        put(one('a', 'Burglaries in Penllŷn were discussed.')),
        put(one('b', 'Byrgleriaeth', { language: 'cy' })),
      ]);
      for (const words of ['burglary', 'BURGLARIES', 'penllyn', 'Penllŷn burglary'])
        expect(idsOf(await search(asking(words))), words).toEqual(['a']);
      expect(idsOf(await search(asking('byrgleriaeth')))).toEqual(['b']);
    });

    test('phrases, beginnings, and without what is excluded', async () => {
      const { search, apply } = await open();
      await apply([
        put(one('a', 'We stop and search people.')),
        put(one('b', 'They search, and then they stop.')),
        put(one('c', 'A searchlight.')),
      ]);
      expect(idsOf(await search(asking('"stop and search"')))).toEqual(['a']);
      expect(idsOf(await search(asking('search*'))).sort()).toEqual(['a', 'b', 'c']);
      expect(idsOf(await search(asking('search -people')))).toEqual(['b']);
      expect(idsOf(await search(asking('-search'))).sort()).toEqual(['c']);
    });

    test('with typing errors, and says what was searched for instead', async () => {
      const { search, apply } = await open();
      await apply([put(one('a', 'The neighbourhood watch met.'))]);
      const page = await search(asking('neigbourhod wacth'));
      expect(idsOf(page)).toEqual(['a']);
      expect(page.spelling).toBe('neighbourhood watch');
      expect((await search(asking('watch'))).spelling).toBeNull();
      expect((await search(asking('zebra'))).spelling).toBeNull();
    });

    test('by the beginning of a word that is none itself, rather than by another spelling of it', async () => {
      const { search, apply } = await open();
      await apply([
        put(one('a', 'A patrol.')),
        put(one('b', 'Patrols and patrolling.')),
        put(one('c', 'The path.')),
      ]);
      const begun = await search(asking('patr'));
      expect([idsOf(begun).sort(), begun.spelling]).toEqual([['a', 'b'], null]);
      await apply([put(one('d', 'A scholarship.')), put(one('e', 'A school.')), put(one('f', 'Schools.'))]);
      const meant = await search(asking('schol'));
      expect([idsOf(meant).sort(), meant.spelling]).toEqual([['e', 'f'], 'school']);
    });

    test('titles before details before texts, all words before most, the newer of equals first', async () => {
      const { search, apply } = await open();
      const filler = 'nothing else of interest is said here at all';
      await apply([
        put(one('text', `fraud ${filler}`, { title: 'x', details: 'y' })),
        put(one('details', filler, { title: 'x', details: 'fraud' })),
        put(one('title', filler, { title: 'fraud', details: 'y' })),
      ]);
      expect(idsOf(await search(asking('fraud')))).toEqual(['title', 'details', 'text']);
      await apply([
        put(one('all', 'knife crime plan', { date: '2001-01-01' })),
        put(one('most', 'knife crime knife crime knife crime')),
        put(one('older', 'youth', { date: '2010-01-01' })),
        put(one('newer', 'youth', { date: '2011-01-01' })),
      ]);
      expect(idsOf(await search(asking('knife crime plan')))).toEqual(['all', 'most']);
      expect(idsOf(await search(asking('youth')))).toEqual(['newer', 'older']);
    });

    test('everything, newest first and page by page, when nothing is asked for', async () => {
      const { search, apply } = await open();
      await apply(
        Array.from({ length: 25 }, (_, day) => {
          const two = String(day + 1).padStart(2, '0');
          return put(one(two, `text ${day}`, { date: `2012-01-${two}` }));
        }),
      );
      const first = await search(asking('  ', { limit: 10 }));
      expect(first.total).toBe(25);
      expect(idsOf(first).slice(0, 2)).toEqual(['25', '24']);
      expect(first.hits[0]).toMatchObject({ snippet: [], date: '2012-01-25', source: 'documents' });
      expect(idsOf(await search(asking('', { offset: 20, limit: 10 })))).toEqual([
        '05',
        '04',
        '03',
        '02',
        '01',
      ]);
      expect(idsOf(await search(asking('', { offset: 25 })))).toEqual([]);
    });

    test('shows the place, as it was written, with the words marked', async () => {
      const { search, apply } = await open();
      const before = Array.from({ length: 60 }, (_, word) => `before${word}`).join(' ');
      await apply([
        put(one('a', `${before}. The (Café) owners’ STOLEN bicycles,\n\nand more.`, { title: 'No' })),
        put(one('b', 'Nothing.', { title: 'Only the title says canoe' })),
      ]);
      const [snippet = ''] = shown(await search(asking('cafe bicycle')));
      expect(snippet).toMatch(
        /^… before53 before54 .* before59\. The \(\[Café\]\) owners’ STOLEN \[bicycles\], and more\.$/,
      );
      expect(shown(await search(asking('canoe')))).toEqual(['']);
    });

    test('shows what was found behind a word without an end, and words in parts as they were written', async () => {
      const { search, apply } = await open();
      await apply([put(one('a', `Of anti-social youths ${'x'.repeat(5_000)} and a tail. Antisocial too.`))]);
      const [tail = ''] = shown(await search(asking('tail')));
      expect(tail).toMatch(/^… and a \[tail\]\. Antisocial too\.$/);
      const [parts = ''] = shown(await search(asking('anti-social')));
      expect(parts).toMatch(/^Of \[anti-social\] youths/);
    });

    test('shows two places of a long text where one has not all', async () => {
      const { search, apply } = await open();
      const filler = Array.from({ length: 9_000 }, (_, word) => `w${word % 97}`).join(' ');
      await apply([put(one('a', `Apples grow. ${filler} Pears fall.`))]);
      const [snippet = ''] = shown(await search(asking('pears apples')));
      expect(snippet).toMatch(/^\[Apples\] grow\. w0 .* … .* \[Pears\] fall\.$/);
      expect(snippet.length).toBeLessThan(500);
    });
  });

const describeNarrowing = (open: OpenSearch) =>
  describe('narrowing down', () => {
    test('counts what each value would leave in the place of what is chosen', async () => {
      const { search, apply } = await open();
      const facets = (kind: string, areas: readonly string[], year: string) => ({
        facets: { kind, areas, years: [year], unit: '__proto__' },
      });
      await apply([
        put(one('a', 'fox', facets('minutes', ['E1', 'E2'], '2010'))),
        put(one('b', 'fox', facets('minutes', ['E1'], '2011'))),
        put(one('c', 'fox', facets('results', ['E2'], '2011'))),
        put(one('d', 'hen', facets('results', ['E2'], '2011'))),
      ]);
      const page = await search(asking('fox', { filters: { kind: ['minutes'], areas: ['E2', 'E9'] } }));
      expect(idsOf(page)).toEqual(['a']);
      expect(page.total).toBe(1);
      expect(page.counts.kind).toEqual({ minutes: 1, results: 1 });
      expect(page.counts.areas).toEqual({ E1: 2, E2: 1 });
      expect(page.counts.years).toEqual({ '2010': 1 });
      expect(Object.entries(page.counts.unit)).toEqual([['__proto__', 1]]);
      const any = await search(asking('fox', { filters: { kind: [], years: ['2010', '2011'] } }));
      expect(any.total).toBe(3);
    });
  });

const describeAudiences = (open: OpenSearch) =>
  describe('audiences', () => {
    test('what is not in them does not exist: not in hits, counts, nor proposals', async () => {
      const { search, searchPublic, apply } = await open();
      await apply([
        put(one('a', 'budget talks', { audience: 'public' })),
        put(one('b', 'budget redundancies', { audience: 'staff' })),
        put(one('c', 'budget informants', { audience: 'unit:covert' })),
      ]);
      const asPublic = await search(asking('budget', { audiences: ['public'] }));
      expect(asPublic).toMatchObject({ total: 1, counts: { kind: { minutes: 1 } } });
      expect(idsOf(asPublic)).toEqual(['a']);
      expect(idsOf(await search(asking('budget', { audiences: ['public', 'staff'] }))).sort()).toEqual([
        'a',
        'b',
      ]);
      expect((await search(asking('budget', { audiences: [] }))).total).toBe(0);
      for (const words of ['redundancys', 'informnts', 'redund*', '"informants"']) {
        const page = await search(asking(words, { audiences: ['public'] }));
        expect(page, words).toMatchObject({ total: 0, spelling: null });
      }
      expect((await search(asking('informnts', { audiences: ['unit:covert'] }))).spelling).toBe('informants');
      expect((await searchPublic(asking('budget'))).total).toBe(1);
    });

    test('a record that is no longer public vanishes from what the public can search', async () => {
      const { search, searchPublic, apply } = await open();
      await apply([put(one('a', 'draft', { audience: 'public' }), 1)]);
      expect((await searchPublic(asking('draft'))).total).toBe(1);
      await apply([put(one('a', 'draft', { audience: 'staff' }), 2)]);
      await apply([put(one('a', 'draft', { audience: 'public' }), 1)]);
      expect((await searchPublic(asking('draft'))).total).toBe(0);
      expect((await search(asking('draft'))).total).toBe(1);
    });
  });

const describeKeeping = (open: OpenSearch) =>
  describe('keeping', () => {
    test('the highest revision holds, in whatever order they come', async () => {
      const { search, apply } = await open();
      await apply([put(one('a', 'third'), 3)]);
      await apply([put(one('a', 'second'), 2), put(one('b', 'lives'), 1)]);
      expect((await search(asking('second'))).total).toBe(0);
      expect((await search(asking('third'))).total).toBe(1);
      await apply([put(one('a', 'fifth'), 5), put(one('a', 'fourth'), 4)]);
      expect(idsOf(await search(asking('fifth')))).toEqual(['a']);
      expect((await search(asking(''))).total).toBe(2);
    });

    test('what was removed stays away, until it comes again', async () => {
      const { search, apply } = await open();
      await apply([put(one('a', 'fox'), 1)]);
      await apply([remove('a', 2), remove('never', 7)]);
      await apply([put(one('a', 'fox'), 1), put(one('never', 'fox'), 6)]);
      expect((await search(asking('fox'))).total).toBe(0);
      await apply([put(one('a', 'fox'), 3)]);
      expect(idsOf(await search(asking('fox')))).toEqual(['a']);
    });

    test('being told the same twice changes nothing', async () => {
      const { search, apply } = await open();
      const changes = [put(one('a', 'fox'), 1), put(one('b', 'fox hen'), 1)];
      await apply(changes);
      const before = await search(asking('fox'));
      await apply(changes);
      await apply([]);
      expect(await search(asking('fox'))).toEqual(before);
    });

    test('several writers at once lose nothing', async () => {
      const { search, apply } = await open();
      await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          apply([put(one(`own-${index}`, 'fox'), 1), put(one('shared', `fox by${index}`), index)]),
        ),
      );
      const { total, hits } = await search(asking('fox', { limit: 50 }));
      expect(total).toBe(9);
      expect(new Set(hits.map(({ id }) => id)).size).toBe(9);
      expect(idsOf(await search(asking('by7')))).toEqual(['shared']);
    });
  });
