import type { RecipientKey } from '../mailings/recipient.ts';
import type { Write } from '../shared/facts.ts';
import type { SignUp, Subscription } from './subscription.ts';

/** What people want to hear about. Audiences of mailings are found by it. */
export interface Subscriptions {
  find(recipient: RecipientKey): Promise<Subscription | null>;
  /** Stores the first subscription of somebody; refused as `changed-meanwhile` when there is one. */
  toAdd(subscription: Subscription): Write;
  /** Stores what somebody wants now under the next version of what was wanted before; refused as `changed-meanwhile`. */
  toChange(before: Subscription, after: Subscription): Write;
  /** Removes it, with all by which it is found; refused as `changed-meanwhile`. */
  toRemove(subscription: Subscription): Write;
  /** Changes nothing, and makes sure that somebody has none; refused as `changed-meanwhile`. */
  toRequireNone(recipient: RecipientKey): Write;
}

/** What was asked for and waits for the press of a button behind the link in a mail. */
export interface SignUps {
  /** By the hash of the secret; also one that has ended, as long as the store has it. */
  find(secretHash: string): Promise<SignUp | null>;
  /** Keeps it until it ends. */
  toKeep(secretHash: string, signUp: SignUp): Write;
  /** Removes it; refused as `not-there`. */
  toRemove(secretHash: string): Write;
}
