import type { Duty } from '../chasing/duty.ts';
import { keepDuties } from '../chasing/keep-duties.ts';
import type { Duties } from '../chasing/ports.ts';
import { answered } from '../chasing/stages.ts';
import type { LocalDate } from '../shared/clock.ts';
import type { Write } from '../shared/facts.ts';
import type { Action } from './action.ts';
import { owedBy } from './owed.ts';
import type { ActionPlan } from './plan.ts';

/** Who is reminded of an action: its leads, except somebody who has said that it is not theirs. */
const ownersOf = ({ leads, disowned }: Action): readonly string[] => {
  const emails = leads.flatMap(({ email }) => (email === null || email === disowned?.by ? [] : [email]));
  return [...new Set(emails)];
};

/**
 * What has to change about the clocks of an action, to be committed with the action itself: `before` is null for a new
 * one, `after` for one that goes. `answeredNow`: somebody tells with this change how it stands.
 */
export const clockWrites = async (
  { duties }: { readonly duties: Duties },
  before: Action | null,
  after: Action | null,
  plan: Pick<ActionPlan, 'from'>,
  today: LocalDate,
  answeredNow: boolean,
): Promise<readonly Write[]> => {
  const subject = (after ?? before)?.id;
  if (subject === undefined) return [];
  const there = before === null ? [] : await duties.of(subject);
  const owners = after ? ownersOf(after) : [];
  const settle = (duty: Duty) => (answeredNow && duty.kind !== 'decision' ? answered(duty, today) : duty);
  const wanted = (after ? owedBy(after, plan) : []).map(({ kind, due }) => ({
    ...{ kind, subject, due },
    // What officers ask of the coordinators is not theirs to settle.
    owners: kind === 'decision' ? [] : owners,
  }));
  return keepDuties(duties, there, wanted, today, settle);
};
