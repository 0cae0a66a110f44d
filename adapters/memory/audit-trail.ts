import type { AuditEntry, AuditTrail } from '#domain/audit/audit.ts';
import { type LocalDate, londonDate } from '#domain/shared/clock.ts';
import type { Write } from '#domain/shared/facts.ts';
import { asWrite } from './changes.ts';
import { Collection } from './collection.ts';

const keyOf = ({ at, id }: AuditEntry): string => `${at}#${id}`;

export class MemoryAuditTrail implements AuditTrail {
  readonly #entries = new Collection<AuditEntry>('audit-entry');

  toRecord(entry: AuditEntry): Write {
    return asWrite(this.#entries.toAdd(keyOf(entry), entry, 'already-there'));
  }

  async ofDay(day: LocalDate): Promise<readonly AuditEntry[]> {
    return this.#entries
      .all()
      .filter((entry) => londonDate(entry.at) === day)
      .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  }
}
