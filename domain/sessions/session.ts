import { addHours, type Instant } from '../shared/clock.ts';
import type { Id } from '../shared/ids.ts';
import type { Role } from '../staff/staff.ts';
import type { Device } from './device.ts';

/** What a sign-in under way must come back with (RFC 6749 state, OIDC nonce, RFC 7636 verifier). */
export interface PendingSignIn {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** Where to go afterwards: a path of this site. */
  readonly returnTo: string;
  readonly askedAt: Instant;
  /** How many seconds before that the issuer may have seen for itself who it is. */
  readonly maxAgeSeconds: number;
  /** Somebody who is signed in proves again who they are. */
  readonly again: boolean;
}

/** Two minutes by which the issuer's clock and ours may differ. */
const CLOCK_TOLERANCE_HOURS = 120 / 3_600;

/**
 * Whether a proof of identity is as young as was asked for. Issuers need not heed that question, nor let it show:
 * without a time nothing can be said (OpenID Connect Core, 3.1.3.7).
 */
export const isAsAsked = (
  provenAt: Instant | null,
  { askedAt, maxAgeSeconds }: Pick<PendingSignIn, 'askedAt' | 'maxAgeSeconds'>,
): boolean =>
  provenAt === null || provenAt >= addHours(askedAt, -maxAgeSeconds / 3_600 - CLOCK_TOLERANCE_HOURS);

/** What is known of the sign-in that opened a session of staff. */
export interface SignedIn {
  /** By which the list of somebody's sessions names it; it opens nothing. */
  readonly handle: Id;
  readonly device: Device;
  /** When the issuer last saw for itself who this is; null when it does not say. */
  readonly provenAt: Instant | null;
  /** What the groups at the issuer add to the roles of the account, for this session only. */
  readonly grantedRoles: readonly Role[];
}

/** One browser's visit, of the public (no account) or of staff. */
export interface Session {
  /** Opaque secret of the cookie; the store keeps only its hash. */
  readonly id: string;
  /** The form token of this session. */
  readonly csrf: string;
  /** The signed-in account's address; null for the public. */
  readonly staff: string | null;
  /** Null for the public. */
  readonly signedIn: SignedIn | null;
  readonly startedAt: Instant;
  readonly seenAt: Instant;
  readonly pendingSignIn: PendingSignIn | null;
}

/** After how many minutes of idleness, and how many in all, a visit ends. */
export interface SessionLimits {
  readonly idleMinutes: number;
  readonly absoluteMinutes: number;
}

/** The limits for staff. */
export interface StaffLimits extends SessionLimits {
  /** For how many minutes a proof of identity is good enough for what is dangerous. */
  readonly proofMinutes: number;
}

/** The public fill in a form and go; nobody gains anything by taking over such a visit. */
const PUBLIC_LIMITS: SessionLimits = { idleMinutes: 4 * 60, absoluteMinutes: 24 * 60 };

type Lifetime = Pick<Session, 'staff' | 'startedAt' | 'seenAt'>;

/** When a session ends unless somebody uses it before. The limits are those for staff. */
export const sessionEnds = (session: Lifetime, staffLimits: SessionLimits): Instant => {
  const { idleMinutes, absoluteMinutes } = session.staff === null ? PUBLIC_LIMITS : staffLimits;
  const ends = [
    addHours(session.seenAt, idleMinutes / 60),
    addHours(session.startedAt, absoluteMinutes / 60),
  ];
  return ends.sort()[0] ?? session.seenAt;
};

export const isLive = (session: Lifetime, staffLimits: SessionLimits, now: Instant): boolean =>
  now < sessionEnds(session, staffLimits);

/** Whether somebody has proved who they are recently enough for what is dangerous. */
export const isProven = (
  { signedIn }: Session,
  { proofMinutes }: Pick<StaffLimits, 'proofMinutes'>,
  now: Instant,
): boolean =>
  signedIn !== null && signedIn.provenAt !== null && now < addHours(signedIn.provenAt, proofMinutes / 60);
