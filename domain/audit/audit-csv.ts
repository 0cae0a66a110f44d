import { csvRow } from '../shared/csv.ts';
import type { AuditEntry } from './audit.ts';

const columns: Readonly<Record<string, (entry: AuditEntry) => string>> = {
  at: ({ at }) => at,
  actor: ({ actor }) => actor.kind,
  address: ({ actor }) => (actor.kind === 'staff' ? actor.email : ''),
  deed: ({ deed }) => deed,
  'record kind': ({ record }) => record.kind,
  'record id': ({ record }) => record.id,
  before: ({ before }) => (before ? JSON.stringify(before) : ''),
  after: ({ after }) => (after ? JSON.stringify(after) : ''),
  change: ({ change }) => (Object.keys(change).length > 0 ? JSON.stringify(change) : ''),
  'correlation id': ({ correlationId }) => correlationId,
  entry: ({ id }) => id,
};

/** The first row of the audit trail as CSV. Names for programs, which are the same in every language. */
export const auditCsvHead = (): string => csvRow(Object.keys(columns));

/** An entry as a row of CSV: times in UTC, what was before and after as JSON. */
export const auditCsvRow = (entry: AuditEntry): string =>
  csvRow(Object.values(columns).map((read) => read(entry)));
