import type { Write } from '#domain/shared/facts.ts';
import type { Units } from '#domain/staff/ports.ts';
import type { Unit, UnitId } from '#domain/staff/unit.ts';
import { asWrite } from './changes.ts';
import { Collection } from './collection.ts';

export class MemoryUnits implements Units {
  readonly #units = new Collection<Unit>('unit');

  async find(id: UnitId): Promise<Unit | null> {
    return this.#units.find(id);
  }

  async list(): Promise<readonly Unit[]> {
    return this.#units.all().toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  }

  toAdd(unit: Unit): Write {
    return asWrite(this.#units.toAdd(unit.id, unit, 'already-there'));
  }

  toChange(unit: Unit): Write {
    return asWrite(this.#units.toSetNext(unit.id, unit));
  }
}
