import type { Refusal } from '#domain/shared/facts.ts';
import type { Change } from './changes.ts';

/** Records of one kind by key. Gives and takes copies, as a store does. */
export class Collection<T> {
  readonly #name: string;
  readonly #records = new Map<string, T>();

  constructor(name: string) {
    this.#name = name;
  }

  find(key: string): T | null {
    const record = this.#records.get(key);
    return record === undefined ? null : structuredClone(record);
  }

  all(): T[] {
    return [...this.#records.values()].map((record) => structuredClone(record));
  }

  set(key: string, record: T): void {
    this.#records.set(key, structuredClone(record));
  }

  delete(key: string): void {
    this.#records.delete(key);
  }

  /** Stores a record under a key that nothing has. */
  toAdd(key: string, record: T, refusal: Refusal): Change {
    return this.#change(key, {
      check: () => (this.#records.has(key) ? refusal : null),
      apply: () => this.set(key, record),
    });
  }

  /** Stores a record, whatever was there. */
  toSet(key: string, record: T): Change {
    return this.#change(key, { check: () => null, apply: () => this.set(key, record) });
  }

  /** Stores the next version of a record, unless somebody else has done so. */
  toSetNext<V extends T & { readonly version: number }>(key: string, record: V): Change {
    return this.#change(key, {
      check: () => ((this.find(key) as V | null)?.version === record.version ? null : 'changed-meanwhile'),
      apply: () => this.set(key, { ...record, version: record.version + 1 }),
    });
  }

  toRemove(key: string): Change {
    return this.#change(key, {
      check: () => (this.#records.has(key) ? null : 'not-there'),
      apply: () => this.delete(key),
    });
  }

  /** Changes nothing, and makes sure that there is a record of which something holds. */
  toRequire(key: string, holds: (record: T) => boolean): Change {
    return this.#change(key, {
      check: () => {
        const record = this.find(key);
        return record !== null && holds(record) ? null : 'not-there';
      },
      apply: () => {},
    });
  }

  /** Changes nothing, and makes sure that nobody has stored another version of a record. */
  toRequireVersion<V extends T & { readonly version: number }>(key: string, record: V): Change {
    return this.#change(key, {
      check: () => ((this.find(key) as V | null)?.version === record.version ? null : 'changed-meanwhile'),
      apply: () => {},
    });
  }

  #change(key: string, change: Omit<Change, 'touches'>): Change {
    return { touches: `${this.#name} ${key}`, ...change };
  }
}
