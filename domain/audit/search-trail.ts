import type { LocalDate } from '../shared/clock.ts';
import { addDays } from '../shared/days.ts';
import type { AuditActor, AuditEntry, AuditTrail, EntryKey } from './audit.ts';

/** Which entries are wanted. What is null asks nothing. */
export interface AuditFilter {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly actor: AuditActor['kind'] | null;
  /** The address of a member of staff. */
  readonly email: string | null;
  /** Part of what was done. */
  readonly deed: string | null;
  readonly recordKind: string | null;
  readonly recordId: string | null;
}

/** Where a search goes on: before this entry of this day; `key` null for the end of the day. */
export interface TrailCursor {
  readonly day: LocalDate;
  readonly key: EntryKey | null;
}

/** What one piece of a search may cost, and how much of what it finds is taken. */
export interface SearchLimits {
  /** Entries that it may read on the way. */
  readonly read: number;
  /** Days that it may ask for. */
  readonly days: number;
  /** Whether one more entry is taken; the search ends before the first that is not. */
  readonly takes: (entry: AuditEntry) => boolean;
}

export interface TrailFound {
  /** The latest first. */
  readonly entries: readonly AuditEntry[];
  /** Null when everything that was asked for was searched. */
  readonly next: TrailCursor | null;
}

const matches =
  (filter: AuditFilter) =>
  ({ actor, deed, record }: AuditEntry): boolean =>
    (filter.actor === null || actor.kind === filter.actor) &&
    (filter.email === null || (actor.kind === 'staff' && actor.email === filter.email)) &&
    (filter.deed === null || deed.toLowerCase().includes(filter.deed.toLowerCase())) &&
    (filter.recordKind === null || record.kind === filter.recordKind) &&
    (filter.recordId === null || record.id === filter.recordId);

/** Entries read at once: about a page of the store. */
const PIECE = 500;

interface Step {
  readonly entry: AuditEntry;
  readonly cursor: TrailCursor;
}

/** Walks back entry by entry while it may, and tells in the end where it stopped; null at the first day. */
async function* walkBack(
  audit: AuditTrail,
  from: LocalDate,
  start: TrailCursor,
  limits: SearchLimits,
): AsyncGenerator<Step, TrailCursor | null, undefined> {
  let { day, key: before } = start;
  for (let read = 0, days = 0; day >= from; ) {
    if (read >= limits.read || days >= limits.days) return { day, key: before };
    const limit = Math.min(PIECE, limits.read - read);
    const piece = await audit.readBack(day, { before, limit });
    for (const { key, entry } of piece) yield { entry, cursor: { day, key } };
    read += piece.length;
    before = piece.at(-1)?.key ?? before;
    if (piece.length === limit) continue;
    days += 1;
    [day, before] = [addDays(day, -1), null];
  }
  return null;
}

/**
 * Searches the trail backwards from the end of the last day, or from where an earlier search stopped. It stops when it
 * has found enough, and also when it has read enough without: whoever asked may go on from `next`, so that no question,
 * however rare what it asks for, keeps one request busy.
 */
export const searchTrail =
  ({ audit }: { audit: AuditTrail }) =>
  async (filter: AuditFilter, start: TrailCursor | null, limits: SearchLimits): Promise<TrailFound> => {
    const isWanted = matches(filter);
    const entries: AuditEntry[] = [];
    let reached = start ?? { day: filter.to, key: null };
    const steps = walkBack(audit, filter.from, reached, limits);
    for (;;) {
      const step = await steps.next();
      if (step.done) return { entries, next: step.value };
      const { entry, cursor } = step.value;
      if (isWanted(entry)) {
        if (!limits.takes(entry)) return { entries, next: reached };
        entries.push(entry);
      }
      reached = cursor;
    }
  };
