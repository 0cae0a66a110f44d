import type { Sessions } from '#domain/sessions/ports.ts';
import { isLive, type Session, type SessionLimits } from '#domain/sessions/session.ts';
import type { Instant } from '#domain/shared/clock.ts';
import type { Ids } from '#domain/shared/ids.ts';

// Noting every request would make each page view a write; a minute is precise enough for half an hour.
const MILLISECONDS_BETWEEN_NOTES = 60_000;

export const newSession = (ids: Ids, now: Instant): Session => ({
  id: ids.secret(),
  csrf: ids.secret(),
  staff: null,
  signedIn: null,
  startedAt: now,
  seenAt: now,
  pendingSignIn: null,
});

/** The live session of a cookie, noted as in use; null when there is none, its time is over, or it was ended. */
export const resumeSession = async (
  sessions: Sessions,
  staffLimits: SessionLimits,
  id: string | null,
  now: Instant,
): Promise<Session | null> => {
  const session = id === null ? null : await sessions.find(id);
  if (!session || !isLive(session, staffLimits, now)) return null;
  if (Date.parse(now) - Date.parse(session.seenAt) < MILLISECONDS_BETWEEN_NOTES) return session;
  const seen = { ...session, seenAt: now };
  return (await sessions.change(seen)) ? seen : null;
};
