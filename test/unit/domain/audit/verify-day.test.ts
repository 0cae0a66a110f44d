import { beforeEach, describe, expect, test } from 'vitest';
import { sha256 } from '#adapters/system/digest.ts';
import { canonical, hashOf, type Seal } from '#domain/audit/seals.ts';
import { asNew, DAY, entryAt, openTrail } from './world.ts';

let trail: ReturnType<typeof openTrail>;
const entries = [0, 10, 20, 30].map((minutes) => entryAt(minutes));
const keys = entries.map((entry) => asNew(entry).key);
const [first, second, third, last] = keys as [string, string, string, string];

beforeEach(async () => {
  trail = openTrail();
  await trail.write(...entries);
});

const resealed = (seal: Seal, changes: Partial<Seal>): Seal => {
  const link = { ...seal, ...changes };
  return { ...link, hash: hashOf(sha256, link) };
};

describe('a trail that is as it was written', () => {
  test('has no faults, and tells where its chain ends', async () => {
    const { found, verified } = await trail.verify();
    expect(found).toEqual([]);
    expect(verified).toMatchObject({ day: DAY, entries: 4, sealed: 4, waiting: 0, faults: 0 });
    expect(verified.hash).toBe((await trail.seals.head(DAY))?.hash);
  });

  test('also when the store took entries in another order than that of their times', async () => {
    await trail.write(entryAt(50), entryAt(45), entryAt(48), entryAt(40));
    expect((await trail.verify()).found).toEqual([]);
  });

  test('also while something is written: entries and seals that were not read yet are no fault', async () => {
    const head = await trail.seals.head(DAY);
    await trail.record(entryAt(149));
    expect(await trail.verify({ head })).toMatchObject({ found: [], verified: { waiting: 1 } });
  });

  test('also on a day on which nothing was done', async () => {
    const empty = await openTrail().verify();
    expect(empty).toMatchObject({ found: [], verified: { entries: 0, hash: null } });
  });
});

