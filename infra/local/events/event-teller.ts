import { setTimeout as wait } from 'node:timers/promises';
import type { EventSource } from './event-source.ts';

const AT_ONCE = 8;
const TRY_AGAIN_MS = 500;
const LOOK_AGAIN_MS = 5;

/** Of what somebody has to be told yet: on the disk, so that it outlives the laptop. */
export interface Untold {
  /** Their ids, in the order in which they happened. */
  untold(): string[];
  isUntold(id: string): boolean;
  /** Forgets it. A crash may undo that: then they are told again. */
  told(id: string): void;
}

/**
 * Tells of each thing that somebody wants to be told of: at least once, also when the laptop dies in between. Until it
 * is opened, they wait. What happens is not held up by whoever is told.
 */
export class EventTeller implements EventSource {
  readonly #what: string;
  readonly #store: Untold;
  readonly #atOnce: number;
  readonly #closing = new AbortController();
  readonly #waiting: string[] = [];
  readonly #working = new Set<Promise<void>>();
  #tell: ((id: string) => Promise<void>) | undefined;

  /** @param what they are, in the singular: for the line that says that nobody could be told of one */
  constructor(what: string, store: Untold, { atOnce = AT_ONCE } = {}) {
    this.#what = what;
    this.#store = store;
    this.#atOnce = atOnce;
  }

  /** From now on, and for what waits; `tell` throws when it is to be tried again. */
  open(tell: (id: string) => Promise<void>): void {
    this.#tell = tell;
    this.#waiting.push(...this.#store.untold());
    this.nudge();
  }

  add(id: string): void {
    if (!this.#tell) return;
    this.#waiting.push(id);
    this.nudge();
  }

  nudge(): void {
    while (this.#working.size < this.#atOnce && !this.#closing.signal.aborted) {
      const id = this.#waiting.shift();
      if (id === undefined) return;
      const work = this.#work(id).finally(() => {
        this.#working.delete(work);
        this.nudge();
      });
      this.#working.add(work);
    }
  }

  settled(): boolean {
    return this.#waiting.length === 0 && this.#working.size === 0;
  }

  /** Waits until these are told, or it is closed. */
  async drain(ids: readonly string[]): Promise<void> {
    const isOpen = () => this.#tell !== undefined && !this.#closing.signal.aborted;
    while (isOpen() && ids.some((id) => this.#store.isUntold(id))) await wait(LOOK_AGAIN_MS);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#working);
  }

  async #work(id: string): Promise<void> {
    while (!this.#closing.signal.aborted) {
      try {
        await this.#tell?.(id);
        this.#store.told(id);
        return;
      } catch (error) {
        if (this.#closing.signal.aborted) return;
        console.error(`Nobody could be told of the ${this.#what} ${id}: ${(error as Error).message}`);
        await wait(TRY_AGAIN_MS, undefined, { signal: this.#closing.signal }).catch(() => {});
      }
    }
  }
}
