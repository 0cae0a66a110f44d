import type { MiddlewareObj } from '@middy/core';
import type { AbusePorts } from './abuse.ts';
import { clientNetwork } from './client-address.ts';
import type { HttpReply } from './event.ts';
import type { WebEvent } from './found.ts';
import { PageError } from './reply.ts';
import { sameText } from './same-text.ts';

/** Added by CloudFront to every request; a visitor's own header of this name is replaced by it. */
const ORIGIN_HEADER = 'x-origin-verify';

/**
 * Answers only what came through CloudFront: the API has an address of its own, and whoever uses that passes the
 * firewall by and could say of any address that it is theirs.
 */
export const verifyOrigin = ({
  originSecret,
}: Pick<AbusePorts, 'originSecret'>): MiddlewareObj<WebEvent, HttpReply> => ({
  before: ({ event }) => {
    const verified = originSecret !== null && sameText(event.headers[ORIGIN_HEADER] ?? '', originSecret);
    if (originSecret !== null && !verified) throw new PageError(403, 'not-the-address');
    event.found.network = clientNetwork(event, verified);
  },
});
