import * as z from 'zod';
import { addHours, type Clock, toEpochSeconds } from '#domain/shared/clock.ts';
import type { Write } from '#domain/shared/facts.ts';
import type { IdempotencyKey } from '#domain/shared/ids.ts';
import type { EarlierAnswer, Receipt, Receipts } from '#domain/shared/once.ts';
import { asWrite, putNew } from './changes.ts';
import { hash, keys } from './keys.ts';
import { readRecord } from './records.ts';
import type { Table } from './table.ts';

const HOURS_KEPT = 24;

const receiptRecordSchema = z.object({ bodyHash: z.string(), answer: z.unknown() });

export class DynamoReceipts implements Receipts {
  readonly #table: Table;
  readonly #clock: Clock;

  constructor(table: Table, clock: Clock) {
    this.#table = table;
    this.#clock = clock;
  }

  async find(key: IdempotencyKey, body: string): Promise<EarlierAnswer | null> {
    const item = await this.#table.get(keys.receipt(key));
    if (!item) return null;
    const { bodyHash, answer } = readRecord(receiptRecordSchema, item);
    return { sameBody: bodyHash === hash(body), answer };
  }

  toKeep({ key, body, answer }: Receipt): Write {
    const item = {
      ...keys.receipt(key),
      entity: 'receipt',
      bodyHash: hash(body),
      answer,
      expiresAt: toEpochSeconds(addHours(this.#clock.now(), HOURS_KEPT)),
    };
    return asWrite(putNew(item, 'key-used'));
  }
}
