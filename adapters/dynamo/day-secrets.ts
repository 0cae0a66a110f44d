import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { dayOf, secretEnds } from '#domain/abuse/day-secret.ts';
import type { DaySecrets } from '#domain/abuse/ports.ts';
import { type Clock, type LocalDate, toEpochSeconds } from '#domain/shared/clock.ts';
import type { Ids } from '#domain/shared/ids.ts';
import { keys } from './keys.ts';
import { readRecord } from './records.ts';
import type { Table } from './table.ts';

const secretRecordSchema = z.object({ secret: z.string().min(1) });

const REMEMBERED_DAYS = 3;

/** One item for each day. Each process reads it once. */
export class DynamoDaySecrets implements DaySecrets {
  readonly #table: Table;
  readonly #clock: Clock;
  readonly #ids: Ids;
  readonly #known = new Map<LocalDate, Promise<string | null>>();

  constructor(table: Table, clock: Clock, ids: Ids) {
    this.#table = table;
    this.#clock = clock;
    this.#ids = ids;
  }

  async of(day: LocalDate): Promise<string | null> {
    // What has ended is gone, also while the table has not got round to it.
    if (this.#clock.now() >= secretEnds(day)) return null;
    const known = this.#known.get(day);
    if (known) return known;
    const found = this.#findOrMake(day);
    if (this.#known.size >= REMEMBERED_DAYS) this.#known.clear();
    this.#known.set(day, found);
    const forget = () => this.#known.delete(day);
    // Asked for again: another day may become today, and a fault may pass.
    found.then((secret) => secret === null && forget(), forget);
    return found;
  }

  async #findOrMake(day: LocalDate): Promise<string | null> {
    const found = await this.#find(day);
    if (found !== null || day !== dayOf(this.#clock.now())) return found;
    await this.#table.update({
      Key: marshall(keys.daySecret(day)),
      // Of two processes that make it at once, the first one's holds for both.
      UpdateExpression:
        'SET #entity = :entity, #expiresAt = :expiresAt, #secret = if_not_exists(#secret, :secret)',
      ExpressionAttributeNames: { '#entity': 'entity', '#expiresAt': 'expiresAt', '#secret': 'secret' },
      ExpressionAttributeValues: marshall({
        ':entity': 'day secret',
        ':expiresAt': toEpochSeconds(secretEnds(day)),
        ':secret': this.#ids.secret(),
      }),
    });
    return this.#find(day);
  }

  async #find(day: LocalDate): Promise<string | null> {
    const item = await this.#table.get(keys.daySecret(day));
    return item && readRecord(secretRecordSchema, item).secret;
  }
}
