import { timingSafeEqual } from 'node:crypto';
import middy, { type MiddlewareObj } from '@middy/core';
import { may } from '#domain/staff/may.ts';
import { paths, withQuery } from '../paths.ts';
import { clearSessionCookie, readSessionCookie, setSessionCookie } from './cookies.ts';
import type { HttpReply } from './event.ts';
import type { WebEvent } from './found.ts';
import { newSession, resumeSession } from './keep-session.ts';
import type { WebPorts } from './ports.ts';
import { readForm } from './read-form.ts';
import { notFound, PageError, type Reply, redirectTo } from './reply.ts';
import type { Route, Visit } from './route.ts';

type RouteMiddleware = MiddlewareObj<WebEvent, HttpReply>;

const noteRoute = (route: Route): RouteMiddleware => ({
  before: ({ event }) => {
    event.found.route = route.path;
  },
});

const keepSession = (
  route: Route,
  { sessions, sessionLimits, staff, clock, ids }: WebPorts,
): RouteMiddleware => ({
  before: async ({ event: { cookies, found } }) => {
    if (!route.keepsSession) return;
    const now = clock.now();
    found.session = await resumeSession(sessions, sessionLimits, readSessionCookie(cookies ?? []), now);
    if (!found.session && route.method === 'GET' && route.may === 'anyone') {
      found.session = newSession(ids, now);
      found.opened = true;
      await sessions.save(found.session);
    }
    if (found.session?.staff) found.actor = await staff.find(found.session.staff);
  },
});

const sameText = (a: string, b: string): boolean => {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
};

const checkFormToken = (route: Route): RouteMiddleware => ({
  before: ({ event }) => {
    if (route.method !== 'POST') return;
    const { found } = event;
    found.form = readForm(event);
    const tokens = found.form.getAll('csrf');
    const matches =
      tokens.length === 1 && found.session !== null && sameText(tokens[0] ?? '', found.session.csrf);
    if (!matches || event.headers['sec-fetch-site'] === 'cross-site')
      throw new PageError(403, route.may === 'anyone' ? 'form-token' : 'signed-out');
  },
});

/** Staff who are not signed in are asked to, and come back to where they were going. */
const authorise = (route: Route): RouteMiddleware => ({
  before: ({ event }) => {
    if (route.may === 'anyone') return undefined;
    const { actor } = event.found;
    if (!actor) {
      if (route.method === 'POST') throw new PageError(403, 'signed-out');
      const here = event.rawQueryString ? `${event.rawPath}?${event.rawQueryString}` : event.rawPath;
      return toHttp(redirectTo(withQuery(paths.signIn, { returnTo: here })));
    }
    if (!may(actor, route.may)) throw new PageError(403, 'not-allowed');
    return undefined;
  },
});

const decode = (value: string): string => {
  try {
    return decodeURIComponent(value);
  } catch {
    throw notFound();
  }
};

const toHttp = (reply: Exclude<Reply, { kind: 'page' }>): HttpReply => {
  const headers: Record<string, string> = { 'cache-control': 'no-store' };
  if (reply.kind === 'text') {
    headers['content-type'] = 'text/plain; charset=utf-8';
    return { statusCode: 200, headers, body: reply.text };
  }
  headers.location = reply.to;
  if (reply.sessionId === undefined) return { statusCode: 303, headers, body: '' };
  const cookie = reply.sessionId === null ? clearSessionCookie() : setSessionCookie(reply.sessionId);
  return { statusCode: 303, headers, cookies: [cookie], body: '' };
};

/** For shared caches only: a person who has just changed something sees it when she loads the page again. */
const cacheControl = (seconds: number): string =>
  seconds === 0 ? 'no-store' : `public, max-age=0, s-maxage=${seconds}, must-revalidate`;

const visitOf = ({ found, ...event }: WebEvent, ports: WebPorts): Visit => ({
  path: event.rawPath,
  params: Object.fromEntries(
    Object.entries(event.pathParameters ?? {}).map(([name, value]) => [name, decode(value)]),
  ),
  query: new URLSearchParams(event.rawQueryString),
  form: found.form,
  session: found.session,
  actor: found.actor,
  now: ports.clock.now(),
  correlationId: event.requestContext.requestId,
});

/** One route within the shared stack: session, form token, permission, then its answer as a page. */
export const answerRoute = (route: Route, ports: WebPorts) =>
  middy<WebEvent, HttpReply>()
    .use(noteRoute(route))
    .use(keepSession(route, ports))
    .use(checkFormToken(route))
    .use(authorise(route))
    .handler(async (event) => {
      const visit = visitOf(event, ports);
      const reply = await route.answer(visit);
      if (reply.kind !== 'page') return toHttp(reply);
      const frame = {
        path: visit.path,
        csrf: visit.session?.csrf ?? '',
        correlationId: visit.correlationId,
        staffPost: visit.actor?.post ?? null,
      };
      return {
        statusCode: reply.status,
        headers: {
          'content-type': 'text/html; charset=utf-8',
          'cache-control': cacheControl(reply.cacheSeconds),
        },
        ...(event.found.opened && visit.session ? { cookies: [setSessionCookie(visit.session.id)] } : {}),
        body: ports.render(reply.view, reply.model, frame),
      };
    });
