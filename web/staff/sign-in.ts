import { staffSignedOut } from '#build/templates/staff/signed-out.njk.js';
import type { endSession } from '#domain/sessions/end-session.ts';
import type { openSession, renewSession } from '#domain/sessions/open-session.ts';
import type { Sessions } from '#domain/sessions/ports.ts';
import { isAsAsked, type PendingSignIn, type Session, type StaffLimits } from '#domain/sessions/session.ts';
import type { Ids } from '#domain/shared/ids.ts';
import type { Actor } from '#domain/staff/actor.ts';
import type { Issuer, ProvenIdentity } from '#domain/staff/ports.ts';
import type { admitStaff } from '#domain/staff/sign-in.ts';
import type { AbusePorts } from '../http/abuse.ts';
import { newSession } from '../http/keep-session.ts';
import { goOnFrom, PageError, type Reply, redirectTo, redirectWithSession, showPage } from '../http/reply.ts';
import { page, post, publicPage, type Route, sessionOf, type Visit } from '../http/route.ts';
import { sameText } from '../http/same-text.ts';
import { paths, patterns, withQuery } from '../paths.ts';
import { view } from '../render/render.ts';
import { checkAttempts, noteFailure } from './limit-sign-ins.ts';

export interface SignInPorts extends AbusePorts {
  readonly issuer: Issuer;
  readonly sessions: Sessions;
  readonly sessionLimits: StaffLimits;
  readonly admit: ReturnType<typeof admitStaff>;
  readonly open: ReturnType<typeof openSession>;
  readonly renew: ReturnType<typeof renewSession>;
  readonly endSession: ReturnType<typeof endSession>;
  readonly ids: Ids;
  /** The origin at which people see the site. */
  readonly publicUrl: string;
}

const refusals = {
  NoAccount: 'no-account',
  InvitationEnded: 'invitation-ended',
  OtherIdentity: 'other-identity',
} as const;

const signedOutView = view<object>(staffSignedOut);

const STAFF_PAGE = /^\/staff(?:\/[\w\-.~%]+)*(?:\?[\w\-./?=&%+~]*)?$/;

/** A browser makes another address of one with these: of `.`, `..` and what stands for them. */
const DOTS = /\/(?:\.|%2e){1,2}(?:[/?]|$)/i;

/** A staff page of this site, and nothing that a browser could read as the address of another. */
const safeReturn = (wanted: string | null): string =>
  wanted !== null && STAFF_PAGE.test(wanted) && !DOTS.test(wanted) ? wanted : paths.staffHome;

const callbackUrl = ({ publicUrl }: SignInPorts): string => new URL(paths.signInCallback, publicUrl).href;

type Wanted = Pick<PendingSignIn, 'returnTo' | 'again' | 'maxAgeSeconds'>;

/** Whoever is asked with this has to sign in at the issuer, whatever it remembers. */
const ANEW = 0;

/** Sends the browser to the issuer. */
const leadToIssuer = async (
  ports: SignInPorts,
  visit: Visit,
  session: Session,
  wanted: Wanted,
): Promise<Reply> => {
  const { url, pending } = await ports.issuer.begin({
    redirectUri: callbackUrl(ports),
    maxAgeSeconds: wanted.maxAgeSeconds,
  });
  const waiting = { ...session, pendingSignIn: { ...pending, ...wanted, askedAt: visit.now } };
  if (await ports.sessions.change(waiting)) return redirectWithSession(url, session.id);
  // It was ended while the issuer was asked.
  return redirectTo(paths.staffHome);
};

const begin =
  (ports: SignInPorts) =>
  async (visit: Visit): Promise<Reply> => {
    const returnTo = safeReturn(visit.query.get('returnTo'));
    if (visit.actor) return redirectTo(returnTo);
    await checkAttempts(ports, visit);
    const session = await publicSession(ports, visit);
    // What the issuer remembers is worth no more than our own session: whoever finds a screen on which that has ended
    // is not let in by the other. Asked of everybody, since a cookie that was deleted would tell of no end.
    const maxAgeSeconds = ports.sessionLimits.idleMinutes * 60;
    return leadToIssuer(ports, visit, session, { returnTo, again: false, maxAgeSeconds });
  };

/** A visit in which nobody is signed in: not that of somebody who was suspended since then. */
const publicSession = async ({ sessions, ids }: SignInPorts, visit: Visit): Promise<Session> => {
  const session = sessionOf(visit);
  if (session.staff === null) return session;
  const opened = newSession(ids, visit.now);
  await sessions.save(opened);
  return opened;
};

const beginAgain =
  (ports: SignInPorts) =>
  async (visit: Visit): Promise<Reply> => {
    const returnTo = safeReturn(visit.query.get('returnTo'));
    if (!visit.actor) return redirectTo(withQuery(paths.signIn, { returnTo }));
    return leadToIssuer(ports, visit, sessionOf(visit), { returnTo, again: true, maxAgeSeconds: ANEW });
  };

/** The return from the issuer. The pending sign-in is used up whatever comes of it. */
const finish =
  (ports: SignInPorts) =>
  async (visit: Visit): Promise<Reply> => {
    const session = sessionOf(visit);
    const pending = session.pendingSignIn;
    if (!pending) return redirectTo(paths.staffHome);
    await checkAttempts(ports, visit);
    return pending.again
      ? finishAgain(ports, visit, session, pending)
      : finishFirst(ports, visit, session, pending);
  };

