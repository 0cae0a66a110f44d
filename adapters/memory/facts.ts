import type { Facts, Refusal, Write } from '#domain/shared/facts.ts';
import { changesOf } from './changes.ts';

const MAX_CHANGES = 100;

/** Facts in memory: all changes of a commit are checked, then made, while nobody else has a turn. */
export class MemoryFacts implements Facts {
  async commit(writes: readonly Write[]): Promise<{ refused: Refusal | null }> {
    const changes = writes.flatMap(changesOf);
    if (changes.length > MAX_CHANGES)
      throw new RangeError(`A commit holds at most ${MAX_CHANGES} changes, not ${changes.length}`);
    if (new Set(changes.map(({ touches }) => touches)).size < changes.length)
      throw new Error('A commit cannot change the same record twice');
    for (const { check } of changes) {
      const refused = check();
      if (refused !== null) return { refused };
    }
    for (const { apply } of changes) apply();
    return { refused: null };
  }
}
