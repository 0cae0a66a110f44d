import type { Instant } from '#domain/shared/clock.ts';
import type { Actor } from '#domain/staff/actor.ts';

/** A sentence of the catalogue with what is filled in. */
interface Said {
  readonly key: string;
  readonly count: number;
}

/** Something that waits for somebody, as the home page of staff shows it. */
export interface Duty {
  readonly heading: Said;
  /** What of it is special, the most urgent first; a count of 0 is left out. The colour only supports the words. */
  readonly notes: readonly (Said & { readonly colour: 'red' | 'orange' | 'yellow' | 'blue' })[];
  readonly link: { readonly href: string; readonly key: string };
}

/** What of one kind waits for somebody now; null for those whom it does not concern. Counts at most what a page needs. */
export type FindDuty = (actor: Actor, now: Instant) => Promise<Duty | null>;
