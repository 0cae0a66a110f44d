import type { IndexKeys } from './manifest.ts';
import type { SegmentStore } from './segment-store.ts';
import { type TextBlock, unpackText } from './text-blocks.ts';

/** A text of a segment is gone: there is a newer manifest. */
export class TextGone extends Error {
  override name = 'TextGone';
}

/** Packed bytes that are kept: whoever narrows a search down or turns its pages sees the same texts again. */
const MOST_BYTES = 16 * 1024 * 1024;

/** Fetches pieces of texts, and keeps the latest of them: they never change. */
export class Texts {
  readonly #store: SegmentStore;
  readonly #keys: IndexKeys;
  readonly #kept = new Map<string, Uint8Array>();
  #bytes = 0;

  constructor(store: SegmentStore, keys: IndexKeys) {
    this.#store = store;
    this.#keys = keys;
  }

  /** Throws `TextGone` when the object of texts is not there any more. */
  async fetch(segment: string, { offset, length }: TextBlock): Promise<string> {
    const key = `${segment} ${offset}`;
    const kept = this.#kept.get(key);
    if (kept) return unpackText(kept);
    const bytes = await this.#store.getRange(this.#keys.texts(segment), offset, length);
    if (!bytes) throw new TextGone();
    this.#keep(key, bytes);
    return unpackText(bytes);
  }

  #keep(key: string, bytes: Uint8Array): void {
    if (this.#kept.has(key) || bytes.length > MOST_BYTES) return;
    this.#kept.set(key, bytes);
    this.#bytes += bytes.length;
    for (const [oldest, { length }] of this.#kept) {
      if (this.#bytes <= MOST_BYTES) return;
      this.#kept.delete(oldest);
      this.#bytes -= length;
    }
  }
}
