import { describeFault } from '../shared/fault.ts';
import type { CorrelationId } from '../shared/ids.ts';
import type { Log } from '../shared/log.ts';
import type { Limit, Limits, Taken } from './ports.ts';

/**
 * Asks a limit, and lets people in when it cannot answer: whoever came to be heard is not turned away because
 * counting failed. Both are logged, without saying who it was.
 */
export const letIn = async (
  { limits, log }: { readonly limits: Limits; readonly log: Log },
  ask: 'take' | 'look',
  { limit, key, correlationId }: { limit: Limit; key: string; correlationId: CorrelationId },
): Promise<Taken> => {
  try {
    const taken = await limits[ask](limit, key);
    if (!taken.passes) log('WARN', 'limit reached', { limit: limit.name, correlationId });
    return taken;
  } catch (fault) {
    log('ERROR', 'limit not counted', { limit: limit.name, fault: describeFault(fault), correlationId });
    return { passes: true };
  }
};
