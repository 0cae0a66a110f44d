import { awaitsPeople, isUnderWay, type Mailing, mailingSchema } from '#domain/mailings/mailing.ts';
import type { Mailings } from '#domain/mailings/mailing-ports.ts';
import type { Write } from '#domain/shared/facts.ts';
import type { Id } from '#domain/shared/ids.ts';
import type { Page, Paged } from '#domain/shared/paged.ts';
import { asWrite, putNew, putNext } from './changes.ts';
import { keys } from './keys.ts';
import { cursorOf, cutPage, gather } from './pages.ts';
import { readAll, readRecord } from './records.ts';
import type { StoredItem, Table } from './table.ts';

const read = (item: StoredItem): Mailing => readRecord(mailingSchema, item);

const toItem = (mailing: Mailing) => ({
  ...keys.mailing(mailing.id),
  ...keys.mailingInOrder(mailing.createdAt, mailing.id),
  ...(isUnderWay(mailing) ? keys.mailingUnderWay(mailing.id) : {}),
  ...(awaitsPeople(mailing) ? keys.mailingWaiting(mailing.id) : {}),
  entity: 'mailing',
  ...mailing,
});

export class DynamoMailings implements Mailings {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async find(id: Id): Promise<Mailing | null> {
    const item = await this.#table.get(keys.mailing(id));
    return item && read(item);
  }

  async list(page: Page): Promise<Paged<Mailing>> {
    const range = { index: 'gsi1', partition: keys.mailings, backwards: true } as const;
    const found = await gather(this.#table.query({ ...range, after: cursorOf(page), limit: page.size + 1 }));
    const { items, next } = cutPage(found, 'gsi1sk', page.size);
    return { items: items.map(read), next };
  }

  underWay(): Promise<readonly Mailing[]> {
    return readAll(mailingSchema, this.#table.query({ index: 'gsi2', partition: keys.mailingsUnderWay }));
  }

  waiting(): Promise<readonly Mailing[]> {
    return readAll(mailingSchema, this.#table.query({ index: 'gsi2', partition: keys.mailingsWaiting }));
  }

  toAdd(mailing: Mailing): Write {
    return asWrite(putNew(toItem(mailing), 'already-there'));
  }

  toChange(mailing: Mailing): Write {
    return asWrite(putNext(toItem(mailing)));
  }
}
