import { sha256 } from '#adapters/system/digest.ts';
import type { AuditEntry, StoredEntry } from '#domain/audit/audit.ts';
import type { FaultFound } from '#domain/audit/faults.ts';
import { type NewEntry, sealEntries } from '#domain/audit/seal-entries.ts';
import type { Seal } from '#domain/audit/seals.ts';
import { verifyDay } from '#domain/audit/verify-day.ts';
import { addHours, londonDate } from '#domain/shared/clock.ts';
import { openMemoryStores } from '#test/support/stores/memory-stores.ts';
import { anAuditEntry } from '#test/support/stores/records.ts';

export const DAY = '2026-11-23';

/** An hour after the entries. */
const AFTERWARDS = '2026-11-23T12:00:00.000Z';

/** The entry so many minutes after half past nine. */
export const entryAt = (minutes: number, changes: Partial<AuditEntry> = {}): AuditEntry =>
  anAuditEntry({ at: addHours('2026-11-23T09:30:00.000Z', minutes / 60), ...changes });

export const asNew = (entry: AuditEntry): NewEntry => ({
  day: londonDate(entry.at),
  key: `${entry.at}#${entry.id}`,
  content: { ...entry },
});

/** A trail, its seals, and somebody who changes what is stored of either behind the program's back. */
export const openTrail = () => {
  const stores = openMemoryStores();
  stores.clock.set(AFTERWARDS);
  const lines: { name: string; details: object }[] = [];
  const ports = {
    ...stores,
    digest: sha256,
    log: (_level: string, name: string, details: object) => {
      lines.push({ name, details });
    },
  };
  const seal = sealEntries(ports);
  const record = async (...entries: readonly AuditEntry[]) => {
    for (const entry of entries) await stores.facts.commit([stores.audit.toRecord(entry)]);
  };
  return {
    ...ports,
    lines,
    seal,
    record,
    write: async (...entries: readonly AuditEntry[]) => {
      await record(...entries);
      await seal(entries.map(asNew));
    },
    /** What a verification finds, with the stored entries and seals as `tamper` leaves them. */
    verify: async (tamper: Tamper = {}) => {
      const found: FaultFound[] = [];
      const { entries = same, seals = same, head, seen = [] } = tamper;
      const audit = {
        stored: (day: string) => changed(stores.audit.stored(day), entries),
        findStored: async (day: string, key: string) => {
          for await (const entry of changed(stores.audit.stored(day), entries))
            if (entry.key === key) return entry;
          return null;
        },
      };
      const tampered = {
        read: (day: string) => changed(stores.seals.read(day), seals),
        head: async (day: string) => (head === undefined ? stores.seals.head(day) : head),
        begun: (day: string) => stores.seals.begun(day),
      };
      const verified = await verifyDay({
        audit: Object.assign(Object.create(stores.audit), audit),
        seals: Object.assign(Object.create(stores.seals), tampered),
        clock: stores.clock,
        digest: sha256,
      })(DAY, seen, (fault) => found.push(fault));
      return { found: found.map(({ fault, entry, number }) => ({ fault, entry, number })), verified };
    },
  };
};

interface Tamper {
  readonly entries?: (entries: readonly StoredEntry[]) => readonly StoredEntry[];
  readonly seals?: (seals: readonly Seal[]) => readonly Seal[];
  readonly head?: { readonly count: number; readonly hash: string } | null;
  /** Where later days saw the end of the chain. */
  readonly seen?: readonly { readonly count: number; readonly hash: string }[];
}

const same = <T>(items: readonly T[]): readonly T[] => items;

async function* changed<T>(
  items: AsyncIterable<T>,
  change: (items: readonly T[]) => readonly T[],
): AsyncGenerator<T> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  yield* change(all);
}
