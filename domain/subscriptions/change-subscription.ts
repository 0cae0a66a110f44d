import { defaultLanguage } from '../mailings/message.ts';
import type { RecipientKey } from '../mailings/recipient.ts';
import { addHours } from '../shared/clock.ts';
import type { Write } from '../shared/facts.ts';
import { doOnce, KeyReused } from '../shared/once.ts';
import { failed, ok, type Result } from '../shared/result.ts';
import {
  ATTEMPTS,
  checkWish,
  describeSubscription,
  type KeyedDeed,
  type PublicDeed,
  recordDeed,
  type SubscriptionPorts,
  type WishFailure,
} from './deed.ts';
import { NotSubscribed } from './failures.ts';
import type { Subscription, Wish } from './subscription.ts';

/** Hours for which a link to one's preferences is good that was asked for: a week. */
const PREFERENCES_LINK_HOURS = 7 * 24;

/** Changes what somebody hears about, where and how often. The same once more changes nothing. */
export const changeSubscription =
  (ports: SubscriptionPorts) =>
  async (
    recipient: RecipientKey,
    wish: Wish,
    deed: PublicDeed,
  ): Promise<Result<Subscription, WishFailure | NotSubscribed>> => {
    const directory = await ports.areas.directory();
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const before = await ports.subscriptions.find(recipient);
      if (!before) return failed(new NotSubscribed());
      const checked = checkWish(directory, wish, before.areas);
      if (!checked.ok) return checked;
      const after = { ...before, ...checked.value };
      if (JSON.stringify(before) === JSON.stringify(after)) return ok(before);
      const { refused } = await ports.facts.commit([
        ports.subscriptions.toChange(before, after),
        recordDeed(ports, deed, { deed: 'change subscription', ...describeSubscription(before, after) }),
      ]);
      if (refused === null) return ok(after);
    }
    throw new Error('A subscription was changed each time that somebody changed it');
  };

const describeLink = async (
  ports: SubscriptionPorts,
  { key, email, language }: Subscription,
  deed: PublicDeed,
): Promise<Write[]> => {
  const now = ports.clock.now();
  const endsAt = addHours(now, PREFERENCES_LINK_HOURS);
  const secret = await ports.mailTokens.sign('preferences', key, endsAt);
  return [
    ports.outbox.toPost({
      id: ports.ids.next(),
      to: email,
      replyTo: null,
      language: language || defaultLanguage,
      message: { kind: 'preferences-link', secret, endsAt },
      correlationId: deed.correlationId,
      postedAt: now,
    }),
    recordDeed(ports, deed, {
      deed: 'ask for preferences',
      record: { kind: 'subscription', id: key },
    }),
  ];
};

/**
 * Sends the way to their preferences to somebody who has a subscription, once per key. What is answered is the same
 * for whoever has none, so that nobody can find out by it who hears from the police.
 */
export const sendPreferencesLink =
  (ports: SubscriptionPorts) =>
  async (email: string, deed: KeyedDeed): Promise<Result<null, KeyReused>> => {
    const subscription = await ports.subscriptions.find(ports.keyOfRecipient(email));
    const writes = subscription ? await describeLink(ports, subscription, deed) : [];
    const outcome = await doOnce(ports)(deed.key, email, { writes, answer: null });
    if (outcome.ok) return ok(null);
    if (outcome.error instanceof KeyReused) return failed(outcome.error);
    throw new Error(`A link was refused as ${outcome.error.refusal}`);
  };
