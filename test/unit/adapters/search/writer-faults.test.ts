import { describe, expect, it } from 'vitest';
import { MemorySegmentStore } from '#adapters/memory/segment-store.ts';
import { IndexFiles } from '#adapters/search/index-files.ts';
import { IndexTarget } from '#adapters/search/index-target.ts';
import { keysOf, readManifest } from '#adapters/search/manifest.ts';
import { SegmentIndex } from '#adapters/search/segment-index.ts';
import { SegmentIndexWriter } from '#adapters/search/segment-index-writer.ts';
import type { SegmentStore } from '#adapters/search/segment-store.ts';
import { systemIds } from '#adapters/system/ids.ts';
import type { SearchChange } from '#domain/search/ports.ts';
import { FixedClock } from '#test/support/fixed-clock.ts';
import { asking } from '#test/support/search/open-memory-index.ts';
import { aRecord } from '#test/support/search/records.ts';
import { type Trouble, troubledStore } from '#test/support/search/troubled-store.ts';

const put = (
  id: string,
  text: string,
  revision: number,
  audience: 'public' | 'staff' = 'public',
): SearchChange => ({
  ...{ kind: 'put', revision, record: aRecord({ id, text, title: id, audience }) },
});

/** Seven segments before: the eighth makes them one. */
const BEFORE: readonly SearchChange[][] = [
  [put('kept', 'fox kept', 1), put('changed', 'fox first', 1), put('removed', 'fox', 1)],
  [put('private', 'fox', 1)],
  ...Array.from({ length: 5 }, (_, index) => [put(`more-${index}`, `fox more${index}`, 1)]),
];
const REMOVED: SearchChange = { kind: 'remove', id: 'removed', revision: 2 };
const CHANGES: readonly SearchChange[] = [
  put('changed', 'fox second', 2),
  REMOVED,
  put('private', 'fox', 2, 'staff'),
  put('new', 'fox', 1),
];
const OTHERS: readonly SearchChange[] = [
  put('other', 'fox', 1),
  put('changed', 'fox third', 3),
  put('kept', 'fox', 1),
];

const prefixes = ['staff/', 'public/'] as const;

const writerOf = (store: SegmentStore, clock: FixedClock) =>
  new SegmentIndexWriter({ store, clock, ids: systemIds, pause: async () => {} }, [
    { prefix: 'staff/', takes: () => true },
    { prefix: 'public/', takes: ({ audience }) => audience === 'public' },
  ]);

const openWorld = async (before = BEFORE) => {
  const clock = new FixedClock();
  const store = new MemorySegmentStore(clock);
  for (const changes of before) await writerOf(store, clock).apply(changes);
  return { clock, store };
};
type World = Awaited<ReturnType<typeof openWorld>>;

const foundIn = async ({ store, clock }: World, prefix: string) => {
  const { hits, total } = await new SegmentIndex(store, clock, { prefix }).search(
    asking('fox', { limit: 50 }),
  );
  expect(total).toBe(hits.length);
  return hits.map(({ id }) => id).sort();
};

const changedIs = async ({ store, clock }: World, word: string) => {
  const index = new SegmentIndex(store, clock, { prefix: 'public/' });
  for (const one of ['first', 'second', 'third']) {
    const { hits } = await index.search(asking(`"${one}"`));
    expect(hits.map(({ id }) => id)).toEqual(one === word ? ['changed'] : []);
  }
};

const MORE = ['more-0', 'more-1', 'more-2', 'more-3', 'more-4'];

/** All is there once, and after the times of grace nothing else is. */
const expectWhole = async (world: World, also: readonly string[], changed: string) => {
  const publicIds = ['changed', 'kept', ...MORE, 'new', ...also].sort();
  expect(await foundIn(world, 'public/')).toEqual(publicIds);
  expect(await foundIn(world, 'staff/')).toEqual([...publicIds, 'private'].sort());
  await changedIs(world, changed);
  const { clock, store } = world;
  clock.advance(3);
  const writer = writerOf(store, clock);
  await writer.apply([put('last', 'hen', 1)]);
  await writer.sweep();
  expect(store.keys).toEqual(
    (await Promise.all(prefixes.map((prefix) => objectsOf(store, prefix)))).flat().sort(),
  );
  expect(await foundIn(world, 'public/')).toEqual(publicIds);
};

