import { httpError } from '#build/templates/http/error.njk.js';
import { actionsOf } from '#domain/staff/may.ts';
import { paths, patterns } from '../paths.ts';
import { type Render, view } from '../render/render.ts';
import type { HttpReply } from './event.ts';
import { isFromElsewhere, type WebEvent } from './found.ts';
import { PageError } from './reply.ts';

const errorView = view<{
  reason: PageError['reason'] | 'fault';
  /** What the person had typed, for her to copy: the page that it came from may show an empty form again. */
  typed: readonly string[];
  /** After how many it can be tried again. */
  minutes: number;
  /** A form that came too late after the last proof of identity, to be sent again as it was; null otherwise. */
  again: { readonly action: string; readonly fields: readonly (readonly [string, string])[] } | null;
  /** Where the page is found from which a form was sent that has to be opened anew; null otherwise. */
  openAnew: string | null;
}>(httpError);

/** Fields that hold what we put there: in hiding, or as words of ours to choose from. */
const NOT_TYPED: ReadonlySet<string> = new Set([
  ...['csrf', 'version', 'opened', 'website', 'handle', 'change', 'borough', 'again'],
  ...['boroughs', 'wards', 'unit', 'roles', 'category', 'decision', 'priority', 'status'],
  ...['topics', 'areas', 'frequency', 'key', 'action'],
  ...['id', 'type', 'kind', 'language', 'audience', 'replaces', 'next'],
]);

/**
 * What was typed into a form that was turned away, however short. Nothing for a post from another site: what that
 * site made up is not what the person typed.
 */
const typedIn = (event: WebEvent): readonly string[] =>
  isFromElsewhere(event)
    ? []
    : [...event.found.form].flatMap(([name, value]) =>
        NOT_TYPED.has(name) || value.trim() === '' ? [] : [value],
      );

const addressOf = ({ rawPath, rawQueryString }: WebEvent): string =>
  rawQueryString ? `${rawPath}?${rawQueryString}` : rawPath;

/** Its token was right, so that it is the person's own. */
const againOf = (reason: string, event: WebEvent) =>
  reason === 'proof-too-old'
    ? { action: addressOf(event), fields: [...event.found.form].filter(([name]) => name !== 'csrf') }
    : null;

/** Where forms are sent that are no pages themselves: their buttons are on the page of one's sessions. */
const ONLY_SENT_TO: ReadonlySet<string> = new Set([
  patterns.signOut,
  patterns.endSession,
  patterns.endAllSessions,
]);

const openAnewOf = (reason: string, event: WebEvent): string | null => {
  if (reason !== 'signed-out' && reason !== 'other-sign-in') return null;
  return ONLY_SENT_TO.has(event.found.route) ? paths.sessions : addressOf(event);
};

const reasonOf = (error: unknown): { status: number; reason: PageError['reason'] | 'fault' } => {
  if (error instanceof PageError) return { status: error.status, reason: error.reason };
  // The router's own error for an address that no route has.
  if ((error as { statusCode?: number } | null)?.statusCode === 404)
    return { status: 404, reason: 'not-found' };
  return { status: 500, reason: 'fault' };
};

/** A plain page that says what can be done; a fault shows the number under which it was logged. */
export const replyToError = (error: unknown, event: WebEvent, render: Render): HttpReply => {
  const { status, reason } = reasonOf(error);
  const waitSeconds = error instanceof PageError ? error.waitSeconds : null;
  const again = againOf(reason, event);
  const typed = again === null ? typedIn(event) : [];
  const frame = {
    path: event.rawPath,
    csrf: event.found.session?.csrf ?? '',
    correlationId: event.requestContext.requestId,
    staffPost: event.found.actor?.post ?? null,
    actions: event.found.actor ? actionsOf(event.found.actor) : [],
  };
  const minutes = Math.ceil((waitSeconds ?? 0) / 60);
  const openAnew = openAnewOf(reason, event);
  return {
    statusCode: status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      ...(waitSeconds === null ? {} : { 'retry-after': String(waitSeconds) }),
    },
    body: render(errorView, { reason, typed, again, minutes, openAnew }, frame),
  };
};
