import type { Device } from '#domain/sessions/device.ts';
import type { Session } from '#domain/sessions/session.ts';
import type { Instant } from '#domain/shared/clock.ts';
import type { CorrelationId } from '#domain/shared/ids.ts';
import type { Actor } from '#domain/staff/actor.ts';
import type { StaffAction } from '#domain/staff/may.ts';
import type { GuardFinding } from './guard-finding.ts';
import type { PostedFile } from './read-form.ts';
import { PageError, type Reply } from './reply.ts';

/** One request, as routes see it. */
export interface Visit {
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** What was posted; empty for a GET. */
  readonly form: URLSearchParams;
  /** Files that were posted, by the names of their fields. */
  readonly files: ReadonlyMap<string, PostedFile>;
  /** Null on pages that are the same for everybody. */
  readonly session: Session | null;
  readonly actor: Actor | null;
  readonly device: Device;
  /** Where the request came from, as limits know it. */
  readonly network: string;
  /** Why the form of a guarded route has to be shown again, with all that was typed; null when it is taken. */
  readonly guard: GuardFinding | null;
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
  /** Dangerous: somebody whose last proof of identity is some minutes old has to prove again who they are. */
  readonly recent: boolean;
  /** Its form carries what tells people from programs: `formGuard` in the template, `guardError` in the answer. */
  readonly guarded: boolean;
  /** Signs out: is never too much, and has come about already where nobody is signed in any more. */
  readonly signsOut: boolean;
  /**
   * The secret or the signed token in its address says who may do it and for whom: no session is needed, and no token
   * of a form, which would prove less.
   */
  readonly byToken: boolean;
  /**
   * Posted by mail providers as well (RFC 8058): whatever the body is, it is not looked at, and it is never too much,
   * since one provider posts for all of its customers.
   */
  readonly oneClick: boolean;
  /** Its form may carry files. */
  readonly takesFiles: boolean;
  /** Its form may have a field for each action of a plan. */
  readonly isLong: boolean;
  readonly answer: (visit: Visit) => Promise<Reply> | Reply;
}

interface Answering {
  readonly may: Permission;
  readonly recent?: true;
  readonly guarded?: true;
  readonly signsOut?: true;
  readonly takesFiles?: true;
  readonly isLong?: true;
  readonly answer: Route['answer'];
}

const plain = {
  ...{ recent: false, guarded: false, signsOut: false, byToken: false },
  ...{ oneClick: false, takesFiles: false, isLong: false },
} as const;

/** A page that is the same for everybody: no cookie is read or set. */
export const publicPage = (path: string, answer: Route['answer']): Route => ({
  ...plain,
  method: 'GET',
  path,
  may: 'anyone',
  keepsSession: false,
  answer,
});

/** A page for whoever has the token in its address: shows and changes nothing. No cookie is read or set. */
export const tokenPage = (path: string, answer: Route['answer']): Route => ({
  ...publicPage(path, answer),
  byToken: true,
});

/** Something that is posted by whoever has the token in its address; `answer` has to look whether it is one. */
export const tokenPost = (
  path: string,
  { oneClick, answer }: Pick<Answering, 'answer'> & { readonly oneClick?: true },
): Route => ({
  ...tokenPage(path, answer),
  method: 'POST',
  oneClick: oneClick === true,
});

/** A page for one person, for example with a form on it. */
export const page = (
  path: string,
  { may, recent, guarded, answer }: Omit<Answering, 'signsOut' | 'takesFiles' | 'isLong'>,
): Route => ({
  ...plain,
  method: 'GET',
  path,
  may,
  keepsSession: true,
  recent: recent === true,
  guarded: guarded === true,
  answer,
});

/** Something that is posted from a form; its token was checked before `answer` is called. */
export const post = (
  path: string,
  { may, recent, guarded, signsOut, takesFiles, isLong, answer }: Answering,
): Route => ({
  ...plain,
  method: 'POST',
  path,
  may,
  keepsSession: true,
  recent: recent === true,
  guarded: guarded === true,
  signsOut: signsOut === true,
  takesFiles: takesFiles === true,
  isLong: isLong === true,
  answer,
});

/** The session of a route that keeps one. */
export const sessionOf = (visit: Visit): Session => {
  if (!visit.session) throw new PageError(403, 'form-token');
  return visit.session;
};

/** The member of staff on a route that only staff may use. */
export const actorOf = (visit: Visit): Actor => {
  if (!visit.actor) throw new PageError(403, 'not-allowed');
  return visit.actor;
};

/** A parameter of the route's own pattern. */
export const param = (visit: Visit, name: string): string => visit.params[name] ?? '';
