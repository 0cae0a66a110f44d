import * as z from 'zod';
import type { AccountSession, Sessions, StaffSession } from '#domain/sessions/ports.ts';
import { type Session, type SessionLimits, type SignedIn, sessionEnds } from '#domain/sessions/session.ts';
import { addHours, toEpochSeconds } from '#domain/shared/clock.ts';
import type { Write } from '#domain/shared/facts.ts';
import { roleSchema } from '#domain/staff/staff.ts';
import { asWrite, put, remove, removeExisting } from './changes.ts';
import { hash, keys } from './keys.ts';
import { readAll, readRecord } from './records.ts';
import type { Item, Table } from './table.ts';

const signedInSchema = z.object({
  handle: z.string(),
  device: z.object({ browser: z.string().nullable(), system: z.string().nullable() }),
  provenAt: z.string().nullable(),
  grantedRoles: z.array(roleSchema),
}) satisfies z.ZodType<SignedIn>;

const sessionRecordSchema: z.ZodType<Omit<Session, 'id'>> = z.object({
  csrf: z.string(),
  staff: z.string().nullable(),
  signedIn: signedInSchema.nullable(),
  startedAt: z.string(),
  seenAt: z.string(),
  pendingSignIn: z
    .object({
      state: z.string(),
      nonce: z.string(),
      verifier: z.string(),
      returnTo: z.string(),
      askedAt: z.string(),
      maxAgeSeconds: z.number(),
      again: z.boolean(),
    })
    .nullable(),
});

const pointerSchema = z.object({ key: z.string() });

/**
 * A session of staff is two items: the session, under the hash of its secret, and in the account's own partition a
 * pointer to it, so that those of one account are found at once and exactly, which no index can promise.
 */
export class DynamoSessions implements Sessions {
  readonly #table: Table;
  readonly #staffLimits: SessionLimits;

  constructor(table: Table, staffLimits: SessionLimits) {
    this.#table = table;
    this.#staffLimits = staffLimits;
  }

  async find(id: string): Promise<Session | null> {
    const item = await this.#table.get(keys.session(hash(id)));
    return item && { id, ...readRecord(sessionRecordSchema, item) };
  }

  async save(session: Session): Promise<void> {
    await this.#table.put(this.#toItem(session));
  }

  change(session: Session): Promise<boolean> {
    return this.#table.replace(this.#toItem(session));
  }

  async remove(id: string): Promise<void> {
    await this.#table.remove(keys.session(hash(id)));
  }

  toOpen(session: StaffSession, inPlaceOf?: string): Write {
    const pointer: Item = {
      ...keys.sessionOf(session.staff, session.signedIn.handle),
      entity: 'session-pointer',
      key: hash(session.id),
      expiresAt: toEpochSeconds(addHours(session.startedAt, this.#staffLimits.absoluteMinutes / 60)),
    };
    const replaced = inPlaceOf === undefined ? [] : [removeExisting(keys.session(hash(inPlaceOf)))];
    return asWrite(put(this.#toItem(session)), put(pointer), ...replaced);
  }

  async ofAccount(email: string): Promise<readonly AccountSession[]> {
    const pointers = await readAll(
      pointerSchema,
      this.#table.query({ partition: keys.sessionsOf(email), backwards: true }),
    );
    const found = await Promise.all(pointers.map(({ key }) => this.#findByKey(key)));
    return found.flatMap((session) => (session?.staff === email ? [session] : []));
  }

  toEnd({ staff, handle, key }: AccountSession): Write {
    return asWrite(remove(keys.session(key)), remove(keys.sessionOf(staff, handle)));
  }

  async #findByKey(key: string): Promise<AccountSession | null> {
    const item = await this.#table.get(keys.session(key));
    if (item === null) return null;
    const { staff, signedIn, startedAt, seenAt } = readRecord(sessionRecordSchema, item);
    return staff === null || signedIn === null ? null : { ...signedIn, staff, startedAt, seenAt, key };
  }

  #toItem(session: Session): Item {
    const { id, ...record } = session;
    const expiresAt = toEpochSeconds(sessionEnds(session, this.#staffLimits));
    return { ...keys.session(hash(id)), entity: 'session', ...record, expiresAt };
  }
}
