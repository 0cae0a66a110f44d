import { type Action, isOpen } from '../actions/action.ts';
import { nextDueOf, unmetOf } from '../actions/next-due.ts';
import type { ActionPlan } from '../actions/plan.ts';
import { suggestRag } from '../actions/suggest-rag.ts';
import { type LocalDate, londonDate } from '../shared/clock.ts';
import type { Id } from '../shared/ids.ts';
import { compareActions } from './compare.ts';
import { periodAfter, periodEnding } from './period.ts';
import type { NoteKind, Report, ReportedAction, ReportKind, ReportNote, Span } from './report.ts';
import { isPast, type ProgressBy, type ReportDay, stateAt } from './state-at.ts';
import { sumUp, sumUpThemes } from './sum-up.ts';

/** The issued report with which a new one is compared. */
export interface EarlierReport {
  readonly id: Id;
  readonly report: Report;
}

export interface ReportSources extends ReportDay {
  readonly kind: ReportKind;
  readonly plan: ActionPlan;
  /** In the order of the plan. */
  readonly actions: readonly Action[];
  /** By action, what had been reported by the end of the day. */
  readonly progress: ReadonlyMap<Id, ProgressBy>;
  /** The latest issued one of the same kind about an earlier day. */
  readonly earlier: EarlierReport | null;
}

const NOTHING: ProgressBy = { last: null, told: null, followed: false };

const isWithin = (day: LocalDate, { from, to }: Span): boolean => day >= from && day <= to;

const milestonesOf = (action: Action): ReportedAction['milestones'] => {
  const unmet = unmetOf(action).map(({ due }) => due);
  return action.timescale.milestones.map(({ due, label }) => ({
    ...{ due, label },
    met: action.status === 'complete' || !unmet.includes(due),
  }));
};

interface Told extends ReportDay {
  readonly plan: ActionPlan;
  readonly period: Span;
}

/** What a report says of an action in its state on the day. */
const tell = (
  action: Action,
  { told }: ProgressBy,
  { plan, period, asOf }: Told,
  carriedOver: boolean,
): ReportedAction => {
  const open = isOpen(action);
  const due = open ? nextDueOf(action) : null;
  const { id, position, theme, objective, text, status, reason, rag, measures, budget, actual } = action;
  return {
    ...{ id, position, theme, objective, text, status, reason, rag, measures, budget, actual },
    leads: action.leads.map(({ name }) => name),
    suggestion: suggestRag(action, plan, asOf),
    open,
    overdue: due !== null && due < asOf,
    silent: open && (told === null || !isWithin(londonDate(told.at), period)),
    due,
    timescale: action.timescale.text,
    ongoing: action.timescale.ongoing,
    milestones: milestonesOf(action),
    progress: told && { at: told.at, text: told.text },
    carriedOver,
  };
};

const dueNextOf = (actions: readonly ReportedAction[], asOf: LocalDate, { to }: Span): Report['dueNext'] =>
  actions
    .filter(({ open }) => open)
    .flatMap(({ id, position, text, milestones }) =>
      milestones
        .filter(({ due, met }) => !met && due >= asOf && due <= to)
        .map(({ due, label }) => ({ due, label, action: { id, position, text } })),
    )
    .sort((a, b) => (a.due === b.due ? a.action.position - b.action.position : a.due < b.due ? -1 : 1));

/** The actions that a plan had on a day. Where it had none, it was entered here afterwards, and is taken as a whole. */
const actionsOn = (
  actions: readonly Action[],
  day: ReportDay,
): { readonly there: readonly Action[]; readonly notes: readonly ReportNote[] } => {
  if (!isPast(day)) return { there: actions, notes: [] };
  const there = actions.filter(({ createdAt }) => londonDate(createdAt) <= day.asOf);
  const later = actions.length - there.length;
  if (later === 0) return { there, notes: [] };
  if (there.length === 0) return { there: actions, notes: [{ kind: 'all-entered-later', count: later }] };
  return { there, notes: [{ kind: 'entered-later', count: later }] };
};

const DOUBTS: readonly NoteKind[] = ['undated-state', 'before-first-report', 'undated-milestones'];

const notesOf = (doubts: readonly NoteKind[], day: ReportDay, count: number): readonly ReportNote[] =>
  isPast(day) && count > 0
    ? [
        { kind: 'as-now', count },
        ...DOUBTS.map((kind) => ({ kind, count: doubts.filter((doubt) => doubt === kind).length })).filter(
          (note) => note.count > 0,
        ),
      ]
    : [];

/**
 * Writes a report of a plan as it stood at the end of a day in London. Pure: the same sources give the same report. A
 * day in the past is put together from what is dated; what is not is as it is now, and the notes say so.
 */
export const writeReport = ({ kind, plan, actions, progress, earlier, asOf, now }: ReportSources): Report => {
  const day = { asOf, now };
  const period = periodEnding(kind, asOf);
  const next = periodAfter(kind, period);
  const { there, notes } = actionsOn(actions, day);
  const doubts: NoteKind[] = [];
  const told = there.map((action) => {
    const reported = progress.get(action.id) ?? NOTHING;
    const state = stateAt(action, reported, day);
    doubts.push(...state.doubts);
    return tell(state.action, reported, { plan, period, ...day }, action.carriedTo !== null);
  });
  return {
    kind,
    plan: { id: plan.id, title: plan.title, from: plan.from, to: plan.to },
    ...{ asOf, period, next },
    writtenAt: now,
    since: earlier && { id: earlier.id, asOf: earlier.report.asOf },
    figures: sumUp(told),
    themes: sumUpThemes(told),
    changes: earlier ? compareActions(earlier.report.actions, told) : [],
    dueNext: dueNextOf(told, asOf, next),
    actions: told,
    notes: [...notesOf(doubts, day, told.length), ...notes],
  };
};
