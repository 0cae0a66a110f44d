import type { View } from '../render/render.ts';

/** What a route answers: data, put into words and bytes by the shared stack. */
export type Reply =
  | {
      readonly kind: 'page';
      readonly view: View<object>;
      readonly model: object;
      readonly status: number;
      /** Seconds for which shared caches may keep it; 0 for what is one person's own. */
      readonly cacheSeconds: number;
      /** Where the browser goes on by itself, without having sent a form there. */
      readonly goesOnTo?: string;
      /** Seconds after which the browser asks for the same page again. */
      readonly again?: number;
      /** Another origin than the site's own to which the page may send a form or a file. */
      readonly sendsTo?: string;
    }
  | Redirect
  | { readonly kind: 'text'; readonly text: string }
  /** Something to keep, for one person; at most some 4 MB, since API Gateway answers with 6. */
  | {
      readonly kind: 'file';
      readonly name: string;
      readonly type: string;
      readonly body: string | Uint8Array;
    };

interface Redirect {
  readonly kind: 'redirect';
  readonly to: string;
  /** The session that the browser has from now on; null for none, absent for the one that it had. */
  readonly sessionId?: string | null;
}

/** A page for one person. */
export const showPage = <Model extends object>(view: View<Model>, model: Model, status = 200): Reply => ({
  kind: 'page',
  view: view as View<object>,
  model,
  status,
  cacheSeconds: 0,
});

/** A page from which the browser goes on by itself, at once. */
export const goOnFrom = (shown: Reply, to: string): Reply =>
  shown.kind === 'page' ? { ...shown, goesOnTo: to } : shown;

/** A page that the browser asks for again after so many seconds, because something is going on. */
export const showAgain = (shown: Reply, seconds: number): Reply =>
  shown.kind === 'page' ? { ...shown, again: seconds } : shown;

/** A page that may send forms and files to one other origin, `https://bucket.example`. */
export const sendingTo = (shown: Reply, origin: string): Reply =>
  shown.kind === 'page' ? { ...shown, sendsTo: origin } : shown;

/** A page that is the same for everybody, which shared caches may keep for some seconds. */
export const showPublicPage = <Model extends object>(
  view: View<Model>,
  model: Model,
  cacheSeconds: number,
): Reply => ({
  kind: 'page',
  view: view as View<object>,
  model,
  status: 200,
  cacheSeconds,
});

/** See Other: the browser fetches the next page, so that reloading it repeats nothing. */
export const redirectTo = (to: string): Redirect => ({ kind: 'redirect', to });

/** A person is sent on, with another session (or, with null, none) from now on. */
export const redirectWithSession = (to: string, sessionId: string | null): Redirect => ({
  kind: 'redirect',
  to,
  sessionId,
});

/** The request cannot be answered: thrown by routes, shown as a page by the shared stack. */
export class PageError extends Error {
  override readonly name = 'PageError';
  readonly status: 400 | 403 | 404 | 409 | 413 | 429;
  readonly reason:
    | 'bad-request'
    | 'form-token'
    | 'signed-out'
    | 'other-sign-in'
    | 'proof-too-old'
    | 'proof-refused'
    | 'not-allowed'
    | 'no-account'
    | 'invitation-ended'
    | 'other-identity'
    | 'sign-in'
    | 'not-found'
    | 'changed'
    | 'sent-before'
    | 'plans-alike'
    | 'too-large'
    | 'too-many'
    | 'not-the-address';
  /** Seconds after which it can be tried again. */
  readonly waitSeconds: number | null;

  constructor(status: PageError['status'], reason: PageError['reason'], waitSeconds: number | null = null) {
    super(reason);
    this.status = status;
    this.reason = reason;
    this.waitSeconds = waitSeconds;
  }
}

export const notFound = (): PageError => new PageError(404, 'not-found');
