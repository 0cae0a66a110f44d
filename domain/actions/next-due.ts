import type { LocalDate } from '../shared/clock.ts';
import type { Action } from './action.ts';
import type { Milestone } from './timescale/timescale.ts';

/** What is still to come or late, in the order of days. */
export const unmetOf = ({ timescale, met }: Pick<Action, 'timescale' | 'met'>): readonly Milestone[] =>
  timescale.milestones.filter(({ due }) => !met.includes(due));

/** The first day on which something of it is due and not met; null when there is none. */
export const nextDueOf = (action: Pick<Action, 'timescale' | 'met'>): LocalDate | null =>
  unmetOf(action)[0]?.due ?? null;
