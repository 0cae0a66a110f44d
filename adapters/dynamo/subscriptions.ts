import type { RecipientKey } from '#domain/mailings/recipient.ts';
import type { Write } from '#domain/shared/facts.ts';
import type { Subscriptions } from '#domain/subscriptions/ports.ts';
import { type Subscription, subscriptionSchema } from '#domain/subscriptions/subscription.ts';
import { asWrite, put, putNew, putNext, remove, removeVersion, requireNone } from './changes.ts';
import { keys } from './keys.ts';
import { readRecord } from './records.ts';
import type { Item, Table } from './table.ts';

const toItem = (subscription: Subscription) => ({
  ...keys.subscription(subscription.key),
  entity: 'subscription',
  ...subscription,
});

/** By which audiences find somebody: an item for each topic in each area, and for the whole force where none is named. */
const toFound = ({ key, email, language, frequency, topics, areas }: Subscription): readonly Item[] => {
  const places = areas.length === 0 ? [null] : areas;
  return topics.flatMap((topic) =>
    places.map((area) => ({
      ...keys.subscriber(topic, area, key),
      entity: 'subscriber',
      ...{ key, email, language, frequency, area },
    })),
  );
};

/** Subscriptions, each with the items by which audiences find it; they change together. */
export class DynamoSubscriptions implements Subscriptions {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async find(recipient: RecipientKey): Promise<Subscription | null> {
    const item = await this.#table.get(keys.subscription(recipient));
    return item && readRecord(subscriptionSchema, item);
  }

  toAdd(subscription: Subscription): Write {
    return asWrite(putNew(toItem(subscription), 'changed-meanwhile'), ...toFound(subscription).map(put));
  }

  toChange(before: Subscription, after: Subscription): Write {
    const kept = toFound(after);
    const stays = new Set(kept.map(({ pk }) => pk));
    return asWrite(
      putNext(toItem({ ...after, version: before.version })),
      ...kept.map(put),
      ...toFound(before)
        .filter(({ pk }) => !stays.has(pk))
        .map(({ pk, sk }) => remove({ pk, sk })),
    );
  }

  toRemove(subscription: Subscription): Write {
    return asWrite(
      removeVersion(keys.subscription(subscription.key), subscription.version),
      ...toFound(subscription).map(({ pk, sk }) => remove({ pk, sk })),
    );
  }

  toRequireNone(recipient: RecipientKey): Write {
    return asWrite(requireNone(keys.subscription(recipient), 'changed-meanwhile'));
  }
}
