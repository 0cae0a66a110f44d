import { addHours, type Instant } from '../shared/clock.ts';

/** What a sign-in under way must come back with (RFC 6749 state, OIDC nonce, RFC 7636 verifier). */
export interface PendingSignIn {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** Where to go afterwards: a path of this site. */
  readonly returnTo: string;
}

/** One browser's visit, of the public (no account) or of staff. */
export interface Session {
  /** Opaque secret of the cookie; the store keeps only its hash. */
  readonly id: string;
  /** The form token of this session. */
  readonly csrf: string;
  /** The signed-in account's address; null for the public. */
  readonly staff: string | null;
  readonly startedAt: Instant;
  readonly seenAt: Instant;
  readonly pendingSignIn: PendingSignIn | null;
}

/** After how many minutes of idleness, and how many in all, a visit ends. */
export interface SessionLimits {
  readonly idleMinutes: number;
  readonly absoluteMinutes: number;
}

/** The public fill in a form and go; nobody gains anything by taking over such a visit. */
const PUBLIC_LIMITS: SessionLimits = { idleMinutes: 4 * 60, absoluteMinutes: 24 * 60 };

/** When a session ends unless somebody uses it before. The limits are those for staff. */
export const sessionEnds = (session: Session, staffLimits: SessionLimits): Instant => {
  const { idleMinutes, absoluteMinutes } = session.staff === null ? PUBLIC_LIMITS : staffLimits;
  const ends = [
    addHours(session.seenAt, idleMinutes / 60),
    addHours(session.startedAt, absoluteMinutes / 60),
  ];
  return ends.sort()[0] ?? session.seenAt;
};

export const isLive = (session: Session, staffLimits: SessionLimits, now: Instant): boolean =>
  now < sessionEnds(session, staffLimits);
