import type { InvocationResult } from '../invoke/function-definition.ts';

/** Carries events from a stream or a queue to a function. */
export interface EventSource {
  /** Looks for events now instead of at the next turn. */
  nudge(): void;
  /** Nothing is on its way, as far as it could see since the last nudge; what waits to be tried again is not. */
  settled(): boolean;
  /** Waits for the invocation that runs. */
  close(): Promise<void>;
}

export type Invoke = (name: string, payload: string) => Promise<InvocationResult>;

/** Puts a message in a queue, with attributes of type String. */
export type SendMessage = (queue: string, body: string, attributes?: Record<string, string>) => Promise<void>;

/**
 * Which of a batch failed, by identifier, from the answer of a function that reports them. `all` for an answer that
 * is no such report: Lambda then takes the whole batch for failed.
 */
export function failedItems(
  result: InvocationResult,
  identifiers: string[],
  reports: boolean,
): Set<string> | 'all' {
  if (result.status !== 'ok') return 'all';
  if (!reports) return new Set();
  const answer: unknown = JSON.parse(result.payload);
  const failures = (answer as { batchItemFailures?: unknown } | null)?.batchItemFailures;
  if (failures === undefined || failures === null) return new Set();
  if (!Array.isArray(failures)) return 'all';
  const failed = failures.map((item) => (item as { itemIdentifier?: unknown } | null)?.itemIdentifier);
  const known = failed.every((item) => typeof item === 'string' && identifiers.includes(item));
  return known ? new Set(failed as string[]) : 'all';
}

/** A pause that `wake` or `stop` ends early. */
export class Pause {
  #end: (() => void) | undefined;
  #woken = false;
  #stopped = false;

  async wait(ms: number): Promise<void> {
    if (!this.#woken && !this.#stopped) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#end = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#end = undefined;
    this.#woken = false;
  }

  wake(): void {
    this.#woken = true;
    this.#end?.();
  }

  stop(): void {
    this.#stopped = true;
    this.#end?.();
  }

  get stopped(): boolean {
    return this.#stopped;
  }
}
