import type { Limit } from './ports.ts';

/*
 * A sliding window made of two fixed ones: what was counted in the window before weighs as much as there is left
 * of it in the sliding one, as if it had come evenly. It needs two numbers for each visitor where an exact window
 * needs the time of every request; no burst lets twice the limit pass within any window, and
 * whoever comes evenly, one time fewer than the limit in each window, is never refused. All in whole milliseconds, so that nothing is rounded.
 */

/** What has been counted, and how many milliseconds of the present window have gone. */
export interface Counted {
  readonly before: number;
  readonly now: number;
  readonly elapsedMs: number;
}

export const lengthOf = ({ perSeconds }: Limit): number => perSeconds * 1000;

/** The number of the fixed window that a moment lies in, and how far. */
export const placeIn = (limit: Limit, atMs: number): { window: number; elapsedMs: number } => {
  const length = lengthOf(limit);
  const window = Math.floor(atMs / length);
  return { window, elapsedMs: atMs - window * length };
};

/** Up to which count the present window may be filled at this moment. */
export const roomFor = (limit: Limit, { before, elapsedMs }: Omit<Counted, 'now'>): number => {
  const length = lengthOf(limit);
  return Math.max(0, Math.floor((limit.most * length - before * (length - elapsedMs)) / length));
};

/** Milliseconds until one more would pass if nobody else came; 0 when it passes now. */
export const waitFor = (limit: Limit, counted: Counted): number => {
  const { before, now, elapsedMs } = counted;
  if (now < roomFor(limit, counted)) return 0;
  const length = lengthOf(limit);
  const free = limit.most - 1;
  // In this window, what came before loses weight; in the next one, what came in this.
  if (now <= free) return length - Math.floor(((free - now) * length) / before) - elapsedMs;
  return length - elapsedMs + length - Math.floor((free * length) / now);
};
