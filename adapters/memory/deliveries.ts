import type { Deliveries, Outbox } from '#domain/mailings/ports.ts';
import type { Instant } from '#domain/shared/clock.ts';
import type { Id } from '#domain/shared/ids.ts';

export class MemoryDeliveries implements Deliveries {
  readonly #outbox: Outbox;
  readonly #states = new Map<Id, 'handed' | 'accepted'>();

  constructor(outbox: Outbox) {
    this.#outbox = outbox;
  }

  async claim(id: Id, _at: Instant): Promise<'taken' | 'accepted' | 'in-doubt'> {
    if (!(await this.#outbox.find(id))) throw new Error(`There is no mail ${id} to claim`);
    const state = this.#states.get(id);
    if (state === undefined) this.#states.set(id, 'handed');
    if (state === 'handed') return 'in-doubt';
    return state ?? 'taken';
  }

  async accept(id: Id, _serviceId: string, _at: Instant): Promise<void> {
    this.#states.set(id, 'accepted');
  }

  async release(id: Id): Promise<void> {
    if (this.#states.get(id) === 'handed') this.#states.delete(id);
  }
}
