import { setTimeout as wait } from 'node:timers/promises';

const ATTEMPTS = 10;
const LONGEST_MS = 5_000;
const FIRST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 800;

/** A pause of random length below a limit that doubles, so that those who met once do not meet again. */
const pauseAfter = (attempt: number): number =>
  Math.random() * Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS);

/**
 * Does something again while it is worth it: at most ten times within about five seconds. What it threw
 * last is thrown on.
 */
export const repeat = async <T>(
  attempt: () => Promise<T>,
  isWorthIt: (fault: unknown) => boolean,
): Promise<T> => {
  const started = performance.now();
  for (let made = 1; ; made += 1) {
    try {
      return await attempt();
    } catch (fault) {
      const pause = pauseAfter(made);
      const isTooLate = performance.now() - started + pause > LONGEST_MS;
      if (made >= ATTEMPTS || isTooLate || !isWorthIt(fault)) throw fault;
      await wait(pause);
    }
  }
};
