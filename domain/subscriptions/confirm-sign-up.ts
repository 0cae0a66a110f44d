import { doOnce, type Outcome } from '../shared/once.ts';
import { failed, ok, type Result } from '../shared/result.ts';
import {
  ATTEMPTS,
  describeSubscription,
  type PublicDeed,
  recordDeed,
  type SubscriptionPorts,
} from './deed.ts';
import { LinkEnded } from './failures.ts';
import { type SignUp, type Subscription, type Wish, wishOf } from './subscription.ts';

/** What the link in a mail stands for: something to confirm, or what was confirmed with it (for a day after that). */
export type SignUpFound =
  | { readonly state: 'waiting'; readonly wish: Wish }
  | { readonly state: 'confirmed'; readonly wish: Wish };

type FindPorts = Pick<SubscriptionPorts, 'signUps' | 'receipts' | 'clock' | 'hash'>;

const keyOf = (secretHash: string): string => `confirm sign-up ${secretHash}`;

const findWaiting = async ({ signUps, clock }: FindPorts, secretHash: string): Promise<SignUp | null> => {
  const found = await signUps.find(secretHash);
  return found && clock.now() < found.endsAt ? found : null;
};

const findConfirmed = async ({ receipts }: FindPorts, secretHash: string): Promise<Wish | null> =>
  ((await receipts.find(keyOf(secretHash), ''))?.answer as Wish | undefined) ?? null;

/** Looks what a link stands for, and changes nothing: scanners of mails follow links. Null when it has ended or never was. */
export const findSignUp =
  (ports: FindPorts) =>
  async (secret: string): Promise<SignUpFound | null> => {
    const secretHash = ports.hash(secret);
    const waiting = await findWaiting(ports, secretHash);
    if (waiting) return { state: 'waiting', wish: wishOf(waiting) };
    const wish = await findConfirmed(ports, secretHash);
    return wish && { state: 'confirmed', wish };
  };

const describe = (ports: SubscriptionPorts, asked: SignUp, before: Subscription | null): Subscription => ({
  ...wishOf(asked),
  key: ports.keyOfRecipient(asked.email),
  email: asked.email,
  language: asked.language,
  confirmedAt: ports.clock.now(),
  version: before?.version ?? 1,
});

const tryToConfirm = async (
  ports: SubscriptionPorts,
  secretHash: string,
  asked: SignUp,
  deed: PublicDeed,
): Promise<Outcome<Wish>> => {
  const before = await ports.subscriptions.find(ports.keyOfRecipient(asked.email));
  const after = describe(ports, asked, before);
  const writes = [
    ports.signUps.toRemove(secretHash),
    before ? ports.subscriptions.toChange(before, after) : ports.subscriptions.toAdd(after),
    // Whoever complained, or has no mailbox, is not written to for having pressed a button.
    ports.suppressions.toLift(after.key, 'unsubscribed'),
    recordDeed(ports, deed, {
      deed: 'confirm sign-up',
      ...describeSubscription(before, after),
      change: { signUp: asked.id },
    }),
  ];
  return doOnce(ports)(keyOf(secretHash), '', { writes, answer: wishOf(after) });
};

/**
 * Makes a subscription of what was asked for, in the place of an earlier one; who had left is written to again. The
 * same link once more gives the same answer for a day, and is then a `LinkEnded`.
 */
export const confirmSignUp =
  (ports: SubscriptionPorts) =>
  async (secret: string, deed: PublicDeed): Promise<Result<Wish, LinkEnded>> => {
    const secretHash = ports.hash(secret);
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const asked = await findWaiting(ports, secretHash);
      if (!asked) {
        const wish = await findConfirmed(ports, secretHash);
        return wish ? ok(wish) : failed(new LinkEnded());
      }
      const outcome = await tryToConfirm(ports, secretHash, asked, deed);
      if (outcome.ok) return outcome;
    }
    throw new Error('A subscription was changed each time that somebody confirmed it');
  };
