import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { AudienceCursor } from '#domain/mailings/audience.ts';
import type { FreezingProgress, Leases, MailingStep, MailingSteps } from '#domain/mailings/mailing-ports.ts';
import { addHours, type Instant, toEpochSeconds } from '#domain/shared/clock.ts';
import type { Write } from '#domain/shared/facts.ts';
import type { Id } from '#domain/shared/ids.ts';
import { asWrite, putNew } from './changes.ts';
import { keys } from './keys.ts';
import { readRecord } from './records.ts';
import type { Table } from './table.ts';

/** The stream has carried a step on within moments. */
const HOURS_OF_STEP = 24;
const HOURS_OF_WORK = 30 * 24;

/** Steps as items of the table. Its stream carries each new one (`entity` is `mailing-step`) to the queue. */
export class DynamoMailingSteps implements MailingSteps {
  toPost(step: MailingStep): Write {
    const expiresAt = toEpochSeconds(addHours(step.postedAt, HOURS_OF_STEP));
    return asWrite(
      putNew({ ...keys.mailingStep(step.id), entity: 'mailing-step', ...step, expiresAt }, 'already-there'),
    );
  }
}

const freezingSchema = z.object({ cursor: z.string().nullable() });

export class DynamoFreezingProgress implements FreezingProgress {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async find(mailing: Id): Promise<AudienceCursor | null> {
    const item = await this.#table.get(keys.freezing(mailing));
    return item && readRecord(freezingSchema, item).cursor;
  }

  save(mailing: Id, cursor: AudienceCursor | null): Promise<void> {
    return this.#table.put({ ...keys.freezing(mailing), entity: 'freezing', cursor });
  }
}

/** Who works on what, with an end for those who die over it. */
export class DynamoLeases implements Leases {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async take(
    mailing: Id,
    part: string,
    { holder, at, until }: { readonly holder: Id; readonly at: Instant; readonly until: Instant },
  ): Promise<boolean> {
    const expiresAt = toEpochSeconds(addHours(at, HOURS_OF_WORK));
    return this.#change(mailing, part, {
      UpdateExpression: 'SET #entity = :entity, #holder = :holder, #until = :until, #expiresAt = :expiresAt',
      // A lease that ends long after now was taken before somebody moved the clock back.
      ConditionExpression:
        'attribute_not_exists(#until) OR #until < :at OR #until > :far OR #holder = :holder',
      ExpressionAttributeNames: {
        '#entity': 'entity',
        '#holder': 'holder',
        '#until': 'until',
        '#expiresAt': 'expiresAt',
      },
      ExpressionAttributeValues: marshall({
        ':entity': 'lease',
        ':holder': holder,
        ':until': until,
        ':at': at,
        ':far': addHours(until, 1),
        ':expiresAt': expiresAt,
      }),
    });
  }

  async giveBack(mailing: Id, part: string, holder: Id): Promise<void> {
    await this.#change(mailing, part, {
      UpdateExpression: 'REMOVE #until',
      ConditionExpression: '#holder = :holder',
      ExpressionAttributeNames: { '#until': 'until', '#holder': 'holder' },
      ExpressionAttributeValues: marshall({ ':holder': holder }),
    });
  }

  async #change(
    mailing: Id,
    part: string,
    update: Omit<Parameters<Table['update']>[0], 'Key'>,
  ): Promise<boolean> {
    try {
      await this.#table.update({ Key: marshall(keys.lease(mailing, part)), ...update });
      return true;
    } catch (fault) {
      if (fault instanceof ConditionalCheckFailedException) return false;
      throw fault;
    }
  }
}
