import type { EntryKey, StoredEntry } from './audit.ts';
import type { Seal } from './seals.ts';

export interface Pair {
  readonly key: EntryKey;
  readonly entry: StoredEntry | null;
  readonly seal: Seal | null;
}

/** Something that is read one by one, with a look at what comes next. */
class Reader<T> {
  readonly #items: AsyncIterator<T>;
  readonly #keyOf: (item: T) => EntryKey;
  #next: T | null = null;

  constructor(items: AsyncIterable<T>, keyOf: (item: T) => EntryKey) {
    this.#items = items[Symbol.asyncIterator]();
    this.#keyOf = keyOf;
  }

  /** Null when nothing comes any more. */
  get key(): EntryKey | null {
    return this.#next === null ? null : this.#keyOf(this.#next);
  }

  async advance(): Promise<void> {
    const { done, value } = await this.#items.next();
    this.#next = done ? null : value;
  }

  /** What comes next, when it has this key. */
  async take(key: EntryKey): Promise<T | null> {
    if (this.key !== key) return null;
    const taken = this.#next;
    await this.advance();
    return taken;
  }
}

/** Entries beside their seals: both come in the order of keys. Holds one of each. */
export async function* pair(
  entries: AsyncIterable<StoredEntry>,
  seals: AsyncIterable<Seal>,
): AsyncGenerator<Pair, void, undefined> {
  const left = new Reader(entries, ({ key }) => key);
  const right = new Reader(seals, ({ entry }) => entry);
  await Promise.all([left.advance(), right.advance()]);
  for (;;) {
    const [key] = [left.key, right.key].filter((each) => each !== null).sort();
    if (key === undefined) return;
    const [entry, seal] = await Promise.all([left.take(key), right.take(key)]);
    yield { key, entry, seal };
  }
}
