import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { type DigestLine, digestLineSchema, type OpenDigest } from '#domain/chasing/digest.ts';
import type { Digests } from '#domain/chasing/ports.ts';
import { addHours, type Clock, type LocalDate, toEpochSeconds } from '#domain/shared/clock.ts';
import type { Write } from '#domain/shared/facts.ts';
import { asWrite, type Change, put } from './changes.ts';
import { keys } from './keys.ts';
import { readRecord } from './records.ts';
import type { Table } from './table.ts';

/** As long as the mail that it went out with. */
const HOURS_KEPT = 90 * 24;

const headSchema: z.ZodType<OpenDigest> = z.object({
  receiver: z.string(),
  number: z.number(),
  lines: z.number(),
  lastMailedOn: z.string().nullable().default(null),
});

/** Counts lines of a digest that is still open, which brings it into the index of those that wait. */
const countLines = ({ receiver, number }: OpenDigest, lines: number): Change => {
  const { gsi1pk, gsi1sk } = keys.digestWaiting(receiver);
  return {
    key: keys.digest(receiver),
    describe: (TableName) => ({
      Update: {
        TableName,
        Key: marshall(keys.digest(receiver)),
        UpdateExpression:
          'SET #entity = :entity, #receiver = :receiver, #number = :number, gsi1pk = :gsi1pk, gsi1sk = :gsi1sk ADD #lines :lines',
        ConditionExpression: 'attribute_not_exists(pk) OR #number = :number',
        ExpressionAttributeNames: {
          '#entity': 'entity',
          '#receiver': 'receiver',
          '#number': 'number',
          '#lines': 'lines',
        },
        ExpressionAttributeValues: marshall({
          ':entity': 'digest',
          ':receiver': receiver,
          ':number': number,
          ':gsi1pk': gsi1pk,
          ':gsi1sk': gsi1sk,
          ':lines': lines,
        }),
      },
    }),
    refusal: 'changed-meanwhile',
  };
};

/** Digests as a head, which says what is open, and lines below it that are forgotten by themselves. */
export class DynamoDigests implements Digests {
  readonly #table: Table;
  readonly #clock: Clock;

  constructor(table: Table, clock: Clock) {
    this.#table = table;
    this.#clock = clock;
  }

  async open(receiver: string): Promise<OpenDigest> {
    const item = await this.#table.get(keys.digest(receiver));
    return item ? readRecord(headSchema, item) : { receiver, number: 1, lines: 0, lastMailedOn: null };
  }

  toAdd(digest: OpenDigest, lines: readonly DigestLine[]): Write {
    const expiresAt = toEpochSeconds(addHours(this.#clock.now(), HOURS_KEPT));
    return asWrite(
      countLines(digest, lines.length),
      ...lines.map((line) =>
        put({ ...keys.digestLine(digest, line), entity: 'digest-line', ...line, expiresAt }),
      ),
    );
  }

  async *waiting(): AsyncIterable<OpenDigest> {
    for await (const item of this.#table.query({ index: 'gsi1', partition: keys.digestsWaiting }))
      yield readRecord(headSchema, item);
  }

  async *linesOf(digest: OpenDigest): AsyncIterable<DigestLine> {
    const range = { partition: keys.digest(digest.receiver).pk, after: keys.digestLines(digest) };
    for await (const item of this.#table.query(range)) yield readRecord(digestLineSchema, item);
  }

  toClose({ receiver, number, lines, lastMailedOn }: OpenDigest, mailedOn: LocalDate | null): Write {
    return asWrite({
      key: keys.digest(receiver),
      describe: (TableName) => ({
        Update: {
          TableName,
          Key: marshall(keys.digest(receiver)),
          UpdateExpression:
            'SET #number = :next, #lines = :none, lastMailedOn = :mailedOn REMOVE gsi1pk, gsi1sk',
          ConditionExpression: '#number = :number AND #lines = :lines',
          ExpressionAttributeNames: { '#number': 'number', '#lines': 'lines' },
          ExpressionAttributeValues: marshall({
            ':number': number,
            ':next': number + 1,
            ':lines': lines,
            ':none': 0,
            ':mailedOn': mailedOn ?? lastMailedOn,
          }),
        },
      }),
      refusal: 'changed-meanwhile',
    });
  }
}
