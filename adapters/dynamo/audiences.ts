import * as z from 'zod';
import type { AreaDirectory } from '#domain/areas/area-directory.ts';
import type { Areas } from '#domain/areas/ports.ts';
import { areasAskedFor, areasWithin } from '#domain/mailings/areas-reached.ts';
import type { Audience, AudienceCursor, AudienceKind, Audiences } from '#domain/mailings/audience.ts';
import { pageThrough, recipientFrom } from '#domain/mailings/page-through.ts';
import { type Clock, toEpochSeconds } from '#domain/shared/clock.ts';
import { frequencySchema } from '#domain/subscriptions/subscription.ts';
import { keys } from './keys.ts';
import { readAll } from './records.ts';
import type { Table } from './table.ts';

const listedRecordSchema = z.object({
  key: z.string(),
  email: z.string(),
  language: z.string(),
  // Those who wrote have not said how often.
  frequency: frequencySchema.default('at-once'),
  area: z.string().nullable(),
  expiresAt: z.number().default(Number.POSITIVE_INFINITY),
});

/** In which partitions the people of each kind of audience are. Each holds them by their keys. */
const partitionsOf: {
  readonly [Kind in AudienceKind]: (
    audience: Extract<Audience, { kind: Kind }>,
    directory: AreaDirectory,
  ) => readonly string[];
} = {
  wrote: ({ areas }, directory) => areasWithin(directory, areas).map(keys.contactsOf),
  subscribed: ({ areas, topics }, directory) =>
    topics.flatMap((topic) => areasAskedFor(directory, areas).map((area) => keys.subscribersOf(topic, area))),
};

/** Audiences out of the one table, read a page at a time and never gathered. */
export class DynamoAudiences implements Audiences {
  readonly #table: Table;
  readonly #areas: Pick<Areas, 'directory'>;
  readonly #clock: Clock;

  constructor(table: Table, areas: Pick<Areas, 'directory'>, clock: Clock) {
    this.#table = table;
    this.#areas = areas;
    this.#clock = clock;
  }

  async page(audience: Audience, after: AudienceCursor | null, size: number) {
    const directory = await this.#areas.directory();
    const describe = partitionsOf[audience.kind] as (of: Audience, now: AreaDirectory) => readonly string[];
    const { found, next } = await pageThrough(
      describe(audience, directory),
      { after, size },
      (partition, key, limit) =>
        readAll(listedRecordSchema, this.#table.query({ partition, after: key, limit })),
    );
    // What has ended is gone, also while the table has not got round to it.
    const now = toEpochSeconds(this.#clock.now());
    const recipients = found
      .filter(({ expiresAt }) => expiresAt > now)
      .map((listed) => recipientFrom(listed, directory));
    return { recipients, next };
  }
}
