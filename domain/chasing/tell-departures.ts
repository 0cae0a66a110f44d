import type { ChasePorts } from './chase-ports.ts';
import type { Duty } from './duty.ts';
import type { Departure } from './ports.ts';
import { ATTEMPTS, type Run, StillBusy } from './say-stages.ts';

/** What somebody still owes, and the coordinators do not know that it is without them. */
const isToTell = ({ owners, lost, nextOn }: Duty, email: string): boolean =>
  nextOn !== null && owners.includes(email) && !lost.includes(email);

/** Tells of one duty, unless that was told before; each try reads it anew. */
const tellOf = async (ports: ChasePorts, run: Run, seen: Duty, email: string): Promise<boolean> => {
  const coordinators = await run.receivers.coordinators();
  const told = coordinators.map((receiver) => ({ receiver, section: 'unreachable' as const }));
  let duty: Duty | null = seen;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    if (!duty || !isToTell(duty, email)) return false;
    const known = { ...duty, lost: [...duty.lost, email] };
    if ((await run.desk.add(known, 'owner-gone', told, run.today)) === null) return true;
    duty = await ports.duties.find(seen);
  }
  throw new StillBusy();
};

const tell = async (ports: ChasePorts, run: Run, { email }: Departure): Promise<number> => {
  let told = 0;
  for (const subject of await ports.findOwedBy(email))
    for (const duty of await ports.duties.of(subject))
      told += (await tellOf(ports, run, duty, email)) ? 1 : 0;
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
