import type { ProvenIdentity } from '#domain/staff/ports.ts';
import { type AbusePorts, accountSignInLimit, askLimits, networkSignInLimit } from '../http/abuse.ts';
import type { Visit } from '../http/route.ts';

/** What is counted apart: where an attempt comes from, and whose account it is about once that is known. */
export type Attempt = Pick<Visit, 'network' | 'correlationId'> & { readonly identity?: ProvenIdentity };

const keyOf = ({ network, identity }: Attempt): string =>
  identity ? `account ${JSON.stringify([identity.issuer, identity.subject])}` : `network ${network}`;

const ask =
  (how: 'take' | 'look') =>
  async (ports: AbusePorts, attempt: Attempt): Promise<void> => {
    if (ports.abuseLimits === null) return;
    const { correlationId, identity } = attempt;
    const limit = identity ? accountSignInLimit : networkSignInLimit;
    await askLimits(ports, how, [limit(ports.abuseLimits)], { key: keyOf(attempt), correlationId });
  };

/**
 * Turns away whoever has failed too often. Only failures count: at the start of a shift a whole station signs in
 * from one address. A network may fail far oftener than an account, so that nobody locks out the others there.
 */
export const checkAttempts = ask('look');

/** Notes a failure. */
export const noteFailure = ask('take');
