import { randomUUID } from 'node:crypto';
import { ConditionalCheckFailedException, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import {
  type Delivery,
  type DeliveryCounts,
  type DeliveryId,
  type DeliveryState,
  deliveryStates,
  NO_DELIVERIES,
} from '#domain/mailings/delivery.ts';
import {
  type Claim,
  type ClaimTerms,
  type Ledger,
  SHARDS_OF_MAILING,
} from '#domain/mailings/mailing-ports.ts';
import type { Recipient } from '#domain/mailings/recipient.ts';
import { addHours, type Instant, toEpochSeconds } from '#domain/shared/clock.ts';
import type { Id } from '#domain/shared/ids.ts';
import type { Page, Paged } from '#domain/shared/paged.ts';
import { countMove, deliveryIdOf, deliveryKey, moveRow, randomCounter } from './delivery-rows.ts';
import { keys } from './keys.ts';
import { cursorOf, gather } from './pages.ts';
import { readRecord } from './records.ts';
import { notSuppressed } from './suppression-check.ts';
import type { Item, StoredItem, Table } from './table.ts';
import { refusedParts } from './transactions.ts';

/** How long it is kept who got a mailing: long enough for complaints and questions. */
const HOURS_KEPT = 400 * 24;
/** How long it is kept how many mails somebody had in a week. */
const HOURS_COUNTED = 15 * 24;

const areaNamed = z.object({ code: z.string(), name: z.string() });

const deliverySchema: z.ZodType<Delivery> = z
  .object({
    mailing: z.string(),
    key: z.string(),
    email: z.string(),
    language: z.string(),
    area: areaNamed.nullable(),
    weekly: z.boolean(),
    delivery: z.enum(deliveryStates),
    deliverySince: z.string(),
  })
  .transform(({ delivery: state, deliverySince: since, ...row }) => ({
    ...row,
    id: deliveryIdOf(row.mailing, row.key),
    state,
    since,
  }));

const read = (item: StoredItem): Delivery => readRecord(deliverySchema, item);

const toItem = (mailing: Id, recipient: Recipient, at: Instant): Item => ({
  ...keys.delivery(mailing, recipient.key),
  ...keys.openDelivery(mailing, recipient.key),
  entity: 'delivery',
  mailing,
  ...recipient,
  delivery: 'waiting',
  deliverySince: at,
  expiresAt: toEpochSeconds(addHours(at, HOURS_KEPT)),
});

const countsSchema = z.record(z.string(), z.unknown());

const claimSchema = z.object({
  delivery: z.enum(deliveryStates),
  claim: z.string().optional(),
  attempt: z.number().optional(),
});

/** The ledger of mailings, each row an item. What a row becomes and what is counted of it change together. */
export class DynamoLedger implements Ledger {
  readonly #table: Table;
  readonly #randomBelow: (limit: number) => number;
  /** Names the claims of this process, so that it knows its own again when the answer to one was lost. */
  readonly #claimant = randomUUID();

  constructor(table: Table, randomBelow: (limit: number) => number) {
    this.#table = table;
    this.#randomBelow = randomBelow;
  }

  async enter(mailing: Id, recipients: readonly Recipient[], at: Instant): Promise<void> {
    const unique = new Map(recipients.map((recipient) => [recipient.key, recipient]));
    await Promise.all(
      [...unique.values()].map((recipient) => this.#table.putNew(toItem(mailing, recipient, at))),
    );
  }

  async count(mailing: Id): Promise<number> {
    const shards = Array.from({ length: SHARDS_OF_MAILING }, (_, shard) =>
      this.#table.count({ partition: keys.deliveriesOf(mailing, shard) }),
    );
    return (await Promise.all(shards)).reduce((sum, count) => sum + count, 0);
  }

  async find(id: DeliveryId): Promise<Delivery | null> {
    const item = await this.#table.get(deliveryKey(id));
    return item && read(item);
  }

  async open(mailing: Id, shard: number, { after, size }: Page): Promise<Paged<Delivery>> {
    return this.#page({ index: 'gsi1', partition: keys.openDeliveries(mailing, shard), after }, size);
  }

  async troubled(mailing: Id, state: DeliveryState, page: Page): Promise<Paged<Delivery>> {
    const partition = keys.troubled(mailing, state);
    return this.#page({ index: 'gsi2', partition, after: cursorOf(page) }, page.size);
  }

  async #page(
    range: { readonly index: 'gsi1' | 'gsi2'; readonly partition: string; readonly after: string | null },
    size: number,
  ): Promise<Paged<Delivery>> {
    const found = await gather(this.#table.query({ ...range, limit: size + 1 }));
    const items = found.slice(0, size).map(read);
    return { items, next: found.length > size ? (items.at(-1)?.key ?? null) : null };
  }

  async claim(delivery: Delivery, terms: ClaimTerms): Promise<Claim> {
    if (delivery.weekly) return this.#hold(delivery, terms);
    const { at, week, weeklyCap, staleBefore } = terms;
    // Claimed before, by a worker that died: it is counted in this person's week already. Whoever has read the row
    // before that finds it elsewhere.
    const isFirst = delivery.state === 'waiting';
    const isStale = { expression: '#deliverySince < :stale', values: { ':stale': staleBefore } };
    const move = moveRow(delivery.id, {
      from: [isFirst ? 'waiting' : 'claimed'],
      to: 'claimed',
      at,
      set: { claim: this.#claimant, attempt: 0 },
      ...(isFirst ? {} : { condition: isStale }),
    });
    const parts = [
      this.#update(move),
      this.#notSuppressed(delivery),
      ...(isFirst ? [this.#countWeek(delivery, { at, week, weeklyCap })] : []),
    ];
    const refused = await this.#transact(parts);
    if (refused === null) return 'taken';
    if (refused[0]) return 'elsewhere';
    return refused[1] ? this.#close(delivery, 'suppressed', at) : this.#hold(delivery, terms);
  }

  /** Closes an open row for which nothing is sent. */
  async #close(
    delivery: Delivery,
    to: 'suppressed' | 'held',
    at: Instant,
    besides: readonly TransactWriteItem[] = [],
  ): Promise<Claim> {
    const move = moveRow(delivery.id, { from: ['waiting', 'claimed'], to, at });
    const refused = await this.#transact([
      this.#update(move),
      ...this.#count(delivery.id, delivery.state, to),
      ...besides,
    ]);
    return refused === null ? to : 'elsewhere';
  }

  /** Keeps it for the digest, unless the address is suppressed. */
  async #hold(delivery: Delivery, { at }: ClaimTerms): Promise<Claim> {
    const { key: recipient, email, language, mailing, area } = delivery;
    const held: Item = {
      ...keys.heldMailing(recipient, mailing),
      entity: 'held-mailing',
      ...{ recipient, email, language, mailing, area },
    };
    const put: TransactWriteItem = { Put: { TableName: this.#table.name, Item: marshall(held) } };
    const move = moveRow(delivery.id, { from: ['waiting', 'claimed'], to: 'held', at });
    const refused = await this.#transact([
      this.#update(move),
      this.#notSuppressed(delivery),
      ...this.#count(delivery.id, delivery.state, 'held'),
      put,
    ]);
    if (refused === null) return 'held';
    return refused[0] ? 'elsewhere' : this.#close(delivery, 'suppressed', at);
  }

  async hand(id: DeliveryId, attempt: number, at: Instant): Promise<boolean> {
    const move = moveRow(id, {
      from: ['claimed'],
      to: 'handed',
      at,
      set: { attempt },
      condition: this.#mine(attempt - 1),
    });
    try {
      await this.#table.update({ ...move, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' });
      return true;
    } catch (fault) {
      if (!(fault instanceof ConditionalCheckFailedException)) throw fault;
      if (!fault.Item) return false;
      // The answer to the first try was lost, and the second one met what it had done.
      const row = readRecord(claimSchema, unmarshall(fault.Item));
      return row.delivery === 'handed' && row.claim === this.#claimant && row.attempt === attempt;
    }
  }

  async takeBack(id: DeliveryId, attempt: number, at: Instant): Promise<void> {
    try {
      const condition = this.#mine(attempt);
      await this.#table.update(moveRow(id, { from: ['handed'], to: 'claimed', at, condition }));
    } catch (fault) {
      if (!(fault instanceof ConditionalCheckFailedException)) throw fault;
    }
  }

  /** Claimed by this process, and handed over so many times since: a request that was held up finds other numbers. */
  #mine(attempts: number) {
    return {
      expression: '#claim = :mine AND #attempt = :attempts',
      names: { '#claim': 'claim', '#attempt': 'attempt' },
      values: { ':mine': this.#claimant, ':attempts': attempts },
    };
  }

  async settle(
    id: DeliveryId,
    to: 'accepted' | 'refused' | 'in-doubt',
    at: Instant,
    serviceId: string | null,
  ): Promise<void> {
    const set = serviceId === null ? {} : { serviceId };
    const move = moveRow(id, { from: ['handed'], to, at, set });
    await this.#transact([this.#update(move), ...this.#count(id, 'handed', to)]);
  }

  async counts(mailing: Id): Promise<DeliveryCounts> {
    const sums: Record<string, number> = { ...NO_DELIVERIES };
    for await (const item of this.#table.query({ partition: keys.deliveryCounts(mailing) })) {
      const record = readRecord(countsSchema, item);
      for (const state of Object.keys(NO_DELIVERIES))
        sums[state] = (sums[state] ?? 0) + Number(record[state] ?? 0);
    }
    return sums as unknown as DeliveryCounts;
  }

  #update(update: ReturnType<typeof moveRow>): TransactWriteItem {
    return { Update: { TableName: this.#table.name, ...update } };
  }

  #count(id: DeliveryId, from: DeliveryState, to: DeliveryState): readonly TransactWriteItem[] {
    const count = countMove(id, { from, to }, randomCounter(this.#randomBelow));
    return count ? [count.describe(this.#table.name)] : [];
  }

  #notSuppressed({ key }: Delivery): TransactWriteItem {
    return notSuppressed(this.#table.name, key, { essential: false });
  }

  #countWeek(
    { key }: Delivery,
    { at, week, weeklyCap }: Pick<ClaimTerms, 'at' | 'week' | 'weeklyCap'>,
  ): TransactWriteItem {
    return {
      Update: {
        TableName: this.#table.name,
        Key: marshall(keys.mailed(key, week)),
        UpdateExpression: 'SET #entity = :entity, #expiresAt = :expiresAt ADD #mails :one',
        ConditionExpression: 'attribute_not_exists(#mails) OR #mails < :cap',
        ExpressionAttributeNames: { '#entity': 'entity', '#expiresAt': 'expiresAt', '#mails': 'mails' },
        ExpressionAttributeValues: marshall({
          ':entity': 'mailed',
          ':expiresAt': toEpochSeconds(addHours(at, HOURS_COUNTED)),
          ':one': 1,
          ':cap': weeklyCap,
        }),
      },
    };
  }

  /** Null when it was done; otherwise which parts' conditions did not hold. */
  async #transact(parts: readonly TransactWriteItem[]): Promise<readonly boolean[] | null> {
    try {
      await this.#table.transact([...parts], randomUUID());
      return null;
    } catch (fault) {
      const refused = refusedParts(fault);
      if (refused === null) throw fault;
      return refused;
    }
  }
}
