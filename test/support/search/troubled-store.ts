import type { SegmentStore } from '#adapters/search/segment-store.ts';

/** What happens at a call: before it reaches the store, or after it took effect and before its answer came. */
export interface Trouble {
  before?: (call: number) => Promise<void> | void;
  after?: (call: number) => Promise<void> | void;
  /** Whether a write is tried twice, as the SDK does after a lost answer, and refused by its own result. */
  repeats?: (call: number) => boolean;
}

/** A store with trouble at its calls, which are counted from 1. */
export const troubledStore = (store: SegmentStore, trouble: Trouble): SegmentStore & { calls(): number } => {
  let calls = 0;
  const through = async <T>(call: () => Promise<T>): Promise<T> => {
    calls += 1;
    const number = calls;
    await trouble.before?.(number);
    const answer = await call();
    await trouble.after?.(number);
    return answer;
  };
  const write = (call: () => Promise<boolean>) =>
    through(async () => {
      const number = calls;
      const isWritten = await call();
      return trouble.repeats?.(number) ? false : isWritten;
    });
  return {
    calls: () => calls,
    get: (key, known) => through(() => store.get(key, known)),
    getRange: (key, from, length) => through(() => store.getRange(key, from, length)),
    putIfAbsent: (key, bytes) => write(() => store.putIfAbsent(key, bytes)),
    putIfMatch: (key, bytes, tag) => write(() => store.putIfMatch(key, bytes, tag)),
    delete: (keys) => through(() => store.delete(keys)),
    async *list(prefix) {
      yield* await through(() => listAll(store, prefix));
    },
  };
};

/** Everything that a store lists, at once. */
export const listAll = async (store: SegmentStore, prefix: string) => {
  const listed: { key: string; at: string }[] = [];
  for await (const object of store.list(prefix)) listed.push(object);
  return listed;
};
