import type { PendingSignIn } from '../sessions/session.ts';
import type { Instant } from '../shared/clock.ts';
import type { Write } from '../shared/facts.ts';
import type { Page, Paged } from '../shared/paged.ts';
import type { Result } from '../shared/result.ts';
import type { Role, StaffAccount } from './staff.ts';
import type { Unit, UnitId } from './unit.ts';

/** The accounts of those who work here. */
export interface StaffAccounts {
  find(email: string): Promise<StaffAccount | null>;
  /**
   * What the account of an address is called in addresses of pages, which may be logged: one way only, the same for
   * ever, and there whether or not the account is.
   */
  keyOf(email: string): string;
  findByKey(key: string): Promise<StaffAccount | null>;
  /** The account that this secret's hash invites to now. */
  findInvited(secretHash: string): Promise<StaffAccount | null>;
  /** By post, a page at a time; only those of which all that is asked for holds. May be a moment old. */
  list(page: Page, filter?: AccountFilter): Promise<Paged<StaffAccount>>;
  /** Refused as `already-there` when the address has an account. */
  toAdd(account: StaffAccount): Write;
  /** Stores the next version; refused as `changed-meanwhile` when somebody else was faster. */
  toChange(account: StaffAccount): Write;
  /** Changes nothing; refused as `changed-meanwhile` when the account is no longer in this version. */
  toRequire(account: StaffAccount): Write;
}

/** Which accounts are wanted. */
export interface AccountFilter {
  readonly unit?: UnitId | undefined;
  readonly status?: StaffAccount['status'] | undefined;
  readonly role?: Role | undefined;
}

/** The units of a force, and what they cover. There are some hundreds at most. */
export interface Units {
  find(id: UnitId): Promise<Unit | null>;
  /** All of them, by name. */
  list(): Promise<readonly Unit[]>;
  /** Refused as `already-there` when there is such a unit. */
  toAdd(unit: Unit): Write;
  /** Stores the next version; refused as `changed-meanwhile` when somebody else was faster. */
  toChange(unit: Unit): Write;
}

/** What an OpenID Connect issuer has vouched for. */
export interface VerifiedIdentity {
  readonly issuer: string;
  readonly subject: string;
  readonly email: string | undefined;
  readonly emailVerified: boolean;
}

/** What an issuer says of somebody who has just signed in. */
export interface ProvenIdentity extends VerifiedIdentity {
  /** When the issuer last saw for itself who this is; null when it does not say. */
  readonly provenAt: Instant | null;
  /** The groups of this person at the issuer, by name or id; none when it names none. */
  readonly groups: readonly string[];
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
export type SignInProof = Pick<PendingSignIn, 'state' | 'nonce' | 'verifier'>;

/** Whoever vouches for the identity of staff: an OpenID Connect issuer. */
export interface Issuer {
  /**
   * Where to send the browser so that its person signs in, and what its return has to be checked against. Whoever has
   * signed in at the issuer within `maxAgeSeconds` need not do so again; with 0, everybody has to.
   */
  begin(wanted: {
    redirectUri: string;
    maxAgeSeconds: number;
  }): Promise<{ url: string; pending: SignInProof }>;
  /** Checks what the browser came back with. Throws when the issuer cannot be asked. */
  finish(returned: {
    /** The whole address that the browser came back to, with its query. */
    callbackUrl: string;
    redirectUri: string;
    pending: SignInProof;
  }): Promise<Result<ProvenIdentity, SignInRefused>>;
  /**
   * Where a browser goes to be signed out of the issuer, too, and from there to `returnTo`. Null when the issuer has no
   * such page; throws when it cannot be asked.
   */
  signOutUrl(wanted: { returnTo: string }): Promise<string | null>;
}