const objectsOf = async (store: SegmentStore, prefix: string, which = 'live'): Promise<string[]> => {
  const keys = keysOf(prefix);
  const found = await store.get(keys.manifest);
  if (found === null || found === 'unchanged') throw new Error('There is no manifest');
  const { segments, retired } = readManifest(found.bytes);
  if (which === 'live') expect(retired).toEqual([]);
  const ofSegments = segments.flatMap(({ name, textBytes }) => [
    keys.index(name),
    ...(textBytes > 0 ? [keys.texts(name)] : []),
  ]);
  return [keys.manifest, ...ofSegments];
};

class Killed extends Error {}

/** Throws from a call on for ever, as for a process that has ended, or once, as for an answer that was lost. */
const strikes: Record<string, (at: number) => Trouble> = {
  'a kill before the call': (at) => ({
    before: (call) => {
      if (call >= at) throw new Killed();
    },
  }),
  'a kill after the call': (at) => ({
    before: (call) => {
      if (call > at) throw new Killed();
    },
    after: (call) => {
      if (call >= at) throw new Killed();
    },
  }),
  'a call that does not arrive': (at) => ({
    before: (call) => {
      if (call === at) throw new Error('no answer');
    },
  }),
  'a lost answer': (at) => ({
    after: (call) => {
      if (call === at) throw new Error('no answer');
    },
  }),
};

/** Puts changes in and does nothing else, as a writer that ends before it merges. */
const enterOnly = async ({ store, clock }: World, changes: readonly SearchChange[]) => {
  for (const prefix of prefixes) {
    const files = new IndexFiles({ store, clock, ids: systemIds, pause: async () => {} }, keysOf(prefix));
    await new IndexTarget(files).apply(
      changes.map((change) => ({
        id: change.kind === 'put' ? change.record.id : change.id,
        revision: change.revision,
        record: change.kind === 'put' ? change.record : null,
      })),
    );
  }
};

describe('a writer that is struck at any of its calls to the store', () => {
  it.each(Object.keys(strikes))(
    'by %s loses nothing, doubles nothing, and what it leaves is swept',
    async (name) => {
      let struck = 0;
      for (let at = 1; ; at += 1) {
        const world = await openWorld();
        const store = troubledStore(world.store, strikes[name]?.(at) ?? {});
        const outcome = await writerOf(store, world.clock)
          .apply(CHANGES)
          .catch((fault: unknown) => fault);
        if (store.calls() < at) break;
        struck += outcome instanceof Error ? 1 : 0;
        const again = writerOf(world.store, world.clock);
        await again.apply(CHANGES);
        await expectWhole(world, [], 'second');
      }
      expect(struck).toBeGreaterThan(25);
    },
  );

  it.each([
    ['merges', BEFORE, CHANGES, ['changed', 'kept', ...MORE, 'new']],
    ['does not merge', BEFORE.slice(0, 2), [REMOVED], ['changed', 'kept', 'private']],
  ])(
    'by a write that is refused by its own result notices that it was its own, and %s',
    async (_, before, changes, ids) => {
      for (let at = 1; ; at += 1) {
        const world = await openWorld(before);
        const store = troubledStore(world.store, { repeats: (call) => call === at });
        await writerOf(store, world.clock).apply(changes);
        if (store.calls() < at) break;
        const objects = (
          await Promise.all(prefixes.map((prefix) => objectsOf(world.store, prefix, 'retired too')))
        ).flat();
        expect(new Set(objects).size).toBe(objects.length);
        expect(await foundIn(world, 'public/')).toEqual(ids.toSorted());
      }
    },
  );

  it('never shows anything but what was before or is after', async () => {
    for (let at = 1; ; at += 1) {
      const world = await openWorld();
      const store = troubledStore(world.store, strikes['a kill after the call']?.(at) ?? {});
      await writerOf(store, world.clock)
        .apply(CHANGES)
        .catch(() => {});
      const found = (await foundIn(world, 'public/')).join();
      const before = ['changed', 'kept', ...MORE, 'private', 'removed'].sort().join();
      const after = ['changed', 'kept', ...MORE, 'new'].sort().join();
      expect([before, after]).toContain(found);
      if (store.calls() < at) break;
    }
  });
});

