import * as z from 'zod';
import type { AreaCode } from '#domain/areas/area.ts';
import type { Supporters } from '#domain/priorities/ports.ts';
import type { Write } from '#domain/shared/facts.ts';
import type { Id } from '#domain/shared/ids.ts';
import { addPeople, asWrite } from './changes.ts';
import { keys, SHARDS } from './keys.ts';
import { readAll } from './records.ts';
import type { Table } from './table.ts';

const countRecordSchema = z.object({ sk: z.string(), people: z.number() });

export class DynamoSupporters implements Supporters {
  readonly #table: Table;
  readonly #randomBelow: (limit: number) => number;

  constructor(table: Table, randomBelow: (limit: number) => number) {
    this.#table = table;
    this.#randomBelow = randomBelow;
  }

  toCount(area: AreaCode, priority: Id, people: 1 | -1): Write {
    const key = keys.count(area, this.#randomBelow(SHARDS), priority);
    return asWrite(addPeople(key, 'supporters', people));
  }

  async countsOf(area: AreaCode): Promise<ReadonlyMap<Id, number>> {
    const shards = await Promise.all(
      Array.from({ length: SHARDS }, (_, shard) =>
        readAll(countRecordSchema, this.#table.query({ partition: keys.countsOf(area, shard) })),
      ),
    );
    const sums = new Map<Id, number>();
    for (const { sk: priority, people } of shards.flat())
      sums.set(priority, (sums.get(priority) ?? 0) + people);
    return new Map([...sums].filter(([, people]) => people > 0));
  }
}
