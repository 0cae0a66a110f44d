import middy from '@middy/core';
import httpRouterHandler from '@middy/http-router';
import { answerRoute } from './answer-route.ts';
import { replyToError } from './error-pages.ts';
import type { HttpReply } from './event.ts';
import type { WebEvent } from './found.ts';
import { observe } from './observe.ts';
import type { WebPorts } from './ports.ts';
import type { Route } from './route.ts';
import { securityHeaders } from './security-headers.ts';
import { verifyOrigin } from './verify-origin.ts';

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
        if (response) response.headers = { ...securityHeaders, ...response.headers };
      },
      onError: (request) => {
        request.response = replyToError(request.error, request.event, ports.render);
        Object.assign(request.response.headers, securityHeaders);
      },
    })
    .use(verifyOrigin(ports))
    .handler(router as never);
};
