import type { Session } from '#domain/sessions/session.ts';
import type { Instant } from '#domain/shared/clock.ts';
import type { CorrelationId } from '#domain/shared/ids.ts';
import type { StaffAction } from '#domain/staff/may.ts';
import type { StaffAccount } from '#domain/staff/staff.ts';
import { PageError, type Reply } from './reply.ts';

/** One request, as routes see it. */
export interface Visit {
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** What was posted; empty for a GET. */
  readonly form: URLSearchParams;
  /** Null on pages that are the same for everybody. */
  readonly session: Session | null;
  readonly actor: StaffAccount | null;
  readonly now: Instant;
  readonly correlationId: CorrelationId;
}

/** `anyone`, or what a signed-in member of staff must be allowed to do. */
export type Permission = 'anyone' | StaffAction;

/** One address and method, with who may use it. A route without a permission does not compile. */
export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly may: Permission;
  /** Whether it needs a session: pages with forms, everything posted, everything of staff. */
  readonly keepsSession: boolean;
  readonly answer: (visit: Visit) => Promise<Reply> | Reply;
}

interface Answering {
  readonly may: Permission;
  readonly answer: Route['answer'];
}

/** A page that is the same for everybody: no cookie is read or set. */
export const publicPage = (path: string, answer: Route['answer']): Route => ({
  method: 'GET',
  path,
  may: 'anyone',
  keepsSession: false,
  answer,
});

/** A page for one person, for example with a form on it. */
export const page = (path: string, { may, answer }: Answering): Route => ({
  method: 'GET',
  path,
  may,
  keepsSession: true,
  answer,
});

/** Something that is posted from a form; its token was checked before `answer` is called. */
export const post = (path: string, { may, answer }: Answering): Route => ({
  method: 'POST',
  path,
  may,
  keepsSession: true,
  answer,
});

/** The session of a route that keeps one. */
export const sessionOf = (visit: Visit): Session => {
  if (!visit.session) throw new PageError(403, 'form-token');
  return visit.session;
};

/** The member of staff on a route that only staff may use. */
export const actorOf = (visit: Visit): StaffAccount => {
  if (!visit.actor) throw new PageError(403, 'not-allowed');
  return visit.actor;
};

/** A parameter of the route's own pattern. */
export const param = (visit: Visit, name: string): string => visit.params[name] ?? '';
