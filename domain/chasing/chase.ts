import { londonDate } from '../shared/clock.ts';
import { describeFault } from '../shared/fault.ts';
import type { CorrelationId } from '../shared/ids.ts';
import { openDesk } from './add-lines.ts';
import type { ChasePorts } from './chase-ports.ts';
import { mailDigests } from './mail-digests.ts';
import { findReceivers } from './receivers.ts';
import { type Run, sayStages } from './say-stages.ts';
import { tellDepartures } from './tell-departures.ts';
import { isDayForChasing } from './working-days.ts';

/** So many faults are no accident of single records: the store does not answer. */
const MOST_FAULTS = 5;

/** One thing or more could not be said or mailed; the rest was. The next run goes on with it. */
export class ChaseIncomplete extends Error {
  override readonly name = 'ChaseIncomplete';
}

/** Works on after a fault of a single piece of work, and knows in the end that there was one. */
const keepFaults = ({ log }: Pick<ChasePorts, 'log'>, correlationId: CorrelationId) => {
  let faults = 0;
  const attempt: Run['attempt'] = async (work) => {
    try {
      await work();
    } catch (fault) {
      faults += 1;
      log('WARN', 'chase failed', { fault: describeFault(fault), correlationId });
      if (faults >= MOST_FAULTS) throw fault;
    }
  };
  return { attempt, count: () => faults };
};

export type Chased = {
  readonly workingDay: boolean;
  /** Duties of which a stage was said. */
  readonly said: number;
  /** Duties whose owner has gone. */
  readonly ownersGone: number;
  readonly mails: number;
};

/**
 * Reminds whoever owes something, and tells others of what is long overdue, in one mail a day to each. On a day that
 * is no working day it does nothing. Its cost is that of what is due. Run twice, or again after a crash, it says
 * nothing twice and forgets nothing; what comes up after somebody's mail of the day waits for the next day.
 */
export const chase =
  (ports: ChasePorts) =>
  async (correlationId: CorrelationId): Promise<Chased> => {
    const today = londonDate(ports.clock.now());
    if (!isDayForChasing(today)) return { workingDay: false, said: 0, ownersGone: 0, mails: 0 };
    const { attempt, count } = keepFaults(ports, correlationId);
    const run: Run = { today, desk: openDesk(ports), receivers: findReceivers(ports), attempt };
    const chased = { workingDay: true, said: 0, ownersGone: 0, mails: 0 };
    // What has been said is mailed, also when the rest could not be read.
    await attempt(async () => {
      chased.ownersGone = await tellDepartures(ports, run);
    });
    await attempt(async () => {
      chased.said = await sayStages(ports, run);
    });
    await attempt(async () => {
      chased.mails = await mailDigests(ports, run, correlationId);
    });
    if (count() > 0) throw new ChaseIncomplete(`${count()} could not be said or mailed`);
    return chased;
  };
