import { type MailTrouble, type MailTroubles, troubledStates } from '#domain/mailings/mailing-ports.ts';
import { isEssential } from '#domain/mailings/message.ts';
import type { Page, Paged } from '#domain/shared/paged.ts';
import type { MemoryDeliveries } from './deliveries.ts';
import type { MemoryOutbox } from './outbox.ts';
import { cutPage } from './pages.ts';

export class MemoryMailTroubles implements MailTroubles {
  readonly #outbox: MemoryOutbox;
  readonly #deliveries: MemoryDeliveries;

  constructor(outbox: MemoryOutbox, deliveries: MemoryDeliveries) {
    this.#outbox = outbox;
    this.#deliveries = deliveries;
  }

  async list(page: Page): Promise<Paged<MailTrouble>> {
    const mails = new Map(this.#outbox.mails.map((mail) => [mail.id, mail]));
    const troubles = this.#deliveries.states.flatMap(({ id, state: found, since }) => {
      const state = troubledStates.find((troubled) => troubled === found);
      const mail = mails.get(id);
      if (!state || !mail || !isEssential[mail.message.kind]) return [];
      return [{ id, kind: mail.message.kind, to: mail.to, state, since }];
    });
    return cutPage(troubles, page, { keyOf: ({ since, id }) => `${since}#${id}`, backwards: true });
  }
}
