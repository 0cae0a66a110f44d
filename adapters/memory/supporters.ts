import type { AreaCode } from '#domain/areas/area.ts';
import type { Supporters } from '#domain/priorities/ports.ts';
import type { Write } from '#domain/shared/facts.ts';
import type { Id } from '#domain/shared/ids.ts';
import { asWrite } from './changes.ts';

export class MemorySupporters implements Supporters {
  readonly #counts = new Map<AreaCode, Map<Id, number>>();

  toCount(area: AreaCode, priority: Id, people: 1 | -1): Write {
    return asWrite({
      touches: `supporters ${area} ${priority}`,
      check: () => null,
      apply: () => {
        const counts = this.#counts.get(area) ?? new Map<Id, number>();
        this.#counts.set(area, counts.set(priority, (counts.get(priority) ?? 0) + people));
      },
    });
  }

  async countsOf(area: AreaCode): Promise<ReadonlyMap<Id, number>> {
    return new Map([...(this.#counts.get(area) ?? [])].filter(([, people]) => people > 0));
  }
}
