import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { type DeliveryId, type DeliveryState, deliveryStates } from '#domain/mailings/delivery.ts';
import type { DeliveryFound, DeliveryRows } from '#domain/mailings/mailing-ports.ts';
import type { Instant } from '#domain/shared/clock.ts';
import type { Write } from '#domain/shared/facts.ts';
import type { Id } from '#domain/shared/ids.ts';
import { asWrite, type Change } from './changes.ts';
import { type Key, keys } from './keys.ts';
import { readRecord } from './records.ts';
import type { Table } from './table.ts';

/** States in which something has still to be done, and which are not counted one by one. */
const OPEN: ReadonlySet<DeliveryState> = new Set(['waiting', 'claimed', 'handed']);
/** States at which people should look. */
const TROUBLED: ReadonlySet<DeliveryState> = new Set(['bounced', 'complained', 'refused', 'in-doubt']);

/**
 * Over how many items the counts of a mailing are spread. Each mail changes one of them in the transaction that closes
 * its row, some tens at a moment.
 */
const COUNTERS = 32;

const SEPARATOR = '.';

/** The recipient of a mailing by the name of the delivery; null for a mail of the outbox. */
const recipientOf = (id: DeliveryId): { readonly mailing: Id; readonly recipient: string } | null => {
  const [mailing = '', recipient] = id.split(SEPARATOR);
  return recipient === undefined ? null : { mailing, recipient };
};

export const deliveryIdOf = (mailing: Id, recipient: string): DeliveryId =>
  `${mailing}${SEPARATOR}${recipient}`;

export const deliveryKey = (id: DeliveryId): Key => {
  const of = recipientOf(id);
  return of ? keys.delivery(of.mailing, of.recipient) : keys.mail(id);
};

/** A mail that nobody has claimed yet has no state of its own. */
const rowSchema = z.object({ delivery: z.enum(deliveryStates).default('waiting') });

/** A change of a row's state, and what has to hold for it. */
export interface Move {
  readonly from: readonly DeliveryState[];
  readonly to: DeliveryState;
  readonly at: Instant;
  /** Further attributes to set. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** What else has to hold, over names and values of its own. */
  readonly condition?: {
    readonly expression: string;
    readonly names?: Readonly<Record<string, string>>;
    readonly values?: Readonly<Record<string, unknown>>;
  };
}

/** In which indexes a row is, by its state: open ones wait for a worker, troubled ones for people. */
const indexesOf = (id: DeliveryId, state: DeliveryState, at: Instant): Readonly<Record<string, string>> => {
  const of = recipientOf(id);
  const open = of && OPEN.has(state) ? keys.openDelivery(of.mailing, of.recipient) : null;
  if (of) {
    const troubled = TROUBLED.has(state) ? keys.troubledDelivery(of.mailing, state, of.recipient) : null;
    return { ...open, ...troubled };
  }
  const isTroubled = TROUBLED.has(state) || state === 'suppressed';
  return isTroubled ? { ...keys.troubledMail(at, id) } : {};
};

/** As long as a mail may still be sent, the secret of the link in it is needed. */
const MAY_NEED_SECRET: ReadonlySet<DeliveryState> = new Set([...OPEN, 'in-doubt']);

const INDEX_KEYS = ['gsi1pk', 'gsi1sk', 'gsi2pk', 'gsi2sk'] as const;

/** The update that moves a row from one of some states into another, with its place in the indexes. */
export const moveRow = (id: DeliveryId, { from, to, at, set = {}, condition }: Move) => {
  const indexes = indexesOf(id, to, at);
  const fields: Record<string, unknown> = { delivery: to, deliverySince: at, ...indexes, ...set };
  const names = Object.keys(fields);
  const forgetsSecret = recipientOf(id) === null && !MAY_NEED_SECRET.has(to);
  const gone = [
    ...INDEX_KEYS.filter((name) => !(name in indexes)),
    ...(forgetsSecret ? ['#message.#secret'] : []),
  ];
  const states = from.map((_, index) => `:from${index}`);
  const unclaimed = from.includes('waiting') ? ' OR attribute_not_exists(#delivery)' : '';
  const known = `attribute_exists(pk) AND (#delivery IN (${states.join(', ')})${unclaimed})`;
  return {
    Key: marshall(deliveryKey(id)),
    UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')} REMOVE ${gone.join(', ')}`,
    ConditionExpression: condition ? `${known} AND (${condition.expression})` : known,
    ExpressionAttributeNames: {
      ...Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ...(forgetsSecret ? { '#message': 'message', '#secret': 'secret' } : {}),
      ...condition?.names,
    },
    ExpressionAttributeValues: marshall({
      ...Object.fromEntries(names.map((name) => [`:${name}`, fields[name]])),
      ...Object.fromEntries(from.map((state, index) => [`:from${index}`, state])),
      ...condition?.values,
    }),
  };
};

/** What a move changes in the counts of a mailing; null for a mail of the outbox, which nobody counts. */
export const countMove = (
  id: DeliveryId,
  move: { readonly from: DeliveryState; readonly to: DeliveryState },
  counter: number,
): { readonly key: Key; readonly describe: (TableName: string) => TransactWriteItem } | null => {
  const of = recipientOf(id);
  const steps = [
    ...(OPEN.has(move.from) ? [] : [[move.from, -1] as const]),
    ...(OPEN.has(move.to) ? [] : [[move.to, 1] as const]),
  ];
  if (!of || steps.length === 0) return null;
  const key = keys.deliveryCount(of.mailing, counter % COUNTERS);
  return {
    key,
    describe: (TableName) => ({
      Update: {
        TableName,
        Key: marshall(key),
        UpdateExpression: `SET #entity = :entity ADD ${steps.map((_, at) => `#s${at} :s${at}`).join(', ')}`,
        ExpressionAttributeNames: {
          '#entity': 'entity',
          ...Object.fromEntries(steps.map(([state], at) => [`#s${at}`, state])),
        },
        ExpressionAttributeValues: marshall({
          ':entity': 'delivery-count',
          ...Object.fromEntries(steps.map(([, by], at) => [`:s${at}`, by])),
        }),
      },
    }),
  };
};

export const randomCounter = (randomBelow: (limit: number) => number): number => randomBelow(COUNTERS);

/** Rows of the ledger and mails of the outbox, by the name under which the mail service knows them. */
export class DynamoDeliveryRows implements DeliveryRows {
  readonly #table: Table;
  readonly #randomBelow: (limit: number) => number;

  constructor(table: Table, randomBelow: (limit: number) => number) {
    this.#table = table;
    this.#randomBelow = randomBelow;
  }

  async find(id: DeliveryId): Promise<DeliveryFound | null> {
    const item = await this.#table.get(deliveryKey(id));
    if (!item) return null;
    return { state: readRecord(rowSchema, item).delivery, mailing: recipientOf(id)?.mailing ?? null };
  }

  toMove(id: DeliveryId, { state: from }: DeliveryFound, to: DeliveryState, at: Instant): Write {
    const update = moveRow(id, { from: [from], to, at });
    const count = countMove(id, { from, to }, randomCounter(this.#randomBelow));
    const changes: Change[] = [
      {
        key: deliveryKey(id),
        describe: (TableName) => ({ Update: { TableName, ...update } }),
        refusal: 'changed-meanwhile',
      },
    ];
    if (count) changes.push({ ...count, refusal: null });
    return asWrite(...changes);
  }
}
