import type { LocalDate } from '../shared/clock.ts';
import type { Write } from '../shared/facts.ts';
import { type Duty, type DutyKey, dutyIdOf } from './duty.ts';
import type { Duties } from './ports.ts';
import { beginDuty, handOver } from './stages.ts';

/**
 * What has to change so that of what there is to owe about a subject (`there`) just what is `wanted` is owed, by the
 * owners that are named. `settle` may answer a duty on the way.
 */
export const keepDuties = (
  duties: Pick<Duties, 'toOwe' | 'toChange' | 'toRemove'>,
  there: readonly Duty[],
  wanted: readonly (DutyKey & { readonly owners: readonly string[] })[],
  today: LocalDate,
  settle: (duty: Duty) => Duty = (duty) => duty,
): readonly Write[] => {
  const ids = new Set(wanted.map(dutyIdOf));
  const kept = wanted.flatMap((owed) => {
    const known = there.find(({ id }) => id === dutyIdOf(owed));
    if (!known) return [duties.toOwe(settle(beginDuty(owed, today)))];
    const after = settle(handOver(known, owed.owners, today));
    return after === known ? [] : [duties.toChange(after)];
  });
  return [...there.filter(({ id }) => !ids.has(id)).map((duty) => duties.toRemove(duty)), ...kept];
};
