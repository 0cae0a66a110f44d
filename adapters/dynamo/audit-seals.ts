import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { EntryKey } from '#domain/audit/audit.ts';
import type { AuditSeals, ChainHead, DayBegun, DayEnd, Seal } from '#domain/audit/seals.ts';
import type { LocalDate } from '#domain/shared/clock.ts';
import type { Write } from '#domain/shared/facts.ts';
import { asWrite, type Change, put, putNew } from './changes.ts';
import { keys } from './keys.ts';
import { readRecord } from './records.ts';
import type { StoredItem, Table } from './table.ts';

const sealRecordSchema: z.ZodType<Seal> = z.object({
  number: z.number(),
  entry: z.string(),
  digest: z.string(),
  previous: z.string(),
  hash: z.string(),
  sealedAt: z.string(),
});

const headRecordSchema: z.ZodType<ChainHead> = z.object({ count: z.number(), hash: z.string() });

const dayEndSchema: z.ZodType<DayEnd> = z.object({ day: z.string(), count: z.number(), hash: z.string() });

/** Days from before they followed each other are read as following none. */
const dayFrom = (item: StoredItem): DayBegun => ({
  day: String(item.sk),
  ...readRecord(z.object({ after: dayEndSchema.nullable().default(null) }), item),
});

/** A seal that cannot be read is one without a place in the chain: a fault, and no end of what is read. */
const sealFrom = (item: StoredItem): Seal =>
  sealRecordSchema.safeParse(item).data ?? {
    number: 0,
    entry: String(item.sk),
    digest: '',
    previous: '',
    hash: '',
    sealedAt: '',
  };

/** Moves the end of a chain on from where it was seen. */
const moveHead = (day: LocalDate, from: ChainHead, to: ChainHead): Change => ({
  key: keys.chainHead(day),
  describe: (TableName) => ({
    Put: {
      TableName,
      Item: marshall({ ...keys.chainHead(day), entity: 'audit-chain', ...to }),
      ConditionExpression: '#count = :count AND #hash = :hash',
      ExpressionAttributeNames: { '#count': 'count', '#hash': 'hash' },
      ExpressionAttributeValues: marshall({ ':count': from.count, ':hash': from.hash }),
    },
  }),
  refusal: 'changed-meanwhile',
});

const startChain = (day: LocalDate, to: ChainHead, after: DayEnd | null): readonly Change[] => [
  putNew({ ...keys.chainHead(day), entity: 'audit-chain', ...to }, 'changed-meanwhile'),
  put({ ...keys.auditDay(day), entity: 'audit-day', after }),
];

export class DynamoAuditSeals implements AuditSeals {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async head(day: LocalDate): Promise<ChainHead | null> {
    const item = await this.#table.get(keys.chainHead(day));
    return item && readRecord(headRecordSchema, item);
  }

  async find(day: LocalDate, entry: EntryKey): Promise<Seal | null> {
    const item = await this.#table.get(keys.seal(day, entry));
    return item && readRecord(sealRecordSchema, item);
  }

  async *read(day: LocalDate): AsyncGenerator<Seal> {
    // From behind the end of the chain, which is no seal.
    const range = { partition: keys.sealsOf(day), after: keys.chainHead(day).sk };
    for await (const item of this.#table.query(range)) yield sealFrom(item);
  }

  toAppend(
    day: LocalDate,
    from: ChainHead | null,
    seals: readonly Seal[],
    after: DayEnd | null = null,
  ): Write {
    const last = seals.at(-1);
    if (!last) return asWrite();
    const to = { count: last.number, hash: last.hash };
    return asWrite(
      ...(from ? [moveHead(day, from, to)] : startChain(day, to, after)),
      ...seals.map((seal) =>
        putNew({ ...keys.seal(day, seal.entry), entity: 'audit-seal', ...seal }, 'already-there'),
      ),
    );
  }

  async firstDay(): Promise<LocalDate | null> {
    for await (const { sk } of this.#table.query({ partition: keys.auditDays, limit: 1 })) return String(sk);
    return null;
  }

  async dayBefore(day: LocalDate): Promise<LocalDate | null> {
    const range = { partition: keys.auditDays, backwards: true, after: day, limit: 1 };
    for await (const { sk } of this.#table.query(range)) return String(sk);
    return null;
  }

  async days(): Promise<readonly DayBegun[]> {
    const days: DayBegun[] = [];
    for await (const item of this.#table.query({ partition: keys.auditDays })) days.push(dayFrom(item));
    return days;
  }

  async begun(day: LocalDate): Promise<DayBegun | null> {
    const item = await this.#table.get(keys.auditDay(day));
    return item && dayFrom(item);
  }
}
