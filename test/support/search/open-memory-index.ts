import { MemorySegmentStore } from '#adapters/memory/segment-store.ts';
import { SegmentIndex } from '#adapters/search/segment-index.ts';
import { SegmentIndexWriter } from '#adapters/search/segment-index-writer.ts';
import type { SearchQuery, SearchRecord } from '#domain/search/ports.ts';
import { CountingIds } from '#test/support/counting-ids.ts';
import { FixedClock } from '#test/support/fixed-clock.ts';

/** An index of everything in memory, and its clock. */
export const openMemoryIndex = (records: readonly SearchRecord[] = []) => {
  const clock = new FixedClock();
  const store = new MemorySegmentStore(clock);
  const ids = new CountingIds();
  const pause = async () => {};
  const writer = new SegmentIndexWriter({ store, clock, ids, pause }, [
    { prefix: 'all/', takes: () => true },
  ]);
  const index = new SegmentIndex(store, clock, { prefix: 'all/' });
  const put = (all: readonly SearchRecord[], revision = 1) =>
    writer.apply(all.map((record) => ({ kind: 'put', revision, record })));
  return { clock, store, ids, writer, index, put, ready: put(records) };
};

export const asking = (words: string, more: Partial<SearchQuery> = {}): SearchQuery => ({
  ...{ words, audiences: 'all', filters: {}, offset: 0, limit: 10, ...more },
});
