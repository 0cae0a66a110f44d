import type { Instant } from '#domain/shared/clock.ts';

/** What an object was when it was read: it is still the same as long as it has the same tag. */
export type Tag = string;

export interface StoredBytes {
  readonly bytes: Uint8Array;
  readonly tag: Tag;
}

/**
 * Where an index lies: objects under keys, some of which are replaced only when they are still as they were read. What
 * was stored is there for whoever reads from then on.
 */
export interface SegmentStore {
  /** Null when there is nothing; `unchanged` when it still has this tag. */
  get(key: string, known?: Tag): Promise<StoredBytes | 'unchanged' | null>;
  /** A part of an object; null when there is nothing under this key. */
  getRange(key: string, from: number, length: number): Promise<Uint8Array | null>;
  /** Stores a new object; false when there is one already, and then nothing is stored. */
  putIfAbsent(key: string, bytes: Uint8Array): Promise<boolean>;
  /** Stores an object in the place of the one with this tag; false when that is no longer there, and then nothing is. */
  putIfMatch(key: string, bytes: Uint8Array, tag: Tag): Promise<boolean>;
  /** All objects whose keys begin so, and since when they are there. */
  list(prefix: string): AsyncIterable<{ readonly key: string; readonly at: Instant }>;
  /** Removes objects; those that are not there are no error. */
  delete(keys: readonly string[]): Promise<void>;
}
