import type { LocalDate } from '../shared/clock.ts';
import type { Milestone, Timescale } from './timescale/timescale.ts';
import { writeDay } from './timescale/write-day.ts';

const inWords = ({ due, label }: Milestone): string =>
  label === null ? writeDay(due) : `${writeDay(due)} ${label}`;

/**
 * A timescale with one milestone on another day. What comes back keeps its words and its rhythm, and one time of it is
 * on another day; otherwise the text is written anew, so that it says what holds. What an officer wrote before is in the
 * audit trail.
 */
export const moveMilestone = (timescale: Timescale, from: LocalDate, to: LocalDate): Timescale => {
  const milestones = timescale.milestones
    .map((milestone) =>
      milestone.due === from ? { ...milestone, due: to, precision: 'day' as const } : milestone,
    )
    .sort((a, b) => (a.due < b.due ? -1 : 1));
  if (timescale.recurring !== null) return { ...timescale, milestones };
  const days = milestones.map(inWords).join('; ');
  const text = timescale.ongoing ? `${days}; ongoing` : days;
  return { text, ongoing: timescale.ongoing, recurring: null, milestones };
};
