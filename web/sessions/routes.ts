import { sessionsConfirmed } from '#build/templates/sessions/confirmed.njk.js';
import { sessionsList } from '#build/templates/sessions/list.njk.js';
import type { endAllSessions, endSession } from '#domain/sessions/end-session.ts';
import type { AccountSession, Sessions } from '#domain/sessions/ports.ts';
import { isLive, type StaffLimits } from '#domain/sessions/session.ts';
import type { Instant } from '#domain/shared/clock.ts';
import { PageError, type Reply, redirectTo, redirectWithSession, showPage } from '../http/reply.ts';
import { actorOf, page, post, type Route, sessionOf, type Visit } from '../http/route.ts';
import { paths, patterns, withQuery } from '../paths.ts';
import { view } from '../render/render.ts';
import { leavingUrl } from '../staff/sign-in.ts';

export interface SessionPagePorts {
  readonly sessions: Sessions;
  readonly sessionLimits: StaffLimits;
  readonly endSession: ReturnType<typeof endSession>;
  readonly endAllSessions: ReturnType<typeof endAllSessions>;
}

interface SessionShown {
  readonly handle: string;
  readonly device: AccountSession['device'];
  readonly startedAt: Instant;
  readonly seenAt: Instant;
  readonly isThis: boolean;
}

const listView = view<{ sessions: readonly SessionShown[]; idleMinutes: number; done: boolean }>(
  sessionsList,
);

const confirmedView = view<object>(sessionsConfirmed);

const list =
  ({ sessions, sessionLimits }: SessionPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const own = sessionOf(visit).signedIn?.handle;
    const found = await sessions.ofAccount(actorOf(visit).email);
    return showPage(listView, {
      sessions: found
        .filter((session) => isLive(session, sessionLimits, visit.now))
        .map(({ handle, device, startedAt, seenAt }) => ({
          handle,
          device,
          startedAt,
          seenAt,
          isThis: handle === own,
        })),
      idleMinutes: sessionLimits.idleMinutes,
      done: visit.query.get('done') === 'ended',
    });
  };

const end =
  (ports: SessionPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const handles = visit.form.getAll('handle');
    const [handle = ''] = handles;
    if (handles.length !== 1 || handle === '') throw new PageError(400, 'bad-request');
    const { email } = actorOf(visit);
    // One that has ended already is as it was wanted; one of somebody else is not in the list that is looked through.
    await ports.endSession(handle, { email, correlationId: visit.correlationId });
    return handle === sessionOf(visit).signedIn?.handle
      ? redirectWithSession(leavingUrl, null)
      : redirectTo(withQuery(paths.sessions, { done: 'ended' }));
  };

const endAll =
  ({ endAllSessions: endThem }: SessionPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    await endThem({ email: actorOf(visit).email, correlationId: visit.correlationId });
    return redirectWithSession(leavingUrl, null);
  };

/** Where somebody is signed in, and how to end that. */
export const sessionRoutes = (ports: SessionPagePorts): readonly Route[] => [
  page(patterns.sessions, { may: 'manage sessions', answer: list(ports) }),
  post(patterns.endSession, { may: 'manage sessions', answer: end(ports) }),
  post(patterns.endAllSessions, { may: 'manage sessions', answer: endAll(ports) }),
  page(patterns.identityConfirmed, {
    may: 'manage sessions',
    answer: () => showPage(confirmedView, {}),
  }),
];
