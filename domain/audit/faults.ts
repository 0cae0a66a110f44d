import { hoursBetween, type Instant, type LocalDate } from '../shared/clock.ts';
import type { EntryKey } from './audit.ts';

/** What can be wrong with the trail of a day. */
export type AuditFault =
  /** The entry is not what was sealed. */
  | 'altered'
  /** There is a seal, and no entry. */
  | 'missing'
  /**
   * There is an entry that nobody sealed, older than the few minutes that sealing takes, from the future, or under a
   * key that no entry has.
   */
  | 'not-sealed'
  /** The store took it after entries that are a quarter of an hour younger: it was inserted later. */
  | 'out-of-order'
  /** The seal does not hold what it says, or does not follow the one before. */
  | 'seal-broken'
  /** The chain has a gap where this many seals were. */
  | 'seals-missing'
  /** The chain does not end where it is said to, or does not pass where a later day saw its end. */
  | 'head-broken'
  /** The day was begun, or a later day follows it, and there is no chain of it; or no list of days names it. */
  | 'day-missing';

export interface FaultFound {
  readonly day: LocalDate;
  /** Null when it is about the chain of the day as a whole. */
  readonly entry: EntryKey | null;
  readonly fault: AuditFault;
  /** The number of the seal, or of the first that is missing. */
  readonly number: number | null;
}

/** Takes a fault that was found. */
export type Report = (fault: AuditFault, entry: EntryKey | null, number?: number) => void;

const MINUTES_PER_HOUR = 60;

export const minutesBetween = (from: Instant, to: Instant): number =>
  hoursBetween(from, to) * MINUTES_PER_HOUR;
