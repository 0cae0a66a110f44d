import type { ChasePorts } from './chase-ports.ts';
import type { Duty } from './duty.ts';
import type { Departure } from './ports.ts';
import type { Run } from './say-stages.ts';

/** What somebody still owes, and the coordinators do not know that it is without them. */
const isToTell = ({ owners, lost, nextOn }: Duty, email: string): boolean =>
  nextOn !== null && owners.includes(email) && !lost.includes(email);

const tell = async (ports: ChasePorts, run: Run, { email }: Departure): Promise<number> => {
  let told = 0;
  const coordinators = await run.receivers.coordinators();
  const receivers = coordinators.map((receiver) => ({ receiver, section: 'unreachable' as const }));
  for (const subject of await ports.findOwedBy(email)) {
    for (const duty of (await ports.duties.of(subject)).filter((one) => isToTell(one, email))) {
      const known = { ...duty, lost: [...duty.lost, email] };
      const refused = await run.desk.add(known, 'owner-gone', receivers, run.today);
      // Nothing is forgotten: the departure waits for the next run, and what was told is not told again.
      if (refused !== null) throw new Error('A duty was changed while its owner was found gone');
      told += 1;
    }
  }
  return told;
};

/**
 * Tells the coordinators what is owed by accounts that have become unreachable since the last run, without waiting for
 * the next stage of it. Reads what these accounts owe, and nothing else.
 */
export const tellDepartures = async (ports: ChasePorts, run: Run): Promise<number> => {
  let told = 0;
  for await (const departure of ports.departures.waiting()) {
    await run.attempt(async () => {
      if (!(await run.receivers.isReachable(departure.email))) told += await tell(ports, run, departure);
      await ports.facts.commit([ports.departures.toRemove(departure)]);
    });
  }
  return told;
};
