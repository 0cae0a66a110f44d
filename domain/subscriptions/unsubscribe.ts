import type { RecipientKey } from '../mailings/recipient.ts';
import {
  ATTEMPTS,
  describeSubscription,
  type PublicDeed,
  recordDeed,
  type SubscriptionPorts,
} from './deed.ts';
import type { Subscription } from './subscription.ts';

type UnsubscribePorts = Omit<SubscriptionPorts, 'areas' | 'signUps' | 'mailTokens' | 'outbox' | 'hash'>;

/** Whether somebody has left already, and nothing of theirs is left. */
const hasLeft = async (
  { suppressions }: UnsubscribePorts,
  recipient: RecipientKey,
  subscription: Subscription | null,
): Promise<boolean> =>
  subscription === null && ((await suppressions.find(recipient))?.unsubscribed ?? null) !== null;

/** Whether nothing is sent to somebody any more but what they ask for. */
export const isGone =
  (ports: UnsubscribePorts) =>
  async (recipient: RecipientKey): Promise<boolean> =>
    hasLeft(ports, recipient, await ports.subscriptions.find(recipient));

const leave = async (
  ports: UnsubscribePorts,
  recipient: RecipientKey,
  subscription: Subscription | null,
  { correlationId, isFirst }: PublicDeed & { readonly isFirst: boolean },
): Promise<boolean> => {
  const { refused } = await ports.facts.commit([
    ports.suppressions.toSuppress(recipient, 'unsubscribed', ports.clock.now()),
    subscription ? ports.subscriptions.toRemove(subscription) : ports.subscriptions.toRequireNone(recipient),
    // Mail providers ask twice at the same moment. Where there is nothing to remove, this lets one of them be first.
    ...(subscription === null && isFirst
      ? [ports.receipts.toKeep({ key: `unsubscribe ${recipient}`, body: '', answer: null })]
      : []),
    recordDeed(
      ports,
      { correlationId },
      {
        deed: 'unsubscribe',
        ...describeSubscription(subscription, null),
        record: { kind: 'subscription', id: recipient },
      },
    ),
  ]);
  return refused === null;
};

/**
 * Lets somebody go: from now on nothing is sent to them but what they ask for. What they wanted to hear about is
 * forgotten in the same moment. Also for those who never signed up and only left their address with something that they
 * said. Once more changes nothing.
 */
export const unsubscribe =
  (ports: UnsubscribePorts) =>
  async (recipient: RecipientKey, deed: PublicDeed): Promise<void> => {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const subscription = await ports.subscriptions.find(recipient);
      if (await hasLeft(ports, recipient, subscription)) return;
      if (await leave(ports, recipient, subscription, { ...deed, isFirst: attempt === 1 })) return;
    }
    throw new Error('A subscription was changed each time that somebody left');
  };
