import type { LocalDate } from '../shared/clock.ts';
import type { Write } from '../shared/facts.ts';
import type { Duty } from './duty.ts';

/** What is owed by whom and by when, whatever kind of thing it is. */
export interface Duties {
  /** All duties that a subject has or had, answered ones too, in the order of their days. */
  of(subject: string): Promise<readonly Duty[]>;
  /** The duties of which something is to be said on this day or was to be said before. Reads these and no others. */
  due(day: LocalDate): AsyncIterable<Duty>;
  /** Refused as `already-there` when the same duty is there. */
  toOwe(duty: Duty): Write;
  /** Refused as `changed-meanwhile` unless the stored version is the one given, which goes up by one. */
  toChange(duty: Duty): Write;
  /** Takes a duty away. Refused as `changed-meanwhile` unless the stored version is the one given. */
  toRemove(duty: Duty): Write;
}
