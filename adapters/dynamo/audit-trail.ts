import * as z from 'zod';
import {
  type AuditEntry,
  type AuditTrail,
  type EntryKey,
  type Fields,
  type Shown,
  type StoredEntry,
  unreadableEntry,
} from '#domain/audit/audit.ts';
import { type LocalDate, londonDate } from '#domain/shared/clock.ts';
import type { Write } from '#domain/shared/facts.ts';
import { asWrite, putNew } from './changes.ts';
import { keys } from './keys.ts';
import { readAll } from './records.ts';
import type { StoredItem, Table } from './table.ts';

const shownSchema: z.ZodType<Shown> = z.json();

const fieldsSchema: z.ZodType<Fields | null> = z.record(z.string(), shownSchema).nullable();

/** Entries from before there was `before` and `after` are read as telling of no fields. */
const auditRecordSchema: z.ZodType<AuditEntry> = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  actor: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('staff'), email: z.string() }),
    z.object({ kind: z.enum(['public', 'program', 'operator']) }),
  ]),
  deed: z.string(),
  record: z.object({ kind: z.string(), id: z.string() }),
  before: fieldsSchema.default(null),
  after: fieldsSchema.default(null),
  change: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  correlationId: z.string(),
});

const entryFrom = (day: LocalDate, item: StoredItem): AuditEntry =>
  auditRecordSchema.safeParse(item).data ?? unreadableEntry(day, String(item.sk));

const storedFrom = (item: StoredItem): StoredEntry => ({ key: String(item.sk), content: item });

export class DynamoAuditTrail implements AuditTrail {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  toRecord(entry: AuditEntry): Write {
    const key = keys.audit(londonDate(entry.at), entry.at, entry.id);
    return asWrite(putNew({ ...key, entity: 'audit-entry', ...entry }, 'already-there'));
  }

  ofDay(day: LocalDate): Promise<readonly AuditEntry[]> {
    return readAll(auditRecordSchema, this.#table.query({ partition: keys.auditOf(day) }));
  }

  async readBack(
    day: LocalDate,
    { before, limit }: { readonly before: EntryKey | null; readonly limit: number },
  ): Promise<readonly { readonly key: EntryKey; readonly entry: AuditEntry }[]> {
    const found: { key: EntryKey; entry: AuditEntry }[] = [];
    const range = { partition: keys.auditOf(day), backwards: true, after: before, limit };
    for await (const item of this.#table.query(range))
      found.push({ key: String(item.sk), entry: entryFrom(day, item) });
    return found;
  }

  async *read(day: LocalDate): AsyncGenerator<AuditEntry> {
    for await (const item of this.#table.query({ partition: keys.auditOf(day) })) yield entryFrom(day, item);
  }

  async *stored(day: LocalDate): AsyncGenerator<StoredEntry> {
    for await (const item of this.#table.query({ partition: keys.auditOf(day) })) yield storedFrom(item);
  }

  async findStored(day: LocalDate, key: EntryKey): Promise<StoredEntry | null> {
    const item = await this.#table.get({ pk: keys.auditOf(day), sk: key });
    return item && storedFrom(item);
  }
}
