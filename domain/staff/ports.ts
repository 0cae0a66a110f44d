import type { PendingSignIn } from '../sessions/session.ts';
import type { Result } from '../shared/result.ts';
import type { StaffAccount } from './staff.ts';

/** The accounts of those who work here. */
export interface StaffAccounts {
  find(email: string): Promise<StaffAccount | null>;
  /** Stores an account as it is, new or changed. */
  save(account: StaffAccount): Promise<void>;
}

/** What an OpenID Connect issuer has vouched for. */
export interface VerifiedIdentity {
  readonly subject: string;
  readonly email: string | undefined;
  readonly emailVerified: boolean;
}

/** The issuer's answer does not prove who this is: refused, forged, stale, or meant for another sign-in. */
export class SignInRefused {
  readonly name = 'SignInRefused';
  /** For the log: a code of the protocol, nothing that a person has typed. */
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

/** What a sign-in under way must come back with; kept in the session until then. */
export type SignInProof = Omit<PendingSignIn, 'returnTo'>;

/** Whoever vouches for the identity of staff: an OpenID Connect issuer. */
export interface Issuer {
  /** Where to send the browser so that its person signs in, and what its return has to be checked against. */
  begin(wanted: { redirectUri: string }): Promise<{ url: string; pending: SignInProof }>;
  /** Checks what the browser came back with. Throws when the issuer cannot be asked. */
  finish(returned: {
    /** The whole address that the browser came back to, with its query. */
    callbackUrl: string;
    redirectUri: string;
    pending: SignInProof;
  }): Promise<Result<VerifiedIdentity, SignInRefused>>;
}
