import type { AreaCode } from '#domain/areas/area.ts';
import type { Priorities } from '#domain/priorities/ports.ts';
import { isOpenToSupport, type Priority, prioritySchema } from '#domain/priorities/priority.ts';
import type { Write } from '#domain/shared/facts.ts';
import type { Id } from '#domain/shared/ids.ts';
import { asWrite, type Change, put, putNew, putNext, remove, requireExisting } from './changes.ts';
import { keys, SHARDS } from './keys.ts';
import { readAll, readRecord } from './records.ts';
import type { Table } from './table.ts';

const toItem = (priority: Priority) => ({
  ...keys.priority(priority.id),
  ...keys.priorityInArea(priority.area, priority.adoptedOn, priority.id),
  entity: 'priority',
  ...priority,
});

/**
 * Opens or closes the gates of a priority. Everybody who supports it passes one of several, so that they
 * do not all wait for the priority itself (see `SHARDS`).
 */
const setGates = (priority: Priority): readonly Change[] =>
  Array.from({ length: SHARDS }, (_, shard) => {
    const gate = keys.priorityGate(priority.id, shard);
    return isOpenToSupport(priority) ? put({ ...gate, entity: 'priority-gate' }) : remove(gate);
  });

export class DynamoPriorities implements Priorities {
  readonly #table: Table;
  readonly #randomBelow: (limit: number) => number;

  constructor(table: Table, randomBelow: (limit: number) => number) {
    this.#table = table;
    this.#randomBelow = randomBelow;
  }

  async find(id: Id): Promise<Priority | null> {
    const item = await this.#table.get(keys.priority(id));
    return item && readRecord(prioritySchema, item);
  }

  ofArea(area: AreaCode): Promise<readonly Priority[]> {
    const items = this.#table.query({
      index: 'gsi1',
      partition: keys.prioritiesOf(area),
      backwards: true,
    });
    return readAll(prioritySchema, items);
  }

  toAdd(priority: Priority): Write {
    return asWrite(putNew(toItem(priority), 'already-there'), ...setGates(priority));
  }

  toChange(priority: Priority): Write {
    return asWrite(putNext(toItem(priority)), ...setGates(priority));
  }

  toRequireOpen(id: Id): Write {
    return asWrite(requireExisting(keys.priorityGate(id, this.#randomBelow(SHARDS))));
  }
}
