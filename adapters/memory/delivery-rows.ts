import type { DeliveryId, DeliveryState } from '#domain/mailings/delivery.ts';
import type { DeliveryFound, DeliveryRows } from '#domain/mailings/mailing-ports.ts';
import type { Instant } from '#domain/shared/clock.ts';
import type { Write } from '#domain/shared/facts.ts';
import type { MemoryDeliveries } from './deliveries.ts';
import type { MemoryLedger } from './ledger.ts';

/** Rows of the ledger and mails of the outbox, by the name under which the mail service knows them. */
export class MemoryDeliveryRows implements DeliveryRows {
  readonly #ledger: MemoryLedger;
  readonly #deliveries: MemoryDeliveries;

  constructor(ledger: MemoryLedger, deliveries: MemoryDeliveries) {
    this.#ledger = ledger;
    this.#deliveries = deliveries;
  }

  async find(id: DeliveryId): Promise<DeliveryFound | null> {
    return (await this.#ledger.find(id)) ?? this.#deliveries.find(id);
  }

  toMove(id: DeliveryId, found: DeliveryFound, to: DeliveryState, at: Instant): Write {
    const kept = found.mailing === null ? this.#deliveries : this.#ledger;
    return kept.toMove(id, found, to, at);
  }
}
