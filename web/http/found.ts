import type { Session } from '#domain/sessions/session.ts';
import type { StaffAccount } from '#domain/staff/staff.ts';
import type { HttpEvent } from './event.ts';

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
  actor: StaffAccount | null;
  form: URLSearchParams;
}

export interface WebEvent extends HttpEvent {
  found: Found;
}

export const nothingFound = (): Found => ({
  startedAt: performance.now(),
  isHead: false,
  route: 'none',
  session: null,
  opened: false,
  actor: null,
  form: new URLSearchParams(),
});
