import type { Suppression, SuppressionReason, Suppressions } from '#domain/mailings/ports.ts';
import type { RecipientKey } from '#domain/mailings/recipient.ts';
import type { Instant } from '#domain/shared/clock.ts';
import type { Write } from '#domain/shared/facts.ts';
import { asWrite } from './changes.ts';

const NOTHING: Suppression = { unsubscribed: null, complained: null, bounced: null, softBounces: 0 };

export class MemorySuppressions implements Suppressions {
  readonly #known = new Map<RecipientKey, Suppression>();

  async find(recipient: RecipientKey): Promise<Suppression | null> {
    const known = this.#known.get(recipient) ?? NOTHING;
    return Object.values(known).every((value) => value === null || value === 0) ? null : known;
  }

  toSuppress(recipient: RecipientKey, reason: SuppressionReason, at: Instant): Write {
    return this.#change(recipient, (known) => ({ ...known, [reason]: known[reason] ?? at }));
  }

  toCountSoftBounces(recipient: RecipientKey, softBounces: number): Write {
    return this.#change(recipient, (known) => ({ ...known, softBounces }));
  }

  toLift(recipient: RecipientKey, reason: SuppressionReason): Write {
    return this.#change(recipient, (known) => ({
      ...known,
      [reason]: null,
      softBounces: reason === 'bounced' ? 0 : known.softBounces,
    }));
  }

  #change(recipient: RecipientKey, change: (known: Suppression) => Suppression): Write {
    return asWrite({
      touches: `suppression ${recipient}`,
      check: () => null,
      apply: () => this.#known.set(recipient, change(this.#known.get(recipient) ?? NOTHING)),
    });
  }
}
