import { type Render, view } from '../render/render.ts';
import type { HttpReply } from './event.ts';
import type { WebEvent } from './found.ts';
import { PageError } from './reply.ts';

const errorView = view<{
  reason: PageError['reason'] | 'fault';
  /** What the person had typed, for her to copy: the page that it came from may show an empty form again. */
  typed: readonly string[];
}>('http/error.njk');

/**
 * The sentences of a form that was turned away. None for a post from another site: what that site made up
 * is not what the person typed.
 */
const typedIn = ({ headers, found }: WebEvent): readonly string[] =>
  ['cross-site', 'same-site'].includes(headers['sec-fetch-site'] ?? '')
    ? []
    : [...found.form.values()].filter((value) => /\S\s+\S/.test(value));

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
  const frame = {
    path: event.rawPath,
    csrf: event.found.session?.csrf ?? '',
    correlationId: event.requestContext.requestId,
    staffPost: event.found.actor?.post ?? null,
  };
  return {
    statusCode: status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
    body: render(errorView, { reason, typed: typedIn(event) }, frame),
  };
};
