import { createHash } from 'node:crypto';
import type { AccountSession, Sessions, StaffSession } from '#domain/sessions/ports.ts';
import type { Session } from '#domain/sessions/session.ts';
import type { Write } from '#domain/shared/facts.ts';
import { asWrite } from './changes.ts';
import { Collection } from './collection.ts';

const keyOf = (id: string): string => createHash('sha256').update(id).digest('hex');

export class MemorySessions implements Sessions {
  readonly #sessions = new Collection<Session>('session');

  async find(id: string): Promise<Session | null> {
    return this.#sessions.find(keyOf(id));
  }

  async save(session: Session): Promise<void> {
    this.#sessions.set(keyOf(session.id), session);
  }

  async change(session: Session): Promise<boolean> {
    if (!(await this.find(session.id))) return false;
    await this.save(session);
    return true;
  }

  async remove(id: string): Promise<void> {
    this.#sessions.delete(keyOf(id));
  }

  toOpen(session: StaffSession, inPlaceOf?: string): Write {
    const replaced = inPlaceOf === undefined ? [] : [this.#sessions.toRemove(keyOf(inPlaceOf))];
    return asWrite(this.#sessions.toSet(keyOf(session.id), session), ...replaced);
  }

  async ofAccount(email: string): Promise<readonly AccountSession[]> {
    return this.#sessions
      .all()
      .flatMap(({ id, staff, signedIn, startedAt, seenAt }) =>
        staff === email && signedIn !== null
          ? [{ ...signedIn, staff, startedAt, seenAt, key: keyOf(id) }]
          : [],
      )
      .sort((one, other) => (one.handle < other.handle ? 1 : -1));
  }

  toEnd({ key }: AccountSession): Write {
    return asWrite({
      touches: `session ${key}`,
      check: () => null,
      apply: () => this.#sessions.delete(key),
    });
  }
}
