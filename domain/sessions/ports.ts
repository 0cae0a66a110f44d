import type { Instant } from '../shared/clock.ts';
import type { Write } from '../shared/facts.ts';
import type { Session, SignedIn } from './session.ts';

/** One of the sessions of an account, without the secrets that open it. */
export interface AccountSession extends SignedIn {
  /** The account's address. */
  readonly staff: string;
  readonly startedAt: Instant;
  readonly seenAt: Instant;
  /** How the store knows it: a hash, which opens nothing. */
  readonly key: string;
}

export type StaffSession = Session & { readonly staff: string; readonly signedIn: SignedIn };

/** Visits that are going on, found by the secret of their cookie, and those of staff by their account. */
export interface Sessions {
  /** The session of a cookie, whether live or not; null when there is none. */
  find(id: string): Promise<Session | null>;
  /** Stores a visit of the public. */
  save(session: Session): Promise<void>;
  /** Stores what has changed of a visit. False when it was ended in the meantime: what has ended stays so. */
  change(session: Session): Promise<boolean>;
  /** Ends a visit of the public. */
  remove(id: string): Promise<void>;

  /** Opens a session of staff; in the place of another, which has to be there still (`not-there`). */
  toOpen(session: StaffSession, inPlaceOf?: string): Write;
  /** The sessions of an account that were not ended, the latest first; some may be past their time. */
  ofAccount(email: string): Promise<readonly AccountSession[]>;
  /** Ends a session of staff. */
  toEnd(session: AccountSession): Write;
}

/** What somebody has typed into a form of several pages and not sent yet. */
export interface Draft {
  readonly id: string;
  /** The session that it belongs to: nobody else finds it. */
  readonly owner: string;
  /** Which form it belongs to, with what it is about. */
  readonly form: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly savedAt: Instant;
}

/** Hours for which a draft is kept after it was last saved. */
export const DRAFT_HOURS = 4;

/** Drafts, gone a few hours after they were last saved (`DRAFT_HOURS`). */
export interface Drafts {
  find(owner: string, id: string): Promise<Draft | null>;
  save(draft: Draft): Promise<void>;
}
