import { type FreezeAudiencePorts, freezeAudience } from './freeze-audience.ts';
import type { MailingStep } from './mailing-ports.ts';
import { type SendShardPorts, sendShard } from './send-shard.ts';
import type { Remaining } from './working-time.ts';

/** Does one piece of the work on a mailing, as far as there is time. */
export const workOnMailing = (ports: FreezeAudiencePorts & SendShardPorts) => {
  const freeze = freezeAudience(ports);
  const send = sendShard(ports);
  return async (step: Omit<MailingStep, 'postedAt'>, remaining: Remaining): Promise<void> => {
    const { work } = step;
    if (work.kind === 'freeze') await freeze(step, remaining);
    else await send({ ...step, work }, remaining);
  };
};
