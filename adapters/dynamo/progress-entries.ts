import { type Progress, progressSchema } from '#domain/actions/action.ts';
import type { ProgressEntries } from '#domain/actions/ports.ts';
import type { Write } from '#domain/shared/facts.ts';
import type { Id } from '#domain/shared/ids.ts';
import type { Page, Paged } from '#domain/shared/paged.ts';
import { asWrite, putNew } from './changes.ts';
import { keys } from './keys.ts';
import { cursorOf, cutPage, gather } from './pages.ts';
import { readRecord } from './records.ts';
import type { Table } from './table.ts';

export class DynamoProgressEntries implements ProgressEntries {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async of(action: Id, page: Page): Promise<Paged<Progress>> {
    const range = { partition: keys.progressOf(action), backwards: true, after: cursorOf(page) };
    const found = await gather(this.#table.query({ ...range, limit: page.size + 1 }));
    const { items, next } = cutPage(found, 'sk', page.size);
    return { items: items.map((item) => readRecord(progressSchema, item)), next };
  }

  toAdd(entry: Progress): Write {
    return asWrite(putNew({ ...keys.progress(entry), entity: 'progress', ...entry }, 'already-there'));
  }
}
