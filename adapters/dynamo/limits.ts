import { createHmac } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { dayOf } from '#domain/abuse/day-secret.ts';
import type { DaySecrets, Limit, Limits, Taken } from '#domain/abuse/ports.ts';
import { lengthOf, placeIn, roomFor, waitFor } from '#domain/abuse/window.ts';
import type { Clock } from '#domain/shared/clock.ts';
import { type Key, keys } from './keys.ts';
import { readRecord } from './records.ts';
import type { StoredItem, Table } from './table.ts';

const countRecordSchema = z.object({ count: z.number() });

/** Where the counts of a visitor lie at a moment, and what the window before came to. */
interface Counting {
  readonly key: Key | null;
  readonly before: number;
  readonly elapsedMs: number;
  readonly endsMs: number;
}

const REMEMBERED = 1_000;

const countOf = (item: StoredItem | null): number => (item ? readRecord(countRecordSchema, item).count : 0);

/**
 * One item for each limit, visitor and fixed window, gone when it no longer weighs. Its key is a keyed digest with
 * the secret of the day on which the window began: an address has few enough possible values to try them all,
 * and nobody can once the secret is gone.
 *
 * Somebody who goes on regardless writes nothing: this process remembers for how long it refuses, and what
 * others refuse is a condition that does not hold.
 */
export class DynamoLimits implements Limits {
  readonly #table: Table;
  readonly #secrets: DaySecrets;
  readonly #clock: Clock;
  readonly #refused = new Map<string, { fromMs: number; untilMs: number }>();

  constructor(table: Table, secrets: DaySecrets, clock: Clock) {
    this.#table = table;
    this.#secrets = secrets;
    this.#clock = clock;
  }

  async take(limit: Limit, visitor: string): Promise<Taken> {
    const atMs = Date.parse(this.#clock.now());
    const memory = `${limit.name} ${visitor}`;
    const refused = this.#refused.get(memory);
    if (refused && refused.fromMs <= atMs && atMs < refused.untilMs) return waiting(refused.untilMs - atMs);
    const counting = await this.#counting(limit, visitor, atMs);
    const now = await this.#add(counting, roomFor(limit, counting));
    if (now === null) return { passes: true };
    const waitMs = Math.max(1, waitFor(limit, { ...counting, now }));
    this.#remember(memory, { fromMs: atMs, untilMs: atMs + waitMs });
    return waiting(waitMs);
  }

  async look(limit: Limit, visitor: string): Promise<Taken> {
    const counting = await this.#counting(limit, visitor, Date.parse(this.#clock.now()));
    const waitMs = waitFor(limit, { ...counting, now: await this.#read(counting.key) });
    return waitMs === 0 ? { passes: true } : waiting(waitMs);
  }

  async #counting(limit: Limit, visitor: string, atMs: number): Promise<Counting> {
    const length = lengthOf(limit);
    const { window, elapsedMs } = placeIn(limit, atMs);
    const keyOf = async (number: number): Promise<Key | null> => {
      const secret = await this.#secrets.of(dayOf(new Date(number * length).toISOString()));
      const named = JSON.stringify([limit.name, number, visitor]);
      return secret === null ? null : keys.limit(createHmac('sha256', secret).update(named).digest('hex'));
    };
    const [key, before] = await Promise.all([keyOf(window), keyOf(window - 1).then((it) => this.#read(it))]);
    return { key, before, elapsedMs, endsMs: (window + 2) * length };
  }

  async #read(key: Key | null): Promise<number> {
    return key === null ? 0 : countOf(await this.#table.get(key));
  }

  /** Counts one more unless there is no room; then answers with the count as it stands. */
  async #add({ key, endsMs }: Counting, room: number): Promise<number | null> {
    // The clock went back to a day whose secret was never made or is gone: nothing can be counted.
    if (key === null) return null;
    if (room === 0) return this.#read(key);
    try {
      await this.#table.update({
        Key: marshall(key),
        UpdateExpression: 'SET #entity = :entity, #expiresAt = :expiresAt ADD #count :one',
        ConditionExpression: 'attribute_not_exists(#count) OR #count < :room',
        ExpressionAttributeNames: { '#entity': 'entity', '#expiresAt': 'expiresAt', '#count': 'count' },
        ExpressionAttributeValues: marshall({
          ':entity': 'limit',
          ':expiresAt': Math.ceil(endsMs / 1000),
          ':one': 1,
          ':room': room,
        }),
      });
      return null;
    } catch (fault) {
      if (!(fault instanceof ConditionalCheckFailedException)) throw fault;
      return this.#read(key);
    }
  }

  #remember(memory: string, refusal: { fromMs: number; untilMs: number }): void {
    if (this.#refused.size >= REMEMBERED) this.#refused.clear();
    this.#refused.set(memory, refusal);
  }
}

const waiting = (waitMs: number): Taken => ({ passes: false, waitSeconds: Math.ceil(waitMs / 1000) });