/** A success opens a new session: what was known of the one before the sign-in is worth nothing after it. */
const finishFirst = async (
  ports: SignInPorts,
  visit: Visit,
  session: Session,
  pending: PendingSignIn,
): Promise<Reply> => {
  await ports.sessions.remove(session.id);
  const identity = await identify(ports, visit, pending);
  if (!identity) throw new PageError(403, 'sign-in');
  if (!isAsAsked(identity.provenAt, pending)) return askAnew(ports, visit, pending);
  const actor = await admitted(ports, visit, identity);
  const { device, correlationId } = visit;
  const opened = await ports.open({ actor, identity, device, correlationId });
  return redirectWithSession(pending.returnTo, opened.id);
};

/** The issuer did not heed how young a proof has to be. All of them know the stricter question. */
const askAnew = async (
  ports: SignInPorts,
  visit: Visit,
  { returnTo, again, maxAgeSeconds }: PendingSignIn,
) => {
  if (maxAgeSeconds === ANEW) throw new PageError(403, 'sign-in');
  const session = newSession(ports.ids, visit.now);
  await ports.sessions.save(session);
  return leadToIssuer(ports, visit, session, { returnTo, again, maxAgeSeconds: ANEW });
};

/** Without a success the session goes on as it was. */
const finishAgain = async (
  ports: SignInPorts,
  visit: Visit,
  session: Session,
  pending: PendingSignIn,
): Promise<Reply> => {
  if (!(await ports.sessions.change({ ...session, pendingSignIn: null }))) return redirectTo(paths.staffHome);
  const identity = await identify(ports, visit, pending);
  if (!identity) throw new PageError(403, 'proof-refused');
  const actor = await admitted(ports, visit, identity);
  const { device, correlationId } = visit;
  const renewed = await ports.renew(session, pending.askedAt, { actor, identity, device, correlationId });
  if (!renewed.ok) throw new PageError(403, 'proof-refused');
  return redirectWithSession(pending.returnTo, renewed.value.id);
};

const identify = async (
  ports: SignInPorts,
  visit: Visit,
  pending: PendingSignIn,
): Promise<ProvenIdentity | null> => {
  // Never reaches the issuer, and is not counted: anybody can make it up as often as they like.
  if (!isAnswerTo(pending, visit.query)) return null;
  const redirectUri = callbackUrl(ports);
  const identity = await ports.issuer.finish({
    callbackUrl: `${redirectUri}?${visit.query}`,
    redirectUri,
    pending,
  });
  if (identity.ok) return identity.value;
  await noteFailure(ports, visit);
  return null;
};

const isAnswerTo = ({ state }: PendingSignIn, query: URLSearchParams): boolean => {
  const states = query.getAll('state');
  return states.length === 1 && sameText(states[0] ?? '', state);
};

const admitted = async (ports: SignInPorts, visit: Visit, identity: ProvenIdentity): Promise<Actor> => {
  const { network, correlationId } = visit;
  await checkAttempts(ports, { network, correlationId, identity });
  const admission = await ports.admit(identity, correlationId);
  if (admission.ok) return admission.value;
  await Promise.all([noteFailure(ports, visit), noteFailure(ports, { network, correlationId, identity })]);
  throw new PageError(403, refusals[admission.error.name]);
};

/** Where the session has ended already, the issuer's still has to. */
const signOut =
  ({ sessions, endSession }: SignInPorts) =>
  async (visit: Visit): Promise<Reply> => {
    const { session, correlationId } = visit;
    if (session?.staff && session.signedIn)
      await endSession(session.signedIn.handle, { email: session.staff, correlationId });
    else if (session) await sessions.remove(session.id);
    return redirectWithSession(leavingUrl, null);
  };

/** Where somebody comes who has just signed out here, and may still be signed in at the issuer. */
export const leavingUrl = withQuery(paths.signedOut, { from: 'staff' });

/**
 * From here the browser goes on to the issuer's own sign-out and comes back. Not by the redirect of the form: our
 * policy lets forms lead nowhere else. When the issuer cannot be asked, it is the end all the same.
 */
const showSignedOut =
  ({ issuer, publicUrl }: SignInPorts) =>
  async (visit: Visit): Promise<Reply> => {
    const isLeaving = visit.query.get('from') === 'staff';
    const returnTo = new URL(paths.signedOut, publicUrl).href;
    const to = isLeaving ? await issuer.signOutUrl({ returnTo }).catch(() => null) : null;
    const shown = showPage(signedOutView, {});
    return to === null ? shown : goOnFrom(shown, to);
  };

/** How staff come in and go. */
export const signInRoutes = (ports: SignInPorts): readonly Route[] => [
  page(patterns.signIn, { may: 'anyone', answer: begin(ports) }),
  page(patterns.signInCallback, { may: 'anyone', answer: finish(ports) }),
  page(patterns.signInAgain, { may: 'anyone', answer: beginAgain(ports) }),
  post(patterns.signOut, { may: 'anyone', signsOut: true, answer: signOut(ports) }),
  publicPage(patterns.signedOut, showSignedOut(ports)),
];