describe('two writers', () => {
  it('at once, one of them coming in between at any call of the other, lose nothing', async () => {
    for (let at = 1; ; at += 1) {
      const world = await openWorld();
      const store = troubledStore(world.store, {
        before: async (call) => {
          if (call === at) await writerOf(world.store, world.clock).apply(OTHERS);
        },
      });
      await writerOf(store, world.clock).apply(CHANGES);
      if (store.calls() < at) break;
      await expectWhole(world, ['other'], 'third');
    }
  });

  it('at once, one of them changing what the other is merging, lose nothing', async () => {
    for (let at = 1; ; at += 1) {
      const world = await openWorld();
      const store = troubledStore(world.store, {
        before: async (call) => {
          if (call === at) await enterOnly(world, OTHERS);
        },
      });
      await writerOf(store, world.clock).apply(CHANGES);
      if (store.calls() < at) break;
      await expectWhole(world, ['other'], 'third');
    }
  });

  it('many of them lose nothing, though each has to try again', async () => {
    const world = await openWorld();
    await Promise.all([
      writerOf(world.store, world.clock).apply(CHANGES),
      ...Array.from({ length: 20 }, (_, index) =>
        writerOf(world.store, world.clock).apply([put(`writer-${index}`, 'fox', 1)]),
      ),
    ]);
    await expectWhole(
      world,
      Array.from({ length: 20 }, (_, index) => `writer-${index}`),
      'second',
    );
  });
});

describe('a reader', () => {
  it('who knows an old manifest goes on for ten minutes at least', async () => {
    const world = await openWorld();
    const index = new SegmentIndex(world.store, world.clock, { prefix: 'public/' });
    const before = await index.search(asking('fox'));
    const writer = writerOf(world.store, world.clock);
    await writer.apply(CHANGES);
    const texts = world.store.keys.length;
    world.clock.advance(10 / 60);
    await writer.apply([put('again', 'hen', 1)]);
    await writer.sweep();
    expect(world.store.keys.length).toBeGreaterThanOrEqual(texts);
    expect(before.total).toBe(9);
  });

  it('who asks after more than a second sees what is new, and asks no oftener', async () => {
    const world = await openWorld();
    const store = troubledStore(world.store, {});
    const index = new SegmentIndex(store, world.clock, { prefix: 'public/' });
    await index.search(asking('hen'));
    const calls = store.calls();
    await writerOf(world.store, world.clock).apply([put('new', 'hen', 1)]);
    world.clock.advance(0.9 / 3600);
    expect((await index.search(asking('hen'))).total).toBe(0);
    expect(store.calls()).toBe(calls);
    world.clock.advance(0.2 / 3600);
    expect((await index.search(asking('hen'))).total).toBe(1);
  });

  it('whose segment went away while it was looking finds the one that took its place', async () => {
    const world = await openWorld();
    let isFirst = true;
    const store = troubledStore(world.store, {
      after: async () => {
        if (!isFirst) return;
        isFirst = false;
        await writerOf(world.store, world.clock).apply(CHANGES);
        world.clock.advance(1);
        await writerOf(world.store, world.clock).apply([put('again', 'fox', 1)]);
      },
    });
    const index = new SegmentIndex(store, world.clock, { prefix: 'public/' });
    expect((await index.search(asking('fox', { limit: 50 }))).total).toBe(9);
  });
});
