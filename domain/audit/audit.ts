import type { Instant, LocalDate } from '../shared/clock.ts';
import type { Write } from '../shared/facts.ts';
import type { CorrelationId, Id } from '../shared/ids.ts';

/**
 * Who did something: a member of staff by address, somebody of the public, the program itself, or whoever works on
 * the store with the operator's tool.
 */
export type AuditActor =
  | { readonly kind: 'staff'; readonly email: string }
  | { readonly kind: 'public' | 'program' | 'operator' }
  /** Of an entry that cannot be read. */
  | { readonly kind: 'unknown' };

export const actorKinds = ['staff', 'public', 'program', 'operator'] as const;

/** A value as the trail keeps it: plain data. */
export type Shown = string | number | boolean | null | readonly Shown[] | { readonly [field: string]: Shown };

/** Fields of a record as the trail keeps them: personal data is withheld (see describe-change.ts). */
export type Fields = { readonly [field: string]: Shown };

/** Who did what to which record, when. Holds no personal data of the public: it names records. */
export interface AuditEntry {
  readonly id: Id;
  readonly at: Instant;
  readonly actor: AuditActor;
  /** The deed as a verb and a noun: `leave priority`, `triage submission`. */
  readonly deed: string;
  readonly record: { readonly kind: string; readonly id: Id };
  /** The fields that changed, as they were; null when there was no record before, or none is told of. */
  readonly before: Fields | null;
  /** The fields that changed, as they are now; null when the record is gone, or none is told of. */
  readonly after: Fields | null;
  /** What else belongs to the deed and is no field of the record: whether a mail was sent, say. */
  readonly change: Readonly<Record<string, string | number | boolean | null>>;
  readonly correlationId: CorrelationId;
}

/** Where an entry lies within its day: sorts in the order of time. */
export type EntryKey = string;

/** An entry as it is stored, whatever that is by now. */
export interface StoredEntry {
  readonly key: EntryKey;
  /** Everything that is stored under this key. */
  readonly content: Readonly<Record<string, unknown>>;
}

/**
 * Stands for something among the entries of a day that is none: nobody should miss it, and it should keep nobody from
 * those that can be read. Its time is that in its key, or else the beginning of its day.
 */
export const unreadableEntry = (day: LocalDate, key: EntryKey): AuditEntry => ({
  id: key,
  at: instantOf(key) ?? `${day}T00:00:00.000Z`,
  actor: { kind: 'unknown' },
  deed: 'unreadable entry',
  record: { kind: 'audit-entry', id: key },
  before: null,
  after: null,
  change: {},
  correlationId: '',
});

/** When an entry says that it was written; null for a key that no entry of ours has. */
export const instantOf = (key: EntryKey): Instant | null => {
  const [at = '', id = ''] = key.split('#');
  const parsed = new Date(at);
  return id !== '' && !Number.isNaN(parsed.getTime()) && parsed.toISOString() === at ? at : null;
};

/** The trail of deeds, append-only. What is no entry is read as `unreadableEntry`, except by `ofDay`, which throws. */
export interface AuditTrail {
  /** Records an entry together with the deed; refused as `already-there`. */
  toRecord(entry: AuditEntry): Write;
  /** The entries of one day in London, oldest first. */
  ofDay(day: LocalDate): Promise<readonly AuditEntry[]>;
  /** At most so many entries of a day from before a key (null: from its end), newest first, with their keys. */
  readBack(
    day: LocalDate,
    page: { readonly before: EntryKey | null; readonly limit: number },
  ): Promise<readonly { readonly key: EntryKey; readonly entry: AuditEntry }[]>;
  /** All entries of a day in the order of time, fetched as they are needed. */
  read(day: LocalDate): AsyncIterable<AuditEntry>;
  /** All that is stored among the entries of a day, in the order of keys, fetched as it is needed. */
  stored(day: LocalDate): AsyncIterable<StoredEntry>;
  /** What is stored under one key now. */
  findStored(day: LocalDate, key: EntryKey): Promise<StoredEntry | null>;
}
