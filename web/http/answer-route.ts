import middy, { type MiddlewareObj } from '@middy/core';
import { readDevice } from '#domain/sessions/device.ts';
import { isProven } from '#domain/sessions/session.ts';
import { withRoles } from '#domain/staff/granted-roles.ts';
import { actionsOf, may } from '#domain/staff/may.ts';
import { paths, withQuery } from '../paths.ts';
import { clearSessionCookie, readSessionCookie, setSessionCookie } from './cookies.ts';
import type { HttpReply } from './event.ts';
import { type Found, isFromElsewhere, type WebEvent } from './found.ts';
import { guardForm } from './guard-form.ts';
import { newSession, resumeSession } from './keep-session.ts';
import { limitPosts } from './limit-posts.ts';
import type { WebPorts } from './ports.ts';
import { readForm, readUpload } from './read-form.ts';
import { notFound, PageError, type Reply, redirectTo } from './reply.ts';
import type { Route, Visit } from './route.ts';
import { sameText } from './same-text.ts';
import { policyForSendingTo } from './security-headers.ts';

type RouteMiddleware = MiddlewareObj<WebEvent, HttpReply>;

const noteRoute = (route: Route): RouteMiddleware => ({
  before: ({ event }) => {
    event.found.route = route.path;
  },
});

const keepSession = (
  route: Route,
  { sessions, sessionLimits, findActor, clock, ids }: WebPorts,
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
    if (!found.session?.staff) return;
    const actor = await findActor(found.session.staff);
    found.actor = actor && withRoles(actor, found.session.signedIn?.grantedRoles ?? []);
  },
});

const readPosted = (route: Route): RouteMiddleware => ({
  before: async ({ event }) => {
    if (route.method !== 'POST' || route.oneClick) return;
    if (route.takesFiles) Object.assign(event.found, await readUpload(event));
    else event.found.form = readForm(event, route.isLong);
  },
});

const checkFormToken = (route: Route): RouteMiddleware => ({
  before: ({ event }) => {
    if (route.method !== 'POST' || route.byToken) return;
    const { found } = event;
    const tokens = found.form.getAll('csrf');
    const matches =
      tokens.length === 1 && found.session !== null && sameText(tokens[0] ?? '', found.session.csrf);
    if (matches && event.headers['sec-fetch-site'] !== 'cross-site') return;
    if (route.signsOut && !found.session?.staff && !isFromElsewhere(event)) return;
    throw new PageError(403, refusalOf(route, found));
  },
});

/** The form of somebody who is signed in was opened before that, or in another sign-in. */
const refusalOf = (route: Route, { actor }: Found): PageError['reason'] => {
  if (actor) return 'other-sign-in';
  return route.may === 'anyone' ? 'form-token' : 'signed-out';
};

/** Staff who are not signed in are asked to, and come back to where they were going. */
const authorise = (route: Route): RouteMiddleware => ({
  before: ({ event }) => {
    if (route.may === 'anyone') return undefined;
    const { actor, session } = event.found;
    // Signed in, and suspended or removed since then.
    if (!actor && session?.staff) throw new PageError(403, 'no-account');
    if (!actor) {
      if (route.method === 'POST') throw new PageError(403, 'signed-out');
      return toHttp(redirectTo(withQuery(paths.signIn, { returnTo: addressOf(event) })));
    }
    if (!may(actor, route.may)) throw new PageError(403, 'not-allowed');
    return undefined;
  },
});

/** Those whose proof of identity is too old for what they want to do are asked for another, and come back. */
const demandProof = (route: Route, { sessionLimits, clock }: WebPorts): RouteMiddleware => ({
  before: ({ event }) => {
    const { session } = event.found;
    if (!route.recent || (session && isProven(session, sessionLimits, clock.now()))) return undefined;
    if (route.method === 'POST') throw new PageError(403, 'proof-too-old');
    return toHttp(redirectTo(withQuery(paths.signInAgain, { returnTo: addressOf(event) })));
  },
});

const addressOf = ({ rawPath, rawQueryString }: WebEvent): string =>
  rawQueryString ? `${rawPath}?${rawQueryString}` : rawPath;

const decode = (value: string): string => {
  try {
    return decodeURIComponent(value);
  } catch {
    throw notFound();
  }
};

const toHttp = (reply: Exclude<Reply, { kind: 'page' }>): HttpReply => {
  const headers: Record<string, string> = { 'cache-control': 'no-store' };
  if (reply.kind === 'file') {
    headers['content-type'] = reply.type;
    headers['content-disposition'] = `attachment; filename="${reply.name}"`;
    if (typeof reply.body === 'string') return { statusCode: 200, headers, body: reply.body };
    const body = Buffer.from(reply.body).toString('base64');
    return { statusCode: 200, headers, body, isBase64Encoded: true };
  }
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
  files: found.files,
  session: found.session,
  actor: found.actor,
  device: readDevice(event.headers['user-agent'] ?? ''),
  network: found.network,
  guard: found.guard,
  now: ports.clock.now(),
  correlationId: event.requestContext.requestId,
});

/** One route within the shared stack: session, form token, permission, then its answer as a page. */
export const answerRoute = (route: Route, ports: WebPorts) =>
  middy<WebEvent, HttpReply>()
    .use(noteRoute(route))
    .use(keepSession(route, ports))
    .use(readPosted(route))
    .use(limitPosts(route, ports))
    .use(checkFormToken(route))
    .use(authorise(route))
    .use(demandProof(route, ports))
    .use(guardForm(route, ports))
    .handler(async (event) => {
      const visit = visitOf(event, ports);
      const reply = await route.answer(visit);
      if (reply.kind !== 'page') return toHttp(reply);
      const frame = {
        path: visit.path,
        csrf: visit.session?.csrf ?? '',
        formAge: event.found.formAge,
        correlationId: visit.correlationId,
        staffPost: visit.actor?.post ?? null,
        actions: visit.actor ? actionsOf(visit.actor) : [],
      };
      return {
        statusCode: reply.status,
        headers: {
          'content-type': 'text/html; charset=utf-8',
          'cache-control': cacheControl(reply.cacheSeconds),
          ...(reply.goesOnTo === undefined ? {} : { refresh: `0;url=${reply.goesOnTo}` }),
          ...(reply.again === undefined ? {} : { refresh: String(reply.again) }),
          ...(reply.sendsTo === undefined
            ? {}
            : { 'content-security-policy': policyForSendingTo(reply.sendsTo) }),
        },
        ...(event.found.opened && visit.session ? { cookies: [setSessionCookie(visit.session.id)] } : {}),
        body: ports.render(reply.view, reply.model, frame),
      };
    });
