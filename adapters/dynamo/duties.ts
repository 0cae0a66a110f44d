import { type Duty, type DutyKey, dutySchema } from '#domain/chasing/duty.ts';
import type { Duties } from '#domain/chasing/ports.ts';
import type { LocalDate } from '#domain/shared/clock.ts';
import type { Write } from '#domain/shared/facts.ts';
import type { Id } from '#domain/shared/ids.ts';
import { asWrite, putNew, putNext, remove, removeVersion } from './changes.ts';
import { CHASE_SHARDS, keys } from './keys.ts';
import { readAll, readRecord } from './records.ts';
import type { Table } from './table.ts';

const toItem = (duty: Duty) => ({
  ...keys.duty(duty),
  ...(duty.nextOn === null ? {} : keys.chased(duty.nextOn, duty.id)),
  entity: 'duty',
  ...duty,
});

/** Duties, each in the index of what is due by the day on which something is to be said of it. */
export class DynamoDuties implements Duties {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async find(duty: DutyKey): Promise<Duty | null> {
    const item = await this.#table.get(keys.duty(duty));
    return item && readRecord(dutySchema, item);
  }

  of(subject: Id): Promise<readonly Duty[]> {
    return readAll(dutySchema, this.#table.query({ partition: keys.dutiesOf(subject) }));
  }

  async *due(day: LocalDate): AsyncIterable<Duty> {
    for (let shard = 0; shard < CHASE_SHARDS; shard += 1) {
      const range = { index: 'gsi1', partition: keys.chasedIn(shard), upTo: keys.chasedBy(day) } as const;
      for await (const item of this.#table.query(range)) yield readRecord(dutySchema, item);
    }
  }

  toOwe(duty: Duty): Write {
    return asWrite(putNew(toItem(duty), 'already-there'));
  }

  toChange(duty: Duty): Write {
    return asWrite(putNext(toItem(duty)));
  }

  toRemove(duty: Duty): Write {
    return asWrite(removeVersion(keys.duty(duty), duty.version));
  }

  toSettle(duty: DutyKey): Write {
    return asWrite(remove(keys.duty(duty)));
  }
}
