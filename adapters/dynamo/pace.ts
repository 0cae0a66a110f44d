import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { Pace } from '#domain/mailings/mailing-ports.ts';
import type { Clock } from '#domain/shared/clock.ts';
import { keys } from './keys.ts';
import { readRecord } from './records.ts';
import type { Table } from './table.ts';

/** What the account may send, as the mail service says. */
export interface SendingQuota {
  /** `perDay` is null where there is no limit. */
  find(): Promise<{ readonly perSecond: number; readonly perDay: number | null; readonly sentToday: number }>;
}

/** A little below the rate that the service enforces, since it measures by its own clock. */
const USED_OF_RATE = 0.99;
/** What is essential finds a place on a day on which mailings have used up theirs. */
const USED_OF_DAY = 0.95;
/** Further ahead than any worker lives to wait for: the clock was moved back since. */
const TOO_FAR_AHEAD_MS = 2 * 60_000;

const paceSchema = z.object({ nextAt: z.number() });

interface Asked {
  readonly places: number;
  readonly resolve: (places: readonly number[]) => void;
  readonly reject: (fault: unknown) => void;
}

/**
 * The flow of mail as one item: the time of its next free place. Whoever reserves moves it on by as many gaps as
 * places, on condition that nobody else has done so; so all workers together keep to one rate, without bursts.
 */
export class DynamoPace implements Pace {
  readonly #table: Table;
  readonly #quota: SendingQuota;
  readonly #clock: Clock;
  #asked: Asked[] = [];
  /** The last that is known; another worker may have moved it on. */
  #nextAt: number | null = null;

  constructor(table: Table, quota: SendingQuota, clock: Clock) {
    this.#table = table;
    this.#quota = quota;
    this.#clock = clock;
  }

  async perSecond(): Promise<number> {
    return (await this.#quota.find()).perSecond;
  }

  async left(): Promise<number> {
    const { perDay, sentToday } = await this.#quota.find();
    return perDay === null ? Number.POSITIVE_INFINITY : Math.floor(perDay * USED_OF_DAY) - sentToday;
  }

  /** What is asked for in the same moment is reserved at once. */
  reserve(places: number): Promise<readonly number[]> {
    return new Promise((resolve, reject) => {
      this.#asked.push({ places, resolve, reject });
      if (this.#asked.length === 1) setImmediate(() => void this.#reserveAsked());
    });
  }

  async backOff(ms: number): Promise<void> {
    const until = Date.parse(this.#clock.now()) + ms;
    await this.#move((nextAt) => Math.max(nextAt, until));
  }

  async #reserveAsked(): Promise<void> {
    const asked = this.#asked;
    this.#asked = [];
    try {
      const gap = 1000 / ((await this.perSecond()) * USED_OF_RATE);
      const wanted = asked.reduce((sum, { places }) => sum + places, 0);
      let place = await this.#move((nextAt) => nextAt + wanted * gap);
      for (const { places, resolve } of asked) {
        resolve(Array.from({ length: places }, (_, index) => place + index * gap));
        place += places * gap;
      }
    } catch (fault) {
      for (const { reject } of asked) reject(fault);
    }
  }

  /** Moves the next free place; answers where it was, or now where that has passed. */
  async #move(onwards: (nextAt: number) => number): Promise<number> {
    for (;;) {
      const now = Date.parse(this.#clock.now());
      const seen = this.#nextAt;
      const isUsable = seen !== null && seen >= now && seen < now + TOO_FAR_AHEAD_MS;
      const from = isUsable ? seen : now;
      const to = onwards(from);
      if (await this.#store(seen, to)) return from;
    }
  }

  async #store(seen: number | null, to: number): Promise<boolean> {
    try {
      await this.#table.update({
        Key: marshall(keys.pace),
        UpdateExpression: 'SET #entity = :entity, #nextAt = :to',
        ConditionExpression: seen === null ? 'attribute_not_exists(#nextAt)' : '#nextAt = :seen',
        ExpressionAttributeNames: { '#entity': 'entity', '#nextAt': 'nextAt' },
        ExpressionAttributeValues: marshall({
          ':entity': 'pace',
          ':to': to,
          ...(seen === null ? {} : { ':seen': seen }),
        }),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      this.#nextAt = to;
      return true;
    } catch (fault) {
      if (!(fault instanceof ConditionalCheckFailedException)) throw fault;
      this.#nextAt = fault.Item ? readRecord(paceSchema, unmarshall(fault.Item)).nextAt : null;
      return false;
    }
  }
}
