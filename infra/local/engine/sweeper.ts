import type { Now } from '../engine.ts';

/** AWS expires what is old within days; within a minute is what a person at a laptop can wait for. */
const EVERY_MS = 60_000;

export interface Sweeper {
  /**
   * To be called when the laptop's clock was set. Deletes what has expired by it, and gives how many things that were;
   * a step of less than a minute is left to the sweep of every minute, because a sweep looks at everything.
   */
  sweep(): Promise<number>;
  close(): void;
}

/** Sweeps up what has expired, every minute and when the clock is set. `sweepAll` gives how much that was. */
export function startSweeper(sweepAll: (now: Date) => Promise<number>, now: Now): Sweeper {
  let sweptAt = Number.NEGATIVE_INFINITY;
  const sweepNow = () => {
    sweptAt = now().getTime();
    return sweepAll(new Date(sweptAt));
  };
  const sweep = async () => {
    const step = now().getTime() - sweptAt;
    // What had expired before a step back is gone; from here on it is as if it had just been swept.
    if (step < 0) sweptAt = now().getTime();
    return step < EVERY_MS ? 0 : sweepNow();
  };
  const timer = setInterval(() => void sweepNow().catch(() => {}), EVERY_MS);
  timer.unref();
  return { sweep, close: () => clearInterval(timer) };
}
