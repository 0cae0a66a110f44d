import type { Session } from '#domain/sessions/session.ts';
import type { Actor } from '#domain/staff/actor.ts';
import type { HttpEvent } from './event.ts';
import type { GuardFinding } from './guard-finding.ts';
import type { PostedFile } from './read-form.ts';

/** What the stack has found out about a request so far; it travels with the event. */
export interface Found {
  startedAt: number;
  /** It was a HEAD request: answered as GET, without the body. */
  isHead: boolean;
  /** The pattern of the route taken. The log names this, never the address, which can hold a secret. */
  route: string;
  session: Session | null;
  /** The session was opened by this request: the browser has to be told. */
  opened: boolean;
  actor: Actor | null;
  form: URLSearchParams;
  /** The files of a form that can carry some, by the names of their fields. */
  files: ReadonlyMap<string, PostedFile>;
  /** Where it came from, as limits know it. */
  network: string;
  /** Why a guarded form is shown again. */
  guard: GuardFinding | null;
  /** For the hidden field of a guarded form. */
  formAge: string;
}

export interface WebEvent extends HttpEvent {
  found: Found;
}

/** Whether a page of another site has sent it, as far as the browser says. */
export const isFromElsewhere = ({ headers }: WebEvent): boolean =>
  ['cross-site', 'same-site'].includes(headers['sec-fetch-site'] ?? '');

export const nothingFound = (): Found => ({
  startedAt: performance.now(),
  isHead: false,
  route: 'none',
  session: null,
  opened: false,
  actor: null,
  form: new URLSearchParams(),
  files: new Map(),
  network: '',
  guard: null,
  formAge: '',
});
