import type { Instant, LocalDate } from '../shared/clock.ts';
import type { Write } from '../shared/facts.ts';
import type { Id } from '../shared/ids.ts';
import type { DigestLine, OpenDigest } from './digest.ts';
import type { Duty, DutyKey } from './duty.ts';

/** What is owed by whom and by when, whatever kind of thing it is. */
export interface Duties {
  find(duty: DutyKey): Promise<Duty | null>;
  /** All duties that a subject has or had, answered ones too, in the order of their days. */
  of(subject: Id): Promise<readonly Duty[]>;
  /**
   * The duties of which something is to be said on this day or was to be said before. Reads these and no others. May
   * be a moment old.
   */
  due(day: LocalDate): AsyncIterable<Duty>;
  /** Refused as `already-there` when the same duty is there. */
  toOwe(duty: Duty): Write;
  /** Refused as `changed-meanwhile` unless the stored version is the one given, which goes up by one. */
  toChange(duty: Duty): Write;
  /** Takes a duty away. Refused as `changed-meanwhile` unless the stored version is the one given. */
  toRemove(duty: Duty): Write;
  /** Takes a duty away, whatever was said of it in the meantime and whether or not it is there. */
  toSettle(duty: DutyKey): Write;
}

/** What each receiver is told next, line by line, until it goes out as one mail. */
export interface Digests {
  /** The digest of a receiver that takes lines now; there is always one. */
  open(receiver: string): Promise<OpenDigest>;
  /** Adds lines; refused as `changed-meanwhile` when that digest is closed. */
  toAdd(digest: OpenDigest, lines: readonly DigestLine[]): Write;
  /** Every open digest that has lines. May be a moment old. */
  waiting(): AsyncIterable<OpenDigest>;
  /** The lines of an open digest, in the order of their due days. */
  linesOf(digest: OpenDigest): AsyncIterable<DigestLine>;
  /**
   * Closes a digest and opens the next one; `mailedOn` is the day on which it went out, null when nobody is told of it.
   * Refused as `changed-meanwhile` when it is closed, or has other lines than it had.
   */
  toClose(digest: OpenDigest, mailedOn: LocalDate | null): Write;
}

/** Somebody who owes things, and cannot be reached any more: an account was suspended, or its mailbox is gone. */
export interface Departure {
  readonly email: string;
  readonly at: Instant;
}

/** Departures of which the coordinators have not been told yet. */
export interface Departures {
  /** Notes one; a later one of the same person takes the place of an earlier one. */
  toNote(departure: Departure): Write;
  waiting(): AsyncIterable<Departure>;
  toRemove(departure: Departure): Write;
}

/** What a duty is about, as people call it. */
export interface Subject {
  readonly title: string;
  /** The plan, or the area, that it belongs to. */
  readonly within: string | null;
  /** Who leads it, as the plan writes it. */
  readonly leads: readonly string[];
}

/** Says what a duty is about; null when that is not there any more. */
export type DescribeSubject = (duty: DutyKey) => Promise<Subject | null>;

/** The subjects of which an account owes something. Reads in proportion to how many these are. */
export type FindOwedBy = (email: string) => Promise<readonly Id[]>;
