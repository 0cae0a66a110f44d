import type { Sessions } from '#domain/sessions/ports.ts';
import type { Ids } from '#domain/shared/ids.ts';
import type { Issuer, StaffAccounts } from '#domain/staff/ports.ts';
import { findAccountToSignIn } from '#domain/staff/sign-in.ts';
import { newSession } from '../http/keep-session.ts';
import { PageError, type Reply, redirectTo, redirectWithSession, showPage } from '../http/reply.ts';
import { page, post, publicPage, type Route, sessionOf, type Visit } from '../http/route.ts';
import { paths, patterns } from '../paths.ts';
import { view } from '../render/render.ts';

export interface SignInPorts {
  readonly issuer: Issuer;
  readonly sessions: Sessions;
  readonly staff: StaffAccounts;
  readonly ids: Ids;
  /** The origin at which people see the site. */
  readonly publicUrl: string;
}

const signedOutView = view('staff/signed-out.njk');

/** A staff page of this site, and nothing that a browser could read as the address of another. */
const safeReturn = (wanted: string | null): string =>
  wanted !== null && /^\/staff(?:[/?][\w\-./?=&%+~]*)?$/.test(wanted) ? wanted : paths.staffHome;

const begin =
  ({ issuer, sessions, publicUrl }: SignInPorts) =>
  async (visit: Visit): Promise<Reply> => {
    const returnTo = safeReturn(visit.query.get('returnTo'));
    if (visit.actor) return redirectTo(returnTo);
    const session = sessionOf(visit);
    const { url, pending } = await issuer.begin({
      redirectUri: new URL(paths.signInCallback, publicUrl).href,
    });
    await sessions.save({ ...session, pendingSignIn: { ...pending, returnTo } });
    return redirectWithSession(url, session.id);
  };

/**
 * The return from the issuer. The pending sign-in is used up whatever comes of it, and a success opens a
 * new session under a new id, so that a session id known before the sign-in is worth nothing after it.
 */
const finish =
  ({ issuer, sessions, staff, ids, publicUrl }: SignInPorts) =>
  async (visit: Visit): Promise<Reply> => {
    const session = sessionOf(visit);
    const pending = session.pendingSignIn;
    if (!pending) return redirectTo(paths.staffHome);
    await sessions.remove(session.id);
    const redirectUri = new URL(paths.signInCallback, publicUrl).href;
    const identity = await issuer.finish({
      callbackUrl: `${redirectUri}?${visit.query}`,
      redirectUri,
      pending,
    });
    if (!identity.ok) throw new PageError(403, 'sign-in');
    const account = await findAccountToSignIn({ staff })(identity.value);
    if (!account.ok) throw new PageError(403, 'no-account');
    const opened = { ...newSession(ids, visit.now), staff: account.value.email };
    await sessions.save(opened);
    return redirectWithSession(pending.returnTo, opened.id);
  };

const signOut =
  ({ sessions }: SignInPorts) =>
  async (visit: Visit): Promise<Reply> => {
    await sessions.remove(sessionOf(visit).id);
    return redirectWithSession(paths.signedOut, null);
  };

/** How staff come in and go. */
export const signInRoutes = (ports: SignInPorts): readonly Route[] => [
  page(patterns.signIn, { may: 'anyone', answer: begin(ports) }),
  page(patterns.signInCallback, { may: 'anyone', answer: finish(ports) }),
  post(patterns.signOut, { may: 'anyone', answer: signOut(ports) }),
  publicPage(patterns.signedOut, () => showPage(signedOutView, {})),
];
