import type { AreaNamed } from './message.ts';

/** Stands for an address where the address itself must not be seen: in keys, links and logs. The same for the same address. */
export type RecipientKey = string;

/** One person of an audience, as a mailing needs to know them. */
export interface Recipient {
  readonly key: RecipientKey;
  readonly email: string;
  /** A tag of BCP 47. */
  readonly language: string;
  /** What brought this person into the audience; null for the whole force. */
  readonly area: AreaNamed | null;
  /** Wants mailings in one digest a week. */
  readonly weekly: boolean;
}
