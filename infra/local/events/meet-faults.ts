import type { Faults, PollFault } from '../faults/open-faults.ts';
import type { Invoke } from './event-source.ts';

/** How soon a poller asks again after it was refused. */
const ASK_AGAIN_MS = 100;

/** How long a poll is held up by a fault: one that gets no answer waits for it as long as the rule says. */
export const heldUpMs = ({ effect, delayMs }: PollFault): number =>
  effect === 'delay' || effect === 'timeout-before' || effect === 'timeout-after' ? delayMs : ASK_AGAIN_MS;

/**
 * Hands batches to a function as a source does that delivers at least once, where a fault says so: late, or once more
 * when the function has answered. Of two deliveries the second answer holds: what it names as failed comes again.
 */
export const deliverAtLeastOnce =
  (options: {
    faults: Faults;
    engine: 'sqs' | 'streams';
    invoke: Invoke;
    /** May end early, when the source is closed: then the batch is delivered at once. */
    wait: (ms: number) => Promise<void>;
  }): Invoke =>
  async (name, payload) => {
    const { faults, engine, invoke, wait } = options;
    const fault = faults.onDelivery({ engine, function: name });
    if (fault?.effect === 'late') await wait(fault.delayMs);
    const result = await invoke(name, payload);
    return fault?.effect === 'duplicate' ? invoke(name, payload) : result;
  };
