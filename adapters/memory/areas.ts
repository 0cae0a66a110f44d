import type { Area, AreaCode } from '#domain/areas/area.ts';
import { AreaDirectory } from '#domain/areas/area-directory.ts';
import type { Areas } from '#domain/areas/ports.ts';
import { Collection } from './collection.ts';

export class MemoryAreas implements Areas {
  readonly #areas = new Collection<Area>('area');

  async directory(): Promise<AreaDirectory> {
    return new AreaDirectory(this.#areas.all());
  }

  async find(code: AreaCode): Promise<Area | null> {
    return this.#areas.find(code);
  }

  async save(areas: readonly Area[], progress?: (stored: number) => void): Promise<void> {
    for (const area of areas) this.#areas.set(area.code, area);
    if (areas.length > 0) progress?.(areas.length);
  }
}
