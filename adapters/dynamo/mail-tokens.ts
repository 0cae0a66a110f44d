import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { MailTokens, TokenPurpose } from '#domain/mailings/ports.ts';
import type { RecipientKey } from '#domain/mailings/recipient.ts';
import type { Clock, Instant } from '#domain/shared/clock.ts';
import type { Ids } from '#domain/shared/ids.ts';
import { readToken, signToken, type TokenKey } from '../system/sign-token.ts';
import { keys } from './keys.ts';
import { readAll } from './records.ts';
import type { Table } from './table.ts';

const keyRecordSchema = z
  .object({ sk: z.string(), secret: z.string().min(1) })
  .transform(({ sk: id, secret }): TokenKey => ({ id, secret }));

/** Sorts before those that come after it. */
const FIRST = '0001';

/** How old what a process knows of keys may be: for signing, and when a token names one that it does not know. */
const SIGNING_MS = 3_600_000;
const UNKNOWN_MS = 60_000;

interface Known {
  readonly readAt: number;
  readonly keys: Promise<readonly TokenKey[]>;
}

/**
 * Tokens signed with a secret that is made once and kept in the table for ever. Another item with a greater name
 * (`0002`) makes it the one that signs, within an hour; what was signed with earlier ones stays good.
 */
export class DynamoMailTokens implements MailTokens {
  readonly #table: Table;
  readonly #clock: Clock;
  readonly #ids: Ids;
  #known: Known | null = null;

  constructor(table: Table, clock: Clock, ids: Ids) {
    this.#table = table;
    this.#clock = clock;
    this.#ids = ids;
  }

  async sign(purpose: TokenPurpose, recipient: RecipientKey, endsAt: Instant | null): Promise<string> {
    const newest = (await this.#keys(SIGNING_MS)).at(-1);
    if (!newest) throw new Error('There is no key for the tokens of mails');
    return signToken(newest, purpose, recipient, endsAt);
  }

  async read(purpose: TokenPurpose, token: string): Promise<RecipientKey | null> {
    const find = async (id: string) =>
      named(await this.#keys(SIGNING_MS), id) ?? named(await this.#keys(UNKNOWN_MS), id);
    return readToken(find, { purpose, token, now: this.#clock.now() });
  }

  /** Every key, oldest first, as it was at most so many milliseconds ago. */
  #keys(oldestMs: number): Promise<readonly TokenKey[]> {
    const now = Date.parse(this.#clock.now());
    if (this.#known && Math.abs(now - this.#known.readAt) < oldestMs) return this.#known.keys;
    const known: Known = { readAt: now, keys: this.#findOrMake() };
    this.#known = known;
    known.keys.catch(() => {
      if (this.#known === known) this.#known = null;
    });
    return known.keys;
  }

  async #findOrMake(): Promise<readonly TokenKey[]> {
    const found = await this.#find();
    if (found.length > 0) return found;
    await this.#table.update({
      Key: marshall(keys.mailTokenKey(FIRST)),
      // Of two processes that make it at once, the first one's holds for both.
      UpdateExpression: 'SET #entity = :entity, #secret = if_not_exists(#secret, :secret)',
      ExpressionAttributeNames: { '#entity': 'entity', '#secret': 'secret' },
      ExpressionAttributeValues: marshall({ ':entity': 'mail-token-key', ':secret': this.#ids.secret() }),
    });
    return this.#find();
  }

  #find(): Promise<readonly TokenKey[]> {
    return readAll(keyRecordSchema, this.#table.query({ partition: keys.mailTokenKeys }));
  }
}

const named = (all: readonly TokenKey[], id: string): TokenKey | null =>
  all.find((key) => key.id === id) ?? null;
