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

/** Hours of idleness and in all after which a visit ends. */
export const SESSION_HOURS = {
  staff: { idle: 0.5, absolute: 12 },
  public: { idle: 4, absolute: 24 },
} as const;

/** When a session ends unless somebody uses it before. */
export const sessionEnds = (session: Session): Instant => {
  const { idle, absolute } = SESSION_HOURS[session.staff === null ? 'public' : 'staff'];
  const [soonest] = [addHours(session.seenAt, idle), addHours(session.startedAt, absolute)].sort();
  return soonest ?? session.seenAt;
};

export const isLive = (session: Session, now: Instant): boolean => now < sessionEnds(session);
