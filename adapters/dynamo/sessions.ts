import * as z from 'zod';
import type { Sessions } from '#domain/sessions/ports.ts';
import { type Session, type SessionLimits, sessionEnds } from '#domain/sessions/session.ts';
import { toEpochSeconds } from '#domain/shared/clock.ts';
import { keys } from './keys.ts';
import { readRecord } from './records.ts';
import type { Table } from './table.ts';

const sessionRecordSchema: z.ZodType<Omit<Session, 'id'>> = z.object({
  csrf: z.string(),
  staff: z.string().nullable(),
  startedAt: z.string(),
  seenAt: z.string(),
  pendingSignIn: z
    .object({ state: z.string(), nonce: z.string(), verifier: z.string(), returnTo: z.string() })
    .nullable(),
});

export class DynamoSessions implements Sessions {
  readonly #table: Table;
  readonly #staffLimits: SessionLimits;

  constructor(table: Table, staffLimits: SessionLimits) {
    this.#table = table;
    this.#staffLimits = staffLimits;
  }

  async find(id: string): Promise<Session | null> {
    const item = await this.#table.get(keys.session(id));
    return item && { id, ...readRecord(sessionRecordSchema, item) };
  }

  async save(session: Session): Promise<void> {
    const { id, ...record } = session;
    const expiresAt = toEpochSeconds(sessionEnds(session, this.#staffLimits));
    await this.#table.put({ ...keys.session(id), entity: 'session', ...record, expiresAt });
  }

  async remove(id: string): Promise<void> {
    await this.#table.remove(keys.session(id));
  }
}
