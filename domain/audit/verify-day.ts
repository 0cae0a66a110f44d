import type { Clock, Instant, LocalDate } from '../shared/clock.ts';
import { type AuditTrail, type EntryKey, instantOf, type StoredEntry } from './audit.ts';
import { ChainCheck } from './chain-check.ts';
import { type FaultFound, minutesBetween, type Report } from './faults.ts';
import { pair } from './pair.ts';
import { type AuditSeals, type ChainHead, type DayBegun, type Digest, digestOf, type Seal } from './seals.ts';

export interface VerifyPorts {
  readonly audit: AuditTrail;
  readonly seals: AuditSeals;
  readonly clock: Clock;
  readonly digest: Digest;
}

export interface DayVerified {
  readonly day: LocalDate;
  readonly entries: number;
  readonly sealed: number;
  /** Entries of the last minutes that have no seal yet. */
  readonly waiting: number;
  readonly faults: number;
  /** Where the chain ends: whoever keeps it elsewhere can compare. */
  readonly hash: string | null;
}

/** Sealing takes seconds. */
const MINUTES_TO_SEAL = 5;

/** Clocks differ by less. */
const MINUTES_AHEAD = 2;

/** Whether an entry may still be without a seal. */
const mayWait = (key: EntryKey, now: Instant): boolean => {
  const at = instantOf(key);
  const age = at === null ? Number.NaN : minutesBetween(at, now);
  return age <= MINUTES_TO_SEAL && age >= -MINUTES_AHEAD;
};

const compare = (
  digest: Digest,
  { stored, seal }: { readonly stored: StoredEntry | null; readonly seal: Seal },
  report: Report,
): void => {
  if (!stored) report('missing', seal.entry, seal.number);
  else if (digestOf(digest, stored) !== seal.digest) report('altered', seal.entry, seal.number);
};

/** A day that is told of, by the list of days or a later one, and has nothing; or one that the list does not name. */
const isDayMissing = (of: {
  readonly begun: DayBegun | null;
  readonly head: ChainHead | null;
  readonly seen: readonly ChainHead[];
  readonly isEmpty: boolean;
}): boolean => {
  const isToldOf = of.begun !== null || of.seen.length > 0;
  return of.isEmpty ? isToldOf : of.head !== null && of.begun === null;
};

/**
 * Recomputes the chain of a day and tells each fault as it is found. Reads entries and seals beside each other, so
 * that a day of any size takes the same memory; what is written meanwhile is no fault. `seen` is where the chain ended
 * when later days began, as these say.
 */
export const verifyDay =
  ({ audit, seals, clock, digest }: VerifyPorts) =>
  async (
    day: LocalDate,
    seen: readonly ChainHead[],
    tell: (found: FaultFound) => void,
  ): Promise<DayVerified> => {
    const count = { entries: 0, sealed: 0, waiting: 0, faults: 0 };
    const report: Report = (fault, entry, number) => {
      count.faults += 1;
      tell({ day, entry, fault, number: number ?? null });
    };
    const head = await seals.head(day);
    const begun = await seals.begun(day);
    const chain = new ChainCheck(digest, begun ?? { day, after: null }, { head, seen }, report);
    const now = clock.now();
    const check = (key: EntryKey, stored: StoredEntry | null, seal: Seal | null): void => {
      if (stored) count.entries += 1;
      if (seal) {
        count.sealed += 1;
        chain.take(seal);
        compare(digest, { stored, seal }, report);
      } else if (mayWait(key, now)) count.waiting += 1;
      else report('not-sealed', key);
    };
    // An entry may have been written between the two pages that were read: it is asked for once more.
    for await (const { key, entry, seal } of pair(audit.stored(day), seals.read(day)))
      check(key, entry ?? (await audit.findStored(day, key)), seal);
    const headNow = await seals.head(day);
    chain.finish(headNow);
    const isEmpty = headNow === null && count.sealed === 0;
    if (isDayMissing({ begun, head, seen, isEmpty })) report('day-missing', null);
    return { day, ...count, hash: head?.hash ?? null };
  };
