import type { Clock, LocalDate } from '../shared/clock.ts';
import type { Facts } from '../shared/facts.ts';
import type { Log } from '../shared/log.ts';
import type { StoredEntry } from './audit.ts';
import {
  type AuditSeals,
  beginningOf,
  type ChainHead,
  type DayEnd,
  type Digest,
  digestOf,
  hashOf,
  type Seal,
} from './seals.ts';

export interface SealPorts {
  readonly seals: AuditSeals;
  readonly facts: Facts;
  readonly clock: Clock;
  readonly digest: Digest;
  readonly log: Log;
}

/** An entry as the stream tells of it. */
export interface NewEntry extends StoredEntry {
  readonly day: LocalDate;
}

/** A transaction holds 100 changes: these, the end of the chain, and the day when it is a new one. */
const AT_ONCE = 98;

/** The same batch may be under way twice (a delivery that took too long). More often, and Lambda tries again. */
const ATTEMPTS = 5;

const chain = ({ digest, clock }: SealPorts, from: ChainHead, entries: readonly StoredEntry[]): Seal[] => {
  let { count: number, hash: previous } = from;
  const sealedAt = clock.now();
  return entries.map((entry) => {
    number += 1;
    const link = { number, entry: entry.key, digest: digestOf(digest, entry), previous };
    previous = hashOf(digest, link);
    return { ...link, hash: previous, sealedAt };
  });
};

/** Those without a seal. An entry that came again with other content was replaced: told, and not sealed anew. */
const findUnsealed = async (
  { seals, digest, log }: SealPorts,
  day: LocalDate,
  entries: readonly StoredEntry[],
): Promise<readonly StoredEntry[]> => {
  const found = await Promise.all(entries.map(({ key }) => seals.find(day, key)));
  entries.forEach((entry, index) => {
    const seal = found[index];
    if (seal && seal.digest !== digestOf(digest, entry))
      log('ERROR', 'audit entry replaced', { day, entry: entry.key, correlationId: entry.key });
  });
  return entries.filter((_, index) => !found[index]);
};

const endBefore = async ({ seals }: SealPorts, day: LocalDate): Promise<DayEnd | null> => {
  const before = await seals.dayBefore(day);
  if (before === null) return null;
  const head = await seals.head(before);
  return head && { day: before, ...head };
};

const appendTo = async (
  ports: SealPorts,
  day: LocalDate,
  entries: readonly StoredEntry[],
): Promise<ChainHead | null> => {
  let left = entries;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const head = await ports.seals.head(day);
    const after = head ? null : await endBefore(ports, day);
    const from = head ?? { count: 0, hash: beginningOf(ports.digest, { day, after }) };
    const seals = chain(ports, from, left);
    const last = seals.at(-1);
    if (!last) return head;
    const { refused } = await ports.facts.commit([ports.seals.toAppend(day, head, seals, after)]);
    if (refused === null) return { count: last.number, hash: last.hash };
    left = await findUnsealed(ports, day, left);
  }
  throw new Error(`The chain of ${day} is taken up by somebody else`);
};

const groupByDay = (entries: readonly NewEntry[]): Map<LocalDate, NewEntry[]> => {
  const days = new Map<LocalDate, Map<string, NewEntry>>();
  for (const entry of entries) {
    const ofDay = days.get(entry.day) ?? new Map<string, NewEntry>();
    if (!ofDay.has(entry.key)) ofDay.set(entry.key, entry);
    days.set(entry.day, ofDay);
  }
  return new Map([...days].map(([day, ofDay]) => [day, [...ofDay.values()]]));
};

/**
 * Appends a seal for each entry to the chain of its day, in this order and once, however often an entry is delivered.
 * The log is told each new end of a chain: a witness outside the table. Throws when the store does not answer; what
 * was sealed until then stays sealed, and the same call may be repeated.
 */
export const sealEntries =
  (ports: SealPorts) =>
  async (entries: readonly NewEntry[]): Promise<{ failed: readonly number[] }> => {
    for (const [day, ofDay] of groupByDay(entries)) {
      for (let at = 0; at < ofDay.length; at += AT_ONCE) {
        const part = ofDay.slice(at, at + AT_ONCE);
        const head = await appendTo(ports, day, part);
        if (head)
          ports.log('INFO', 'audit sealed', {
            day,
            count: head.count,
            hash: head.hash,
            correlationId: part[0]?.key ?? '',
          });
      }
    }
    return { failed: [] };
  };
