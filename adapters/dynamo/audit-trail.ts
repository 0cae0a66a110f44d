import * as z from 'zod';
import type { AuditEntry, AuditTrail } from '#domain/audit/audit.ts';
import { type LocalDate, londonDate } from '#domain/shared/clock.ts';
import type { Write } from '#domain/shared/facts.ts';
import { asWrite, putNew } from './changes.ts';
import { keys } from './keys.ts';
import { readAll } from './records.ts';
import type { Table } from './table.ts';

const auditRecordSchema: z.ZodType<AuditEntry> = z.object({
  id: z.string(),
  at: z.string(),
  actor: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('staff'), email: z.string() }),
    z.object({ kind: z.enum(['public', 'program']) }),
  ]),
  deed: z.string(),
  record: z.object({ kind: z.string(), id: z.string() }),
  change: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  correlationId: z.string(),
});

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
}
