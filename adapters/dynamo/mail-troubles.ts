import * as z from 'zod';
import { type MailTrouble, type MailTroubles, troubledStates } from '#domain/mailings/mailing-ports.ts';
import { isEssential, type MessageKind } from '#domain/mailings/message.ts';
import type { Page, Paged } from '#domain/shared/paged.ts';
import { keys } from './keys.ts';
import { cursorOf, cutPage } from './pages.ts';
import { readRecord } from './records.ts';
import type { StoredItem, Table } from './table.ts';

const kinds = Object.keys(isEssential) as MessageKind[];

const troubleSchema: z.ZodType<MailTrouble> = z
  .object({
    id: z.string(),
    to: z.string(),
    message: z.object({ kind: z.enum(kinds) }),
    delivery: z.enum(troubledStates),
    deliverySince: z.string(),
  })
  .transform(({ id, to, message: { kind }, delivery: state, deliverySince: since }) => ({
    ...{ id, kind, to, state, since },
  }));

const read = (item: StoredItem): MailTrouble => readRecord(troubleSchema, item);

/** Mails of the outbox, by the index in which only those are that are in trouble. */
export class DynamoMailTroubles implements MailTroubles {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async list(page: Page): Promise<Paged<MailTrouble>> {
    const found: StoredItem[] = [];
    const range = { index: 'gsi2', partition: keys.troubledMails, backwards: true } as const;
    for await (const item of this.#table.query({ ...range, after: cursorOf(page) })) {
      // Nobody waits for the others, of which many more may be suppressed.
      if (isEssential[read(item).kind]) found.push(item);
      if (found.length > page.size) break;
    }
    const { items, next } = cutPage(found, 'gsi2sk', page.size);
    return { items: items.map(read), next };
  }
}
