import middy from '@middy/core';
import httpRouterHandler from '@middy/http-router';
import type { Sessions } from '#domain/sessions/ports.ts';
import type { SessionLimits } from '#domain/sessions/session.ts';
import type { Clock } from '#domain/shared/clock.ts';
import type { Ids } from '#domain/shared/ids.ts';
import type { Log } from '#domain/shared/log.ts';
import type { StaffAccounts } from '#domain/staff/ports.ts';
import type { Render } from '../render/render.ts';
import { answerRoute } from './answer-route.ts';
import { replyToError } from './error-pages.ts';
import type { HttpReply } from './event.ts';
import type { WebEvent } from './found.ts';
import { observe } from './observe.ts';
import type { Route } from './route.ts';
import { securityHeaders } from './security-headers.ts';

export interface WebPorts {
  readonly sessions: Sessions;
  readonly sessionLimits: SessionLimits;
  readonly staff: StaffAccounts;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly render: Render;
}

/**
 * The shared stack of every web function: one log line, security headers and error pages around a router,
 * and within each route its session, form token and permission before its answer.
 */
export const webHandler = (routes: readonly Route[], ports: WebPorts) => {
  const router = httpRouterHandler(
    routes.map((route) => ({
      method: route.method,
      path: route.path,
      handler: answerRoute(route, ports) as never,
    })),
  );
  return middy<WebEvent, HttpReply>()
    .use(observe(ports))
    .use({
      after: ({ response }) => {
        if (response) Object.assign(response.headers, securityHeaders);
      },
      onError: (request) => {
        request.response = replyToError(request.error, request.event, ports.render);
        Object.assign(request.response.headers, securityHeaders);
      },
    })
    .handler(router as never);
};
