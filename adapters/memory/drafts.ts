import { DRAFT_HOURS, type Draft, type Drafts } from '#domain/sessions/ports.ts';
import { addHours, type Clock } from '#domain/shared/clock.ts';
import { Collection } from './collection.ts';

const keyOf = (owner: string, id: string): string => JSON.stringify([owner, id]);

export class MemoryDrafts implements Drafts {
  readonly #clock: Clock;
  readonly #drafts = new Collection<Draft>('draft');

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async find(owner: string, id: string): Promise<Draft | null> {
    const draft = this.#drafts.find(keyOf(owner, id));
    return draft && this.#clock.now() < addHours(draft.savedAt, DRAFT_HOURS) ? draft : null;
  }

  async save(draft: Draft): Promise<void> {
    this.#drafts.set(keyOf(draft.owner, draft.id), draft);
  }
}
