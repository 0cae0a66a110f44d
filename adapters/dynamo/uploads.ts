import type { Uploads } from '#domain/documents/ports.ts';
import { type Upload, uploadSchema } from '#domain/documents/upload.ts';
import { addHours, type Instant, toEpochSeconds } from '#domain/shared/clock.ts';
import type { Write } from '#domain/shared/facts.ts';
import type { Id } from '#domain/shared/ids.ts';
import type { Page, Paged } from '#domain/shared/paged.ts';
import { asWrite, putNew, putNext } from './changes.ts';
import { keys } from './keys.ts';
import { cursorOf, cutPage, gather } from './pages.ts';
import { readRecord } from './records.ts';
import type { Item, Table } from './table.ts';

/** Hours for which it is kept what became of a permission that nobody used, and of an upload that came to nothing. */
const HOURS_UNUSED = 48;
const HOURS_KEPT = 90 * 24;

const isUndecided = ({ outcome }: Upload): boolean => outcome === null || outcome.kind === 'checked';

/**
 * Never of one whose file is in the archive: files bear the ids of their uploads, and whoever could use such an id once
 * more would put another file in its place.
 */
const expiryOf = ({ at, object, outcome }: Upload): Pick<Item, 'expiresAt'> => {
  if (outcome?.kind === 'filed') return {};
  const isUnused = object === null && outcome === null;
  return { expiresAt: toEpochSeconds(addHours(at, isUnused ? HOURS_UNUSED : HOURS_KEPT)) };
};

const toItem = (upload: Upload): Item & Upload => {
  return {
    ...keys.upload(upload.id),
    ...keys.uploadInOrder(upload),
    ...(isUndecided(upload) ? keys.uploadUndecided(upload) : {}),
    entity: 'upload',
    ...upload,
    ...expiryOf(upload),
  };
};

export class DynamoUploads implements Uploads {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async find(id: Id): Promise<Upload | null> {
    const item = await this.#table.get(keys.upload(id));
    return item && readRecord(uploadSchema, item);
  }

  async ownedBy(email: string, page: Page): Promise<Paged<Upload>> {
    const range = { index: 'gsi1', partition: keys.uploadsOf(email), backwards: true } as const;
    const found = await gather(this.#table.query({ ...range, after: cursorOf(page), limit: page.size + 1 }));
    const { items, next } = cutPage(found, 'gsi1sk', page.size);
    return { items: items.map((item) => readRecord(uploadSchema, item)), next };
  }

  async *undecided(before: Instant): AsyncIterable<Upload> {
    const range = { index: 'gsi2', partition: keys.undecidedUploads, upTo: before } as const;
    for await (const item of this.#table.query(range)) yield readRecord(uploadSchema, item);
  }

  toAdd(upload: Upload): Write {
    return asWrite(putNew(toItem(upload), 'already-there'));
  }

  toChange(upload: Upload): Write {
    return asWrite(putNext(toItem(upload)));
  }
}
