import { type LocalDate, londonDate } from '../shared/clock.ts';
import { addDays } from '../shared/days.ts';
import { type Action, isOpen } from './action.ts';
import { nextDueOf } from './next-due.ts';
import type { ActionPlan } from './plan.ts';
import type { Rag } from './rag.ts';

/** Why a colour is suggested. Days are of the calendar. */
export type RagReason =
  | { readonly kind: 'complete' }
  | { readonly kind: 'overdue'; readonly due: LocalDate; readonly days: number }
  | { readonly kind: 'due-soon-not-started'; readonly due: LocalDate; readonly days: number }
  | { readonly kind: 'due-soon-no-news'; readonly due: LocalDate; readonly days: number }
  | { readonly kind: 'no-news'; readonly since: LocalDate; readonly days: number }
  | { readonly kind: 'no-day' }
  | { readonly kind: 'on-course'; readonly due: LocalDate | null };

export interface RagSuggestion {
  readonly rag: Rag;
  readonly reason: RagReason;
}

/** From so many days before it is due, something that has not begun is in trouble, and silence is a risk. */
const SOON_DAYS = 30;

/** A quarter and a week: ongoing work is reviewed every quarter (domain.md, Timescale). */
const SILENT_DAYS = 98;

const MS_PER_DAY = 86_400_000;

const daysBetween = (from: LocalDate, to: LocalDate): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / MS_PER_DAY);

/** The day of the last news: a report of progress, or else the beginning. */
const newsOn = ({ progressAt, createdAt }: Action, { from }: ActionPlan): LocalDate => {
  if (progressAt !== null) return londonDate(progressAt);
  const created = londonDate(createdAt);
  return created > from ? created : from;
};

/** What dates and progress say about an open action on a day. */
const ofOpen = (action: Action, plan: ActionPlan, today: LocalDate): RagSuggestion => {
  const due = nextDueOf(action);
  const news = newsOn(action, plan);
  if (due !== null && due < today)
    return { rag: 'red', reason: { kind: 'overdue', due, days: daysBetween(due, today) } };
  if (due !== null && due <= addDays(today, SOON_DAYS)) {
    const days = daysBetween(today, due);
    if (action.status === 'not-started')
      return { rag: 'red', reason: { kind: 'due-soon-not-started', due, days } };
    if (news < addDays(today, -SOON_DAYS))
      return { rag: 'amber', reason: { kind: 'due-soon-no-news', due, days } };
  }
  if (due === null && !action.timescale.ongoing) return { rag: 'amber', reason: { kind: 'no-day' } };
  if (news < addDays(today, -SILENT_DAYS))
    return { rag: 'amber', reason: { kind: 'no-news', since: news, days: daysBetween(news, today) } };
  return { rag: 'green', reason: { kind: 'on-course', due } };
};

/**
 * Which colour dates and progress suggest for an action on a day in London, and why; null where there is nothing to
 * judge: business as usual, what was dropped, and what goes on in a later plan.
 */
export const suggestRag = (action: Action, plan: ActionPlan, today: LocalDate): RagSuggestion | null => {
  if (action.status === 'complete') return { rag: 'green', reason: { kind: 'complete' } };
  return isOpen(action) ? ofOpen(action, plan, today) : null;
};
