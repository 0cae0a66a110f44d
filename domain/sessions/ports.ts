import type { Instant } from '../shared/clock.ts';
import type { Session } from './session.ts';

/** Visits that are going on, found by the secret of their cookie. */
export interface Sessions {
  /** The session of a cookie, whether live or not; null when there is none. */
  find(id: string): Promise<Session | null>;
  save(session: Session): Promise<void>;
  remove(id: string): Promise<void>;
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
