import type { QueueStore } from './queue-store.ts';

/** A hidden message is looked for at least so often, because the laptop's clock may jump. */
const RECHECK_MS = 1_000;

/** Tells listeners that a queue has something to receive: on a send, and when a hidden message reappears. */
export class QueueSignals {
  readonly #store: QueueStore;
  readonly #listeners = new Map<string, Set<() => void>>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  #closed = false;

  constructor(store: QueueStore) {
    this.#store = store;
  }

  /** Calls the listener each time; answers with the function that ends it. */
  subscribe(queue: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(queue) ?? new Set();
    this.#listeners.set(queue, listeners.add(listener));
    this.#watch(queue);
    return () => {
      listeners.delete(listener);
    };
  }

  /** To be called after every change of a queue. */
  changed(queue: string): void {
    if (this.#store.hasVisible(queue)) {
      for (const listener of [...(this.#listeners.get(queue) ?? [])]) listener();
    }
    this.#watch(queue);
  }

  /** After a receive: nobody needs waking, but what it hid will come back. */
  rearm(queue: string): void {
    this.#watch(queue);
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Ends every wait. */
  close(): void {
    this.#closed = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    for (const listeners of this.#listeners.values()) {
      for (const listener of [...listeners]) listener();
      listeners.clear();
    }
  }

  #watch(queue: string): void {
    clearTimeout(this.#timers.get(queue));
    this.#timers.delete(queue);
    if (this.#closed || !this.#listeners.get(queue)?.size) return;
    const wait = this.#store.nextVisibleIn(queue);
    if (wait === undefined) return;
    const timer = setTimeout(() => this.changed(queue), Math.min(wait, RECHECK_MS));
    this.#timers.set(queue, timer.unref());
  }
}
