import type { EventSource } from './event-source.ts';

const LOOK_EVERY_MS = 5;

/**
 * Waits until nothing is on its way any more: what a function wrote has gone through streams and queues to the
 * functions behind them, and so on. Gives up after `limitMs`. What failed and waits to be tried again is left waiting.
 */
export async function settle(options: {
  sources: EventSource[];
  runnerIsIdle: () => boolean;
  limitMs: number;
}): Promise<void> {
  const { sources, runnerIsIdle, limitMs } = options;
  const giveUpAt = performance.now() + limitMs;
  const isQuiet = () => runnerIsIdle() && sources.every((source) => source.settled());
  // Twice: the last thing that happened in the first round may have put something at the start of a stream.
  for (let round = 0; round < 2; round += 1) {
    for (const source of sources) source.nudge();
    do {
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    } while (!isQuiet() && performance.now() < giveUpAt);
  }
}
