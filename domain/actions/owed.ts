import { type LocalDate, londonDate } from '../shared/clock.ts';
import { addDays } from '../shared/days.ts';
import { type Action, isOpen } from './action.ts';
import type { ActionPlan } from './plan.ts';

/** A day by which something is owed about an action. */
export interface Owed {
  readonly kind: 'action' | 'review' | 'decision';
  readonly due: LocalDate;
}

/** Days in which a coordinator should settle what an officer has asked. */
const DAYS_TO_SETTLE = 7;

const MONTHS_PER_QUARTER = 3;

/** The last day of the quarter of a day (31 March, 30 June, 30 September, 31 December), or of one after it. */
export const quarterEnd = (day: LocalDate, quartersLater = 0): LocalDate => {
  const at = new Date(day);
  const quarter = Math.floor(at.getUTCMonth() / MONTHS_PER_QUARTER) + quartersLater;
  return new Date(Date.UTC(at.getUTCFullYear(), (quarter + 1) * MONTHS_PER_QUARTER, 0))
    .toISOString()
    .slice(0, 10);
};

const reviewDue = ({ progressAt, createdAt }: Action, { from }: Pick<ActionPlan, 'from'>): LocalDate => {
  if (progressAt !== null) return quarterEnd(londonDate(progressAt), 1);
  const created = londonDate(createdAt);
  return quarterEnd(created > from ? created : from);
};

/** By when the coordinators should have settled what officers have asked of them: another day, another lead. */
const settleDue = ({ proposal, disowned }: Action): readonly LocalDate[] => {
  const asked = [proposal, disowned].flatMap((question) => (question ? [londonDate(question.at)] : []));
  return [...new Set(asked)].map((day) => addDays(day, DAYS_TO_SETTLE));
};

/**
 * What is owed about an action: each milestone that is not met, and a review at the end of a quarter where no milestone
 * keeps it in mind, because the work goes on without an end, or all that was due has been reported on. Of what is
 * complete, dropped or goes on in a later plan, nothing is owed.
 */
export const owedBy = (action: Action, plan: Pick<ActionPlan, 'from'>): readonly Owed[] => {
  const { status, timescale, met, progressAt, carriedTo } = action;
  if (status === 'complete' || status === 'dropped' || carriedTo !== null) return [];
  const unmet = isOpen(action)
    ? [...new Set(timescale.milestones.map(({ due }) => due))].filter((due) => !met.includes(due))
    : [];
  const reported = progressAt === null ? null : londonDate(progressAt);
  const isMinded = unmet.some((due) => reported === null || due > reported);
  const needsReview = timescale.ongoing || !isMinded;
  return [
    ...unmet.map((due) => ({ kind: 'action' as const, due })),
    ...settleDue(action).map((due) => ({ kind: 'decision' as const, due })),
    ...(needsReview ? [{ kind: 'review' as const, due: reviewDue(action, plan) }] : []),
  ];
};
