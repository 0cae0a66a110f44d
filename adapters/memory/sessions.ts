import type { Sessions } from '#domain/sessions/ports.ts';
import type { Session } from '#domain/sessions/session.ts';
import { Collection } from './collection.ts';

export class MemorySessions implements Sessions {
  readonly #sessions = new Collection<Session>('session');

  async find(id: string): Promise<Session | null> {
    return this.#sessions.find(id);
  }

  async save(session: Session): Promise<void> {
    this.#sessions.set(session.id, session);
  }

  async remove(id: string): Promise<void> {
    this.#sessions.delete(id);
  }
}
