import { describe, expect, test } from 'vitest';
import type { SegmentStore } from '#adapters/search/segment-store.ts';
import { listAll } from '#test/support/search/troubled-store.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (stored: Uint8Array | null) => stored && new TextDecoder().decode(stored);

const read = async (store: SegmentStore, key: string) => {
  const found = await store.get(key);
  if (found === null || found === 'unchanged') throw new Error(`There is nothing under ${key}`);
  return found;
};

export const describeSegmentStore = (open: () => Promise<SegmentStore>) =>
  describe('a store of segments', () => {
    test('keeps bytes, whole and in parts, and tells when they have not changed', async () => {
      const store = await open();
      expect(await store.get('a/x')).toBeNull();
      expect(await store.getRange('a/x', 0, 1)).toBeNull();
      expect(await store.putIfAbsent('a/x', bytes('0123456789'))).toBe(true);
      const found = await read(store, 'a/x');
      expect(text(found.bytes)).toBe('0123456789');
      expect(await store.get('a/x', found.tag)).toBe('unchanged');
      expect(text(await store.getRange('a/x', 2, 3))).toBe('234');
      expect(text(await store.getRange('a/x', 0, 0))).toBe('');
    });

    test('makes what is not there, and changes only what is still as it was read', async () => {
      const store = await open();
      await store.putIfAbsent('x', bytes('first'));
      expect(await store.putIfAbsent('x', bytes('again'))).toBe(false);
      const { tag } = await read(store, 'x');
      expect(await store.putIfMatch('x', bytes('second'), tag)).toBe(true);
      expect(await store.putIfMatch('x', bytes('third'), tag)).toBe(false);
      expect(text((await read(store, 'x')).bytes)).toBe('second');
      await store.delete(['x', 'never']);
      expect(await store.putIfMatch('x', bytes('fourth'), tag)).toBe(false);
      expect(await store.get('x')).toBeNull();
    });

    test('lets one of several writers win', async () => {
      const store = await open();
      const made = await Promise.all(['a', 'b', 'c'].map((one) => store.putIfAbsent('x', bytes(one))));
      expect(made.filter(Boolean)).toHaveLength(1);
      const { tag } = await read(store, 'x');
      const changed = await Promise.all(['d', 'e', 'f'].map((one) => store.putIfMatch('x', bytes(one), tag)));
      expect(changed.filter(Boolean)).toHaveLength(1);
    });

    test('lists what begins so, with when it was stored', async () => {
      const store = await open();
      for (const key of ['a/1', 'a/2', 'b/1']) await store.putIfAbsent(key, bytes(key));
      const listed = await listAll(store, 'a/');
      expect(listed.map(({ key }) => key)).toEqual(['a/1', 'a/2']);
      for (const { at } of listed) expect(at).toMatch(/^2\d{3}-\d\d-\d\dT[\d:.]+Z$/);
    });
  });
