import { letIn } from '#domain/abuse/let-in.ts';
import type { Limit } from '#domain/abuse/ports.ts';
import type { KeyOfRecipient } from '#domain/mailings/ports.ts';
import type { CorrelationId } from '#domain/shared/ids.ts';
import type { AbusePorts } from '../http/abuse.ts';

const HOUR = 3600;

/**
 * Enough for whoever deletes the first mail and mistypes the second; too few to fill somebody else's mailbox, also for
 * whoever comes back every hour.
 */
const mailsToAddress: readonly Limit[] = [
  { name: 'mails that a form sends to an address in an hour', most: 5, perSeconds: HOUR },
  { name: 'mails that a form sends to an address in a day', most: 10, perSeconds: 24 * HOUR },
];

/**
 * Whether a form may have one more mail sent to an address. Where it may not, the page that follows is the same: it
 * tells nobody what others have asked for.
 */
export const mayWriteTo = async (
  ports: AbusePorts & { readonly keyOfRecipient: KeyOfRecipient },
  email: string,
  correlationId: CorrelationId,
): Promise<boolean> => {
  if (ports.abuseLimits === null) return true;
  const key = `address ${ports.keyOfRecipient(email)}`;
  for (const limit of mailsToAddress)
    if (!(await letIn(ports, 'take', { limit, key, correlationId })).passes) return false;
  return true;
};
