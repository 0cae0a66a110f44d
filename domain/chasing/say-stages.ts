import type { LocalDate } from '../shared/clock.ts';
import type { Desk } from './add-lines.ts';
import type { ChasePorts } from './chase-ports.ts';
import type { Duty } from './duty.ts';
import type { Receivers } from './receivers.ts';
import { afterSaying, stageOn } from './stages.ts';

/** What a run works with. */
export interface Run {
  readonly today: LocalDate;
  readonly desk: Desk;
  readonly receivers: Receivers;
  /** Does one piece of work; a fault of it is kept for the end, so that its neighbours are not left alone. */
  readonly attempt: (work: () => Promise<void>) => Promise<void>;
}

/** Somebody may work on the same duty, or another run on the same digest; each try reads anew. */
export const ATTEMPTS = 5;

/** Others worked on the same thing at the same moment, again and again. The next run goes on with it. */
export class StillBusy extends Error {
  override readonly name = 'StillBusy';
}

/** Who was lost and is there again may be lost once more. */
const stillLost = async ({ lost }: Duty, { isReachable }: Receivers): Promise<string[]> => {
  const reachable = await Promise.all(lost.map(isReachable));
  return lost.filter((_, at) => !reachable[at]);
};

const say = async ({ duties }: ChasePorts, run: Run, seen: Duty): Promise<boolean> => {
  const { today, desk, receivers } = run;
  let duty: Duty | null = seen;
  for (let attempt = 1; attempt <= ATTEMPTS && duty; attempt += 1) {
    const stage = stageOn(duty, today);
    if (stage === null) return false;
    const told = await receivers.of(duty, stage);
    const said = { ...afterSaying(duty, today), lost: await stillLost(duty, receivers) };
    if ((await desk.add(said, stage, told, today)) === null) return true;
    duty = await duties.find(seen);
  }
  if (duty) throw new StillBusy();
  return false;
};

/**
 * Says the stage of every duty of which one is due: the duty goes on to its next stage, and a line comes into the open
 * digest of everybody who is told, in one transaction. So each stage is said once, however often this runs and wherever
 * it breaks off.
 */
export const sayStages = async (ports: ChasePorts, run: Run): Promise<number> => {
  let said = 0;
  for await (const duty of ports.duties.due(run.today)) {
    await run.attempt(async () => {
      said += (await say(ports, run, duty)) ? 1 : 0;
    });
  }
  return said;
};
