import { type Duty, type DutyKey, dutyIdOf } from '#domain/chasing/duty.ts';
import type { Duties } from '#domain/chasing/ports.ts';
import type { LocalDate } from '#domain/shared/clock.ts';
import type { Write } from '#domain/shared/facts.ts';
import type { Id } from '#domain/shared/ids.ts';
import { asWrite } from './changes.ts';
import { Collection } from './collection.ts';

const byDay = (a: Duty, b: Duty): number => (`${a.due}#${a.kind}` < `${b.due}#${b.kind}` ? -1 : 1);

export class MemoryDuties implements Duties {
  readonly #duties = new Collection<Duty>('duty');

  async find(duty: DutyKey): Promise<Duty | null> {
    return this.#duties.find(dutyIdOf(duty));
  }

  async of(subject: Id): Promise<readonly Duty[]> {
    return this.#duties
      .all()
      .filter((duty) => duty.subject === subject)
      .sort(byDay);
  }

  async *due(day: LocalDate): AsyncIterable<Duty> {
    yield* this.#duties.all().filter(({ nextOn }) => nextOn !== null && nextOn <= day);
  }

  toOwe(duty: Duty): Write {
    return asWrite(this.#duties.toAdd(duty.id, duty, 'already-there'));
  }

  toChange(duty: Duty): Write {
    return asWrite(this.#duties.toSetNext(duty.id, duty));
  }

  toRemove(duty: Duty): Write {
    const { check, touches } = this.#duties.toRequireVersion(duty.id, duty);
    return asWrite({ touches, check, apply: () => this.#duties.delete(duty.id) });
  }

  toSettle(duty: DutyKey): Write {
    const id = dutyIdOf(duty);
    return asWrite({ touches: `duty ${id}`, check: () => null, apply: () => this.#duties.delete(id) });
  }
}
