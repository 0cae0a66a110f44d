import type { EntryKey } from '#domain/audit/audit.ts';
import type { AuditSeals, ChainHead, DayBegun, DayEnd, Seal } from '#domain/audit/seals.ts';
import type { LocalDate } from '#domain/shared/clock.ts';
import type { Write } from '#domain/shared/facts.ts';
import { asWrite, type Change } from './changes.ts';
import { Collection } from './collection.ts';

const sealKey = (day: LocalDate, entry: EntryKey): string => `${day} ${entry}`;

export class MemoryAuditSeals implements AuditSeals {
  readonly #seals = new Collection<Seal & { readonly day: LocalDate }>('audit-seal');
  readonly #heads = new Collection<ChainHead & DayBegun>('audit-chain');

  async head(day: LocalDate): Promise<ChainHead | null> {
    const head = this.#heads.find(day);
    return head && { count: head.count, hash: head.hash };
  }

  async find(day: LocalDate, entry: EntryKey): Promise<Seal | null> {
    const found = this.#seals.find(sealKey(day, entry));
    if (!found) return null;
    const { day: _, ...seal } = found;
    return seal;
  }

  async *read(day: LocalDate): AsyncGenerator<Seal> {
    const ofDay = this.#seals
      .all()
      .filter((seal) => seal.day === day)
      .sort((a, b) => (a.entry < b.entry ? -1 : 1));
    for (const { day: _, ...seal } of ofDay) yield seal;
  }

  toAppend(
    day: LocalDate,
    from: ChainHead | null,
    seals: readonly Seal[],
    after: DayEnd | null = null,
  ): Write {
    const last = seals.at(-1);
    if (!last) return asWrite();
    return asWrite(
      this.#moveHead(day, from, { count: last.number, hash: last.hash }, after),
      ...seals.map((seal) => this.#seals.toAdd(sealKey(day, seal.entry), { ...seal, day }, 'already-there')),
    );
  }

  async firstDay(): Promise<LocalDate | null> {
    return (await this.days())[0]?.day ?? null;
  }

  async dayBefore(day: LocalDate): Promise<LocalDate | null> {
    return (await this.days()).findLast((begun) => begun.day < day)?.day ?? null;
  }

  async days(): Promise<readonly DayBegun[]> {
    return this.#heads
      .all()
      .map(({ day, after }) => ({ day, after }))
      .sort((a, b) => (a.day < b.day ? -1 : 1));
  }

  async begun(day: LocalDate): Promise<DayBegun | null> {
    const found = this.#heads.find(day);
    return found && { day, after: found.after };
  }

  #moveHead(day: LocalDate, from: ChainHead | null, to: ChainHead, after: DayEnd | null): Change {
    return {
      touches: `audit-chain ${day}`,
      check: () => {
        const now = this.#heads.find(day);
        const isSame = from === null ? now === null : now?.count === from.count && now.hash === from.hash;
        return isSame ? null : 'changed-meanwhile';
      },
      apply: () => this.#heads.set(day, { ...to, day, after: this.#heads.find(day)?.after ?? after }),
    };
  }
}
