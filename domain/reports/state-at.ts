import type { Action, Progress } from '../actions/action.ts';
import { type Instant, type LocalDate, londonDate } from '../shared/clock.ts';
import type { NoteKind } from './report.ts';

/** What had been reported of an action by the end of a day in London, and whether more followed. */
export interface ProgressBy {
  readonly last: Progress | null;
  /** The last that says something: what a file brought without a report has a colour and no words. */
  readonly told: Progress | null;
  readonly followed: boolean;
}

/** The part of some entries, in whatever order, that matters for a day. */
export const progressBy = (entries: readonly Progress[], day: LocalDate): ProgressBy => {
  const before = entries.filter(({ at }) => londonDate(at) <= day);
  const keyOf = ({ at, id }: Progress) => `${at}#${id}`;
  const newestFirst = before.toSorted((a, b) => (keyOf(a) < keyOf(b) ? 1 : -1));
  const [last = null] = newestFirst;
  const told = newestFirst.find(({ text }) => text !== '') ?? null;
  return { last, told, followed: before.length < entries.length };
};

/** The day of a report, and the moment at which it is written. */
export interface ReportDay {
  readonly asOf: LocalDate;
  readonly now: Instant;
}

export const isPast = ({ asOf, now }: ReportDay): boolean => asOf < londonDate(now);

interface StateAt {
  readonly action: Action;
  readonly doubts: readonly NoteKind[];
}

/**
 * Nobody has reported since: colour and state are still those of the day, except that a coordinator may have set the
 * state at any time.
 */
const unreportedSince = (action: Action, { last, told }: ProgressBy): StateAt => {
  const isUndated = action.status !== (last?.status ?? 'not-started');
  return {
    action: { ...action, carriedTo: null, progressAt: told?.at ?? null },
    doubts: isUndated ? ['undated-state'] : [],
  };
};

/** As reported by then. Of milestones that are met by now, those due by then are taken to have been met in time. */
const asReported = (action: Action, { last, told }: ProgressBy, asOf: LocalDate): StateAt => {
  const status = last?.status ?? 'not-started';
  const doubts: NoteKind[] = [];
  if (last === null) doubts.push('before-first-report');
  if (action.met.length > 0 && status !== 'complete') doubts.push('undated-milestones');
  return {
    action: {
      ...action,
      status,
      rag: last?.rag ?? null,
      reason: status === action.status ? action.reason : null,
      met: status === 'complete' ? action.met : action.met.filter((due) => due < asOf),
      carriedTo: null,
      progressAt: told?.at ?? null,
    },
    doubts,
  };
};

/**
 * An action as it stood at the end of a day, as far as that is known. Reports of progress are dated, so that colour and
 * state of a day in the past follow from them; what has no date is taken as it is now, and `doubts` says so.
 */
export const stateAt = (action: Action, progress: ProgressBy, day: ReportDay): StateAt => {
  if (!isPast(day)) return { action, doubts: [] };
  return progress.followed ? asReported(action, progress, day.asOf) : unreportedSince(action, progress);
};
