import { setTimeout as wait } from 'node:timers/promises';
import type { EventSource } from '../events/event-source.ts';
import type { MailStore } from './mail-store.ts';

const AT_ONCE = 8;
const TRY_AGAIN_MS = 500;
const LOOK_AGAIN_MS = 5;

/**
 * Tells what became of each mail that somebody wants to be told of: at least once, also when the laptop dies in between.
 * Until it is opened, mails wait.
 */
export class EventTeller implements EventSource {
  readonly #store: MailStore;
  readonly #closing = new AbortController();
  readonly #waiting: string[] = [];
  readonly #working = new Set<Promise<void>>();
  #tell: ((id: string) => Promise<void>) | undefined;

  constructor(store: MailStore) {
    this.#store = store;
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
    while (this.#working.size < AT_ONCE && !this.#closing.signal.aborted) {
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
        console.error(`Nobody could be told of the mail ${id}: ${(error as Error).message}`);
        await wait(TRY_AGAIN_MS, undefined, { signal: this.#closing.signal }).catch(() => {});
      }
    }
  }
}
