import type { MiddlewareObj } from '@middy/core';
import { type AbusePorts, askLimits, postLimits } from './abuse.ts';
import type { HttpReply } from './event.ts';
import type { WebEvent } from './found.ts';
import type { Route } from './route.ts';

/**
 * Counts what is posted. The public are counted by their network, which a school or a library shares; staff by
 * their session, because a whole headquarters may share one address and the account says who they are. Signing out
 * is not counted: nobody is kept signed in for having worked a lot. Nor is leaving by one click of a mail program, which
 * comes from the provider's network for all who have their mail there.
 */
export const limitPosts = (route: Route, ports: AbusePorts): MiddlewareObj<WebEvent, HttpReply> => ({
  before: async ({ event: { found, requestContext } }) => {
    if (route.method !== 'POST' || route.signsOut || route.oneClick || ports.abuseLimits === null) return;
    const key = found.actor && found.session ? `session ${found.session.id}` : `network ${found.network}`;
    const correlationId = requestContext.requestId;
    await askLimits(ports, 'take', postLimits(ports.abuseLimits), { key, correlationId });
  },
});
