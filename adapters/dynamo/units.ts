import type { Write } from '#domain/shared/facts.ts';
import type { Units } from '#domain/staff/ports.ts';
import { type Unit, type UnitId, unitSchema } from '#domain/staff/unit.ts';
import { asWrite, putNew, putNext } from './changes.ts';
import { keys } from './keys.ts';
import { readAll, readRecord } from './records.ts';
import type { Table } from './table.ts';

const toItem = (unit: Unit) => ({ ...keys.unit(unit.id), entity: 'unit', ...unit });

export class DynamoUnits implements Units {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async find(id: UnitId): Promise<Unit | null> {
    const item = await this.#table.get(keys.unit(id));
    return item && readRecord(unitSchema, item);
  }

  async list(): Promise<readonly Unit[]> {
    const units = await readAll(unitSchema, this.#table.query({ partition: keys.units }));
    return units.toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  }

  toAdd(unit: Unit): Write {
    return asWrite(putNew(toItem(unit), 'already-there'));
  }

  toChange(unit: Unit): Write {
    return asWrite(putNext(toItem(unit)));
  }
}
