import type { EventSource, Invoke } from './event-source.ts';

const LOOK_EVERY_MS = 1;
const LEAST_ROUNDS = 2;

export interface SettleOptions {
  sources: readonly EventSource[];
  runnerIsIdle: () => boolean;
  /** How many events have been handed to functions so far. */
  delivered: () => number;
  limitMs: number;
}

/**
 * Waits until nothing is on its way any more: what a function wrote has gone through streams and queues to the
 * functions behind them, and so on, until a whole round of looking has brought nothing to any function. Gives up after
 * `limitMs`. What failed and waits to be tried again is left waiting.
 */
export async function settle({ sources, runnerIsIdle, delivered, limitMs }: SettleOptions): Promise<void> {
  const giveUpAt = performance.now() + limitMs;
  const isQuiet = () => runnerIsIdle() && sources.every((source) => source.settled());
  let before: number;
  let rounds = 0;
  do {
    before = delivered();
    rounds += 1;
    for (const source of sources) source.nudge();
    do {
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    } while (!isQuiet() && performance.now() < giveUpAt);
    // The last thing that happened in a round may have put something at the start of a stream.
  } while ((rounds < LEAST_ROUNDS || delivered() > before) && performance.now() < giveUpAt);
}

/** The same way to functions, and how often it was gone. */
export function countDeliveries(invoke: Invoke): { invoke: Invoke; delivered: () => number } {
  let count = 0;
  return {
    invoke: (name, payload) => {
      count += 1;
      return invoke(name, payload);
    },
    delivered: () => count,
  };
}
