import * as z from 'zod';
import type { DocumentEvent } from '#domain/documents/document.ts';
import type { DocumentEvents } from '#domain/documents/ports.ts';
import type { Write } from '#domain/shared/facts.ts';
import type { Id } from '#domain/shared/ids.ts';
import type { Page, Paged } from '#domain/shared/paged.ts';
import { asWrite, putNew } from './changes.ts';
import { keys } from './keys.ts';
import { cursorOf, cutPage, gather } from './pages.ts';
import { readRecord } from './records.ts';
import type { Table } from './table.ts';

const fieldsSchema = z.record(z.string(), z.unknown()).nullable();

const eventSchema: z.ZodType<DocumentEvent> = z.object({
  id: z.string(),
  document: z.string(),
  at: z.string(),
  by: z.string(),
  deed: z.string(),
  before: fieldsSchema,
  after: fieldsSchema,
  correlationId: z.string(),
});

export class DynamoDocumentEvents implements DocumentEvents {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async of(document: Id, page: Page): Promise<Paged<DocumentEvent>> {
    const range = { partition: keys.documentEventsOf(document), backwards: true, after: cursorOf(page) };
    const found = await gather(this.#table.query({ ...range, limit: page.size + 1 }));
    const { items, next } = cutPage(found, 'sk', page.size);
    return { items: items.map((item) => readRecord(eventSchema, item)), next };
  }

  toAdd(event: DocumentEvent): Write {
    return asWrite(
      putNew({ ...keys.documentEvent(event), entity: 'document-event', ...event }, 'already-there'),
    );
  }
}
