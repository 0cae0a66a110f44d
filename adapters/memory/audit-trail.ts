import type { AuditEntry, AuditTrail, EntryKey, StoredEntry } from '#domain/audit/audit.ts';
import { type LocalDate, londonDate } from '#domain/shared/clock.ts';
import type { Write } from '#domain/shared/facts.ts';
import { asWrite } from './changes.ts';
import { Collection } from './collection.ts';

const keyOf = ({ at, id }: AuditEntry): EntryKey => `${at}#${id}`;

const storedFrom = (entry: AuditEntry): StoredEntry => ({ key: keyOf(entry), content: { ...entry } });

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

  async readBack(
    day: LocalDate,
    { before, limit }: { readonly before: EntryKey | null; readonly limit: number },
  ): Promise<readonly { readonly key: EntryKey; readonly entry: AuditEntry }[]> {
    return (await this.ofDay(day))
      .map((entry) => ({ key: keyOf(entry), entry }))
      .filter(({ key }) => before === null || key < before)
      .reverse()
      .slice(0, limit);
  }

  async *read(day: LocalDate): AsyncGenerator<AuditEntry> {
    yield* await this.ofDay(day);
  }

  async *stored(day: LocalDate): AsyncGenerator<StoredEntry> {
    for (const entry of await this.ofDay(day)) yield storedFrom(entry);
  }

  async findStored(_day: LocalDate, key: EntryKey): Promise<StoredEntry | null> {
    const entry = this.#entries.find(key);
    return entry && storedFrom(entry);
  }
}
