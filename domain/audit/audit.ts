import type { Instant } from '../shared/clock.ts';
import type { Write } from '../shared/facts.ts';
import type { CorrelationId, Id } from '../shared/ids.ts';

/** Who did something: a member of staff by address, somebody of the public, or the program itself. */
export type AuditActor =
  | { readonly kind: 'staff'; readonly email: string }
  | { readonly kind: 'public' | 'program' };

/** Who did what to which record, when. Holds no personal data of the public: it names records. */
export interface AuditEntry {
  readonly id: Id;
  readonly at: Instant;
  readonly actor: AuditActor;
  /** The deed as a verb and a noun: `leave priority`, `triage submission`. */
  readonly deed: string;
  readonly record: { readonly kind: string; readonly id: Id };
  /** What changed, by field, without what people wrote. */
  readonly change: Readonly<Record<string, string | number | boolean | null>>;
  readonly correlationId: CorrelationId;
}

/** The trail of deeds, append-only. */
export interface AuditTrail {
  /** Records an entry together with the deed. */
  toRecord(entry: AuditEntry): Write;
  /** The entries of one day in London, oldest first. */
  ofDay(day: string): Promise<readonly AuditEntry[]>;
}
