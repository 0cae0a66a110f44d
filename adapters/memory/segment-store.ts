import type { SegmentStore, StoredBytes, Tag } from '#adapters/search/segment-store.ts';
import type { Clock, Instant } from '#domain/shared/clock.ts';

interface Kept extends StoredBytes {
  readonly at: Instant;
}

export class MemorySegmentStore implements SegmentStore {
  readonly #objects = new Map<string, Kept>();
  readonly #clock: Clock;
  #tags = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get keys(): readonly string[] {
    return [...this.#objects.keys()].sort();
  }

  async get(key: string, known?: Tag): Promise<StoredBytes | 'unchanged' | null> {
    const kept = this.#objects.get(key);
    if (!kept) return null;
    return kept.tag === known ? 'unchanged' : { bytes: kept.bytes, tag: kept.tag };
  }

  async getRange(key: string, from: number, length: number): Promise<Uint8Array | null> {
    return this.#objects.get(key)?.bytes.slice(from, from + length) ?? null;
  }

  async putIfAbsent(key: string, bytes: Uint8Array): Promise<boolean> {
    if (this.#objects.has(key)) return false;
    this.#keep(key, bytes);
    return true;
  }

  async putIfMatch(key: string, bytes: Uint8Array, tag: Tag): Promise<boolean> {
    if (this.#objects.get(key)?.tag !== tag) return false;
    this.#keep(key, bytes);
    return true;
  }

  async *list(prefix: string): AsyncGenerator<{ key: string; at: Instant }, void, undefined> {
    for (const key of this.keys) {
      const kept = this.#objects.get(key);
      if (kept && key.startsWith(prefix)) yield { key, at: kept.at };
    }
  }

  async delete(keys: readonly string[]): Promise<void> {
    for (const key of keys) this.#objects.delete(key);
  }

  #keep(key: string, bytes: Uint8Array): void {
    this.#tags += 1;
    this.#objects.set(key, { bytes: bytes.slice(), tag: String(this.#tags), at: this.#clock.now() });
  }
}
