import type { RecipientKey } from '#domain/mailings/recipient.ts';
import type { Write } from '#domain/shared/facts.ts';
import type { Subscriptions } from '#domain/subscriptions/ports.ts';
import type { Subscription } from '#domain/subscriptions/subscription.ts';
import { asWrite } from './changes.ts';
import { Collection } from './collection.ts';

export class MemorySubscriptions implements Subscriptions {
  readonly #subscriptions = new Collection<Subscription>('subscription');

  async find(recipient: RecipientKey): Promise<Subscription | null> {
    return this.#subscriptions.find(recipient);
  }

  toAdd(subscription: Subscription): Write {
    return asWrite(this.#subscriptions.toAdd(subscription.key, subscription, 'changed-meanwhile'));
  }

  toChange({ version }: Subscription, after: Subscription): Write {
    return asWrite(this.#subscriptions.toSetNext(after.key, { ...after, version }));
  }

  toRemove(subscription: Subscription): Write {
    const { touches, check } = this.#subscriptions.toRequireVersion(subscription.key, subscription);
    return asWrite({ touches, check, apply: () => this.#subscriptions.delete(subscription.key) });
  }

  toRequireNone(recipient: RecipientKey): Write {
    return asWrite({
      touches: `subscription ${recipient}`,
      check: () => (this.#subscriptions.find(recipient) ? 'changed-meanwhile' : null),
      apply: () => {},
    });
  }

  /** Everybody who has one, in no order. */
  all(): readonly Subscription[] {
    return this.#subscriptions.all();
  }
}
