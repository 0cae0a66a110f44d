import type { Area, AreaCode } from './area.ts';
import type { AreaDirectory } from './area-directory.ts';

/** The areas of the force: a few hundred, read on every page and changed once a year. */
export interface Areas {
  /** Every area, current and superseded, as it was at most a second ago. */
  directory(): Promise<AreaDirectory>;
  /** One area, superseded or not; null when there never was one. */
  find(code: AreaCode): Promise<Area | null>;
  /**
   * Stores these areas as they are, however many; reports how many are stored so far. Not one
   * transaction: repeating the call finishes what a fault has interrupted.
   */
  save(areas: readonly Area[], progress?: (stored: number) => void): Promise<void>;
}
