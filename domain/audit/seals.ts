import type { Instant, LocalDate } from '../shared/clock.ts';
import type { Write } from '../shared/facts.ts';
import type { EntryKey, StoredEntry } from './audit.ts';

/** Makes 256 bits out of a text, as hexadecimal digits: SHA-256. */
export type Digest = (text: string) => string;

/**
 * What proves that an entry is as it was written, and in its place. The seals of a day are a chain in the order in
 * which the store took the entries: each holds the hash of the one before it.
 */
export interface Seal {
  /** From 1, without a gap. */
  readonly number: number;
  readonly entry: EntryKey;
  /** Of the entry's content. */
  readonly digest: string;
  /** The hash of the seal before; of the first, that of the day's beginning (see `beginningOf`). */
  readonly previous: string;
  /** Of all of the above. */
  readonly hash: string;
  readonly sealedAt: Instant;
}

/** Where a day's chain ends. */
export interface ChainHead {
  readonly count: number;
  readonly hash: string;
}

/** Where the chain of a day ended at some moment. */
export interface DayEnd extends ChainHead {
  readonly day: LocalDate;
}

/** A day with a chain, and what it follows: the last day before it with a chain, and where that ended then. */
export interface DayBegun {
  readonly day: LocalDate;
  /** Null for the first. */
  readonly after: DayEnd | null;
}

/** The seals of the audit trail. Only the function that seals may write them. */
export interface AuditSeals {
  /** Null when nothing of the day is sealed yet. */
  head(day: LocalDate): Promise<ChainHead | null>;
  find(day: LocalDate, entry: EntryKey): Promise<Seal | null>;
  /** All seals of a day in the order of their entries' keys, fetched as they are needed. */
  read(day: LocalDate): AsyncIterable<Seal>;
  /**
   * Adds seals to the end of a day's chain: refused as `changed-meanwhile` when that is not `from` (null: no chain
   * yet), and as `already-there` when one of the entries has a seal. A new chain is listed with what it follows, and
   * is `after`. At most 98 seals fit into a commit.
   */
  toAppend(day: LocalDate, from: ChainHead | null, seals: readonly Seal[], after?: DayEnd | null): Write;
  /** The first day of which anything is sealed; null when nothing is. */
  firstDay(): Promise<LocalDate | null>;
  /** The last day before this one of which anything is sealed; null when there is none. */
  dayBefore(day: LocalDate): Promise<LocalDate | null>;
  /** All days of which anything is sealed, the first first. */
  days(): Promise<readonly DayBegun[]>;
  /** One of these days; null when it is none. */
  begun(day: LocalDate): Promise<DayBegun | null>;
}

type Content = unknown;

/** The same text for the same data, whatever the order of its fields: JSON with sorted names and no blanks. */
export const canonical = (content: Content): string => {
  if (Array.isArray(content)) return `[${content.map(canonical).join(',')}]`;
  if (typeof content !== 'object' || content === null) return JSON.stringify(content) ?? 'null';
  const fields = Object.entries(content)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${JSON.stringify(name)}:${canonical(value)}`);
  return `{${fields.join(',')}}`;
};

/** The digest of an entry: of all that is stored under its key. */
export const digestOf = (digest: Digest, { content }: StoredEntry): string => digest(canonical(content));

/** What the first seal of a day holds on to: where the day before ended, so that days cannot be taken out. */
export const beginningOf = (digest: Digest, { day, after }: DayBegun): string =>
  digest(after ? `audit ${day} after ${after.day} ${after.count} ${after.hash}` : `audit ${day}`);

export const hashOf = (
  digest: Digest,
  seal: Pick<Seal, 'number' | 'entry' | 'digest' | 'previous'>,
): string => digest(canonical([seal.number, seal.entry, seal.digest, seal.previous]));
