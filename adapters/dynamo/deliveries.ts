import { randomUUID } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { Deliveries } from '#domain/mailings/ports.ts';
import type { Instant } from '#domain/shared/clock.ts';
import type { Id } from '#domain/shared/ids.ts';
import { keys } from './keys.ts';
import { readRecord } from './records.ts';
import type { StoredItem, Table } from './table.ts';

const deliveryRecordSchema = z.object({
  /** Left out until somebody has claimed it, and again after the mail service has refused it. */
  delivery: z.enum(['handed', 'accepted']).optional(),
  claim: z.string().optional(),
});

const NAMES = { '#delivery': 'delivery', '#claim': 'claim' };

/** The item as it was when a condition on it did not hold; null when there was none. */
const foundBy = (fault: unknown): StoredItem | null => {
  if (!(fault instanceof ConditionalCheckFailedException)) throw fault;
  return fault.Item ? unmarshall(fault.Item) : null;
};

/** What happened to a mail, kept with the mail itself. */
export class DynamoDeliveries implements Deliveries {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async claim(id: Id, at: Instant): Promise<'taken' | 'accepted' | 'in-doubt'> {
    const claim = randomUUID();
    try {
      await this.#table.update({
        Key: marshall(keys.mail(id)),
        UpdateExpression: 'SET #delivery = :handed, #claim = :claim, #at = :at',
        ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(#delivery)',
        ExpressionAttributeNames: { ...NAMES, '#at': 'handedAt' },
        ExpressionAttributeValues: marshall({ ':handed': 'handed', ':claim': claim, ':at': at }),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      return 'taken';
    } catch (fault) {
      const item = foundBy(fault);
      if (!item) throw new Error(`There is no mail ${id} to claim`);
      const earlier = readRecord(deliveryRecordSchema, item);
      // The answer to the first try was lost, and the second one met its own claim.
      if (earlier.claim === claim) return 'taken';
      return earlier.delivery === 'accepted' ? 'accepted' : 'in-doubt';
    }
  }

  async accept(id: Id, serviceId: string, at: Instant): Promise<void> {
    await this.#table.update({
      Key: marshall(keys.mail(id)),
      UpdateExpression: 'SET #delivery = :accepted, #at = :at, #serviceId = :serviceId',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#delivery': 'delivery', '#at': 'acceptedAt', '#serviceId': 'serviceId' },
      ExpressionAttributeValues: marshall({ ':accepted': 'accepted', ':at': at, ':serviceId': serviceId }),
    });
  }

  async release(id: Id): Promise<void> {
    try {
      await this.#table.update({
        Key: marshall(keys.mail(id)),
        UpdateExpression: 'REMOVE #delivery, #claim, #at',
        ConditionExpression: '#delivery = :handed',
        ExpressionAttributeNames: { ...NAMES, '#at': 'handedAt' },
        ExpressionAttributeValues: marshall({ ':handed': 'handed' }),
      });
    } catch (fault) {
      // Released before, or accepted after all: either way there is nothing to give back.
      foundBy(fault);
    }
  }
}
