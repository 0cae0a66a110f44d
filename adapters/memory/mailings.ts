import { awaitsPeople, isUnderWay, type Mailing } from '#domain/mailings/mailing.ts';
import type { Mailings } from '#domain/mailings/mailing-ports.ts';
import type { Write } from '#domain/shared/facts.ts';
import type { Id } from '#domain/shared/ids.ts';
import type { Page, Paged } from '#domain/shared/paged.ts';
import { asWrite } from './changes.ts';
import { Collection } from './collection.ts';
import { cutPage } from './pages.ts';

export class MemoryMailings implements Mailings {
  readonly #mailings = new Collection<Mailing>('mailing');

  async find(id: Id): Promise<Mailing | null> {
    return this.#mailings.find(id);
  }

  async list(page: Page): Promise<Paged<Mailing>> {
    const keyOf = ({ createdAt, id }: Mailing) => `${createdAt}#${id}`;
    return cutPage(this.#mailings.all(), page, { keyOf, backwards: true });
  }

  async underWay(): Promise<readonly Mailing[]> {
    return this.#mailings.all().filter(isUnderWay);
  }

  async waiting(): Promise<readonly Mailing[]> {
    return this.#mailings.all().filter(awaitsPeople);
  }

  toAdd(mailing: Mailing): Write {
    return asWrite(this.#mailings.toAdd(mailing.id, mailing, 'already-there'));
  }

  toChange(mailing: Mailing): Write {
    return asWrite(this.#mailings.toSetNext(mailing.id, mailing));
  }
}
