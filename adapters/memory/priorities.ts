import type { AreaCode } from '#domain/areas/area.ts';
import type { Priorities } from '#domain/priorities/ports.ts';
import { isOpenToSupport, type Priority } from '#domain/priorities/priority.ts';
import type { Write } from '#domain/shared/facts.ts';
import type { Id } from '#domain/shared/ids.ts';
import { asWrite } from './changes.ts';
import { Collection } from './collection.ts';

const order = ({ adoptedOn, id }: Priority): string => `${adoptedOn}#${id}`;

export class MemoryPriorities implements Priorities {
  readonly #priorities = new Collection<Priority>('priority');

  async find(id: Id): Promise<Priority | null> {
    return this.#priorities.find(id);
  }

  async ofArea(area: AreaCode): Promise<readonly Priority[]> {
    return this.#priorities
      .all()
      .filter((priority) => priority.area === area)
      .sort((a, b) => (order(a) < order(b) ? 1 : -1));
  }

  toAdd(priority: Priority): Write {
    return asWrite(this.#priorities.toAdd(priority.id, priority, 'already-there'));
  }

  toChange(priority: Priority): Write {
    return asWrite(this.#priorities.toSetNext(priority.id, priority));
  }

  toRequireOpen(id: Id): Write {
    return asWrite(this.#priorities.toRequire(id, isOpenToSupport));
  }
}