describe('what was done behind the program’s back is found', () => {
  test('an entry that was altered', async () => {
    const { found } = await trail.verify({
      entries: (all) =>
        all.map((entry) =>
          entry.key === second ? { ...entry, content: { ...entry.content, deed: 'nothing' } } : entry,
        ),
    });
    expect(found).toEqual([{ fault: 'altered', entry: second, number: 2 }]);
  });

  test('a field that was added to an entry', async () => {
    const { found } = await trail.verify({
      entries: (all) => all.map((entry) => ({ ...entry, content: { ...entry.content, more: 1 } })),
    });
    expect(found).toHaveLength(4);
  });

  test('an entry that was deleted', async () => {
    const { found } = await trail.verify({ entries: (all) => all.filter(({ key }) => key !== third) });
    expect(found).toEqual([{ fault: 'missing', entry: third, number: 3 }]);
  });

  test('an entry that was deleted with its seal', async () => {
    const { found } = await trail.verify({
      entries: (all) => all.filter(({ key }) => key !== third),
      seals: (all) => all.filter(({ entry }) => entry !== third),
    });
    expect(found).toEqual([{ fault: 'seals-missing', entry: null, number: 3 }]);
  });

  test('the last entry, deleted with its seal', async () => {
    const { found } = await trail.verify({
      entries: (all) => all.slice(0, -1),
      seals: (all) => all.slice(0, -1),
    });
    expect(found).toEqual([{ fault: 'seals-missing', entry: null, number: 4 }]);
  });

  test('an entry that was inserted past the function that seals', async () => {
    const inserted = entryAt(15);
    await trail.record(inserted);
    const { found } = await trail.verify();
    expect(found).toEqual([{ fault: 'not-sealed', entry: asNew(inserted).key, number: null }]);
  });

  test('an entry that was inserted later, and sealed like any other', async () => {
    const inserted = entryAt(5);
    await trail.write(inserted);
    const { found } = await trail.verify();
    expect(found).toEqual([{ fault: 'out-of-order', entry: asNew(inserted).key, number: 5 }]);
  });

  test('an entry with a seal that was made for it', async () => {
    const { found } = await trail.verify({
      entries: (all) =>
        all.map((entry) => (entry.key === second ? { ...entry, content: { deed: 'nothing' } } : entry)),
      seals: (all) =>
        all.map((seal) =>
          seal.entry === second ? resealed(seal, { digest: sha256(canonical({ deed: 'nothing' })) }) : seal,
        ),
    });
    expect(found).toEqual([{ fault: 'seal-broken', entry: third, number: 3 }]);
  });

  test('a seal with another digest in it', async () => {
    const { found } = await trail.verify({
      seals: (all) => all.map((seal) => (seal.entry === first ? { ...seal, digest: sha256('') } : seal)),
    });
    expect(found.map(({ fault, entry }) => [fault, entry])).toEqual([
      ['seal-broken', first],
      ['altered', first],
    ]);
  });

  test('two seals that changed places', async () => {
    const swap = new Map([
      [second, 3],
      [third, 2],
    ]);
    const { found } = await trail.verify({
      seals: (all) => all.map((seal) => resealed(seal, { number: swap.get(seal.entry) ?? seal.number })),
    });
    expect(found.map(({ entry }) => entry)).toEqual(expect.arrayContaining([second, third]));
    expect(new Set(found.map(({ fault }) => fault))).toEqual(new Set(['seal-broken']));
  });

  test('a number that two seals have', async () => {
    const { found } = await trail.verify({
      seals: (all) => all.map((seal) => (seal.entry === last ? resealed(seal, { number: 3 }) : seal)),
    });
    expect(found).toEqual([
      { fault: 'seal-broken', entry: last, number: 3 },
      { fault: 'seals-missing', entry: null, number: 4 },
    ]);
  });

  test.each([
    ['is gone', null],
    ['was moved back', { count: 3, hash: sha256('') }],
    ['has another hash', { count: 4, hash: sha256('') }],
  ])('the end of the chain %s', async (_, head) => {
    const { found } = await trail.verify({ head });
    expect(found.map(({ fault }) => fault)).toContain('head-broken');
  });

  test('the end of the chain was moved on', async () => {
    const { found } = await trail.verify({ head: { count: 5, hash: sha256('') } });
    expect(found).toEqual([{ fault: 'seals-missing', entry: null, number: 5 }]);
  });

  test.each([
    ['no time', 'zzz'],
    ['nothing behind its time', '2026-11-23T11:59:00.000Z'],
    ['more than two minutes in the future', '2026-11-23T12:02:01.000Z#x'],
  ])('something that was put among the entries, with %s', async (_, key) => {
    const { found, verified } = await trail.verify({
      entries: (all) => [...all, { key, content: { entity: 'audit', x: 'forged' } }],
    });
    expect(found).toEqual([{ fault: 'not-sealed', entry: key, number: null }]);
    expect(verified.waiting).toBe(0);
  });

  test('something under no key of ours, sealed like an entry: it hides nothing that comes after it', async () => {
    const later = entryAt(5);
    await trail.seal([{ day: DAY, key: 'zzz', content: {} }]);
    await trail.write(later);
    const { found } = await trail.verify({ entries: (all) => [...all, { key: 'zzz', content: {} }] });
    expect(found.map(({ fault, number }) => [fault, number])).toEqual([
      ['out-of-order', 5],
      ['out-of-order', 6],
    ]);
  });

  test('a chain that was written anew after another day had seen its end', async () => {
    const { found } = await trail.verify({ seen: [{ count: 3, hash: sha256('') }] });
    expect(found).toEqual([{ fault: 'head-broken', entry: null, number: 3 }]);
  });

  test('a chain that was cut with its end after another day had seen it', async () => {
    const { found } = await trail.verify({ seen: [{ count: 9, hash: sha256('') }] });
    expect(found).toEqual([{ fault: 'head-broken', entry: null, number: null }]);
  });
});
