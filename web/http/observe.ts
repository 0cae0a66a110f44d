import type { MiddlewareObj } from '@middy/core';
import { describeFault } from '#domain/shared/fault.ts';
import type { Log } from '#domain/shared/log.ts';
import type { HttpReply } from './event.ts';
import { nothingFound, type WebEvent } from './found.ts';
import { PageError } from './reply.ts';

const isExpected = (error: unknown): boolean =>
  error instanceof PageError || (error as { statusCode?: number } | null)?.statusCode === 404;

/** Answers HEAD as GET without the body, and writes one log line for each request. */
export const observe = ({ log }: { log: Log }): MiddlewareObj<WebEvent, HttpReply> => {
  const finish: NonNullable<MiddlewareObj<WebEvent, HttpReply>['after']> = (request) => {
    const { event, response, error } = request;
    const { found } = event;
    const details = {
      method: found.isHead ? 'HEAD' : event.requestContext.http.method,
      route: found.route,
      durationMs: Math.round(performance.now() - found.startedAt),
      correlationId: event.requestContext.requestId,
    };
    if (error && !isExpected(error))
      log('ERROR', 'request failed', { ...details, fault: describeFault(error) });
    else log('INFO', 'request completed', { ...details, status: response?.statusCode ?? 500 });
    if (found.isHead && response) request.response = { ...response, body: '' };
  };
  return {
    before: ({ event }) => {
      event.found = { ...nothingFound(), isHead: event.requestContext.http.method === 'HEAD' };
      if (event.found.isHead) event.requestContext.http.method = 'GET';
    },
    after: finish,
    onError: finish,
  };
};
