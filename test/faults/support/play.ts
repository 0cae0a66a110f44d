import type { FaultConsole } from './console.ts';
import type { Scenario } from './scenario.ts';
import type { Scene } from './scene.ts';
import { rulesOf, type Strike } from './strike.ts';

export interface Played {
  /** How often the fault struck. */
  readonly fired: number;
  /** What did not hold, or why the deed could not be done; null when all is well. */
  readonly violation: string | null;
  readonly milliseconds: number;
}

const PATIENCE_MS = 60_000;
const LOOK_AGAIN_MS = 40;
/** Longer than the first pause of a stream's retry, which looks settled to the laptop. */
const SECOND_LOOK_MS = 250;
/** More than the visibility time-out of any queue. */
const RETRY_MINUTES = 7;

/** Lives a scenario once, with one fault in it, and says what did not hold afterwards. */
export async function play(
  console: FaultConsole,
  scenario: Scenario,
  scene: Scene,
  { strike, seed, patienceMs }: { strike: Strike; seed: number; patienceMs?: number | undefined },
): Promise<Played> {
  const startedAt = performance.now();
  await scene.reset();
  const deed = await scenario.prepare(scene);
  await console.settle();
  await console.inject({ seed, rules: rulesOf(strike) });
  let violation: string | null = null;
  try {
    const invariants = await deed();
    // Whoever looks with the operator's rights afterwards must not meet what was meant for the operator.
    if (strike.of === 'operator') await scene.keepFired();
    await untilTheyHold(console, scene, invariants, patienceMs);
  } catch (fault) {
    violation = fault instanceof Error ? fault.message : String(fault);
  }
  const fired = await scene.fired();
  await console.endFaults();
  return { fired, violation, milliseconds: performance.now() - startedAt };
}

/** Everything goes on by itself: waits for that, lets queues try again, and looks twice in the end. */
export async function untilTheyHold(
  console: FaultConsole,
  scene: Scene,
  invariants: () => Promise<void>,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    const isQuiet = await cameToRest(console, scene);
    const fault = await invariants().then(
      () => null,
      (error: Error) => error,
    );
    if (isQuiet && !fault) break;
    if (performance.now() > giveUpAt) throw fault ?? new Error('The queue does not become empty');
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
  if (scene.watchesEvents) await new Promise((resolve) => setTimeout(resolve, SECOND_LOOK_MS));
  await cameToRest(console, scene);
  await invariants();
}

async function cameToRest(console: FaultConsole, scene: Scene): Promise<boolean> {
  await console.settle();
  const { waiting, inHand } = await scene.queued();
  if (waiting + inHand === 0) return true;
  if (waiting === 0) await console.pass(RETRY_MINUTES);
  return false;
}
