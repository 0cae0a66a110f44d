import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical, type Seal } from '#domain/audit/seals.ts';
import { asNew, DAY, entryAt, openTrail } from './world.ts';

const sealsOf = async (trail: ReturnType<typeof openTrail>, day = DAY): Promise<Seal[]> => {
  const seals: Seal[] = [];
  for await (const seal of trail.seals.read(day)) seals.push(seal);
  return seals.sort((a, b) => a.number - b.number);
};

describe('sealing', () => {
  test('chains the entries of a day in the order in which they came', async () => {
    const trail = openTrail();
    const entries = [entryAt(1), entryAt(0), entryAt(2)];
    await trail.write(...entries);
    const seals = await sealsOf(trail);
    expect(seals.map(({ entry }) => entry)).toEqual(entries.map((entry) => asNew(entry).key));
    expect(seals.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(seals.slice(1).map(({ previous }) => previous)).toEqual(
      seals.slice(0, -1).map(({ hash }) => hash),
    );
    expect(await trail.seals.head(DAY)).toEqual({ count: 3, hash: seals.at(-1)?.hash });
    expect(await trail.seals.firstDay()).toBe(DAY);
  });

  test('each day has a chain of its own', async () => {
    const trail = openTrail();
    await trail.write(entryAt(0), entryAt(24 * 60), entryAt(1));
    expect(await sealsOf(trail)).toHaveLength(2);
    expect(await sealsOf(trail, '2026-11-24')).toHaveLength(1);
    expect(await trail.seals.firstDay()).toBe(DAY);
  });

  test('seals once, however often and in whatever pieces a delivery comes', async () => {
    const entries = Array.from({ length: 12 }, (_, minute) => entryAt(minute));
    const slice = fc.tuple(fc.nat(11), fc.nat(12)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
    await fc.assert(
      fc.asyncProperty(fc.array(slice, { maxLength: 6 }), async (again) => {
        const trail = openTrail();
        await trail.record(...entries);
        const news = entries.map(asNew);
        for (const [from, to] of [...again, [0, 12] as const]) await trail.seal(news.slice(from, to));
        expect(await sealsOf(trail)).toHaveLength(12);
        expect((await trail.verify()).found).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  test('seals once when two do it at the same time', async () => {
    const trail = openTrail();
    const entries = Array.from({ length: 300 }, (_, second) => entryAt(second / 60));
    await trail.record(...entries);
    const news = entries.map(asNew);
    await Promise.all([trail.seal(news), trail.seal(news), trail.seal(news.slice(50))]);
    expect(await sealsOf(trail)).toHaveLength(300);
    expect((await trail.verify()).found).toEqual([]);
  });

  test('tells of an entry that comes again with other content, and leaves its seal as it was', async () => {
    const trail = openTrail();
    const entry = entryAt(0);
    await trail.write(entry);
    const before = await sealsOf(trail);
    await trail.seal([asNew({ ...entry, deed: 'nothing' })]);
    expect(await sealsOf(trail)).toEqual(before);
    expect(trail.lines.map(({ name }) => name)).toContain('audit entry replaced');
  });

  test('tells the log where the chain ends: a witness outside the table', async () => {
    const trail = openTrail();
    await trail.write(entryAt(0));
    expect(trail.lines).toEqual([
      {
        name: 'audit sealed',
        details: expect.objectContaining({ day: DAY, ...(await trail.seals.head(DAY)) }),
      },
    ]);
  });
});

test('the same data has one text, whatever the order of its fields', () => {
  expect(canonical({ b: [1, { d: null, c: 'x"y' }], a: true })).toBe(
    '{"a":true,"b":[1,{"c":"x\\"y","d":null}]}',
  );
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (data) => {
      const turned = Object.fromEntries(Object.entries(data).reverse());
      expect(canonical(turned)).toBe(canonical(data));
      expect(canonical(JSON.parse(canonical(data)))).toBe(canonical(data));
    }),
  );
});
