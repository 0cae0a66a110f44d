import type { LocalDate } from '../shared/clock.ts';

/** How often something may be done by one visitor: so many times within any so many seconds. */
export interface Limit {
  /** Whole words: it stands in the log. */
  readonly name: string;
  readonly most: number;
  readonly perSeconds: number;
}

export type Taken =
  | { readonly passes: true }
  | {
      readonly passes: false /** Whole seconds until the next one would pass. */;
      readonly waitSeconds: number;
    };

/**
 * Counts what visitors do. What is counted is known by a key (an address, a session, an account), of which
 * nothing is kept that could be read back. The window slides: see window.ts for how exactly.
 */
export interface Limits {
  /** Takes one from a limit. What does not pass is not counted. However many ask at once, no more pass than may. */
  take(limit: Limit, key: string): Promise<Taken>;
  /** Whether one could be taken now, without taking it. */
  look(limit: Limit, key: string): Promise<Taken>;
}

/**
 * A secret for each day, the same for all processes, and forgotten a few days later: what was made with it can
 * then neither be checked nor read back by anybody.
 */
export interface DaySecrets {
  /** The secret of this day (in UTC), made when it is first asked for. Null for another day that has none (any more). */
  of(day: LocalDate): Promise<string | null>;
}
