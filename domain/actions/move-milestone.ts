import type { LocalDate } from '../shared/clock.ts';
import type { Milestone, Timescale } from './timescale/timescale.ts';
import { writeDay } from './timescale/write-day.ts';

const inWords = ({ due, label }: Milestone): string =>
  label === null ? writeDay(due) : `${writeDay(due)} ${label}`;

/**
 * A timescale with one milestone on another day. Its text is written anew, so that it says what holds; what an officer
 * wrote before is in the audit trail.
 */
export const moveMilestone = (timescale: Timescale, from: LocalDate, to: LocalDate): Timescale => {
  const milestones = timescale.milestones
    .map((milestone) =>
      milestone.due === from ? { ...milestone, due: to, precision: 'day' as const } : milestone,
    )
    .sort((a, b) => (a.due < b.due ? -1 : 1));
  const days = milestones.map(inWords).join('; ');
  return {
    text: timescale.ongoing ? `${days}; ongoing` : days,
    ongoing: timescale.ongoing,
    recurring: null,
    milestones,
  };
};
