import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { Suppression, SuppressionReason, Suppressions } from '#domain/mailings/ports.ts';
import type { RecipientKey } from '#domain/mailings/recipient.ts';
import type { Instant } from '#domain/shared/clock.ts';
import type { Write } from '#domain/shared/facts.ts';
import { amend, asWrite } from './changes.ts';
import { keys } from './keys.ts';
import { readRecord } from './records.ts';
import type { Table } from './table.ts';

/** The claim of a mail looks for these attributes by their names. */
const attributeOf = {
  unsubscribed: 'unsubscribedAt',
  complained: 'complainedAt',
  bounced: 'bouncedAt',
} as const satisfies Record<SuppressionReason, string>;

const at = z.string().nullable().default(null);

const suppressionRecordSchema = z
  .object({
    unsubscribedAt: at,
    complainedAt: at,
    bouncedAt: at,
    softBounces: z.number().default(0),
  })
  .transform(
    ({ unsubscribedAt, complainedAt, bouncedAt, softBounces }): Suppression => ({
      unsubscribed: unsubscribedAt,
      complained: complainedAt,
      bounced: bouncedAt,
      softBounces,
    }),
  );

const saysNothing = ({ unsubscribed, complained, bounced, softBounces }: Suppression): boolean =>
  [unsubscribed, complained, bounced].every((reason) => reason === null) && softBounces === 0;

/** One item for each address, kept for ever: it holds a hash and times, and nothing else. */
export class DynamoSuppressions implements Suppressions {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async find(recipient: RecipientKey): Promise<Suppression | null> {
    const item = await this.#table.get(keys.suppression(recipient));
    const known = item && readRecord(suppressionRecordSchema, item);
    // What was lifted leaves an item behind.
    return known === null || saysNothing(known) ? null : known;
  }

  toSuppress(recipient: RecipientKey, reason: SuppressionReason, since: Instant): Write {
    const set = { [attributeOf[reason]]: since };
    return asWrite(amend(keys.suppression(recipient), 'suppression', { set }));
  }

  toCountSoftBounces(recipient: RecipientKey, count: number): Write {
    const key = keys.suppression(recipient);
    return asWrite({
      key,
      describe: (TableName) => ({
        Update: {
          TableName,
          Key: marshall(key),
          UpdateExpression: 'SET #entity = :entity, #softBounces = :count',
          ExpressionAttributeNames: { '#entity': 'entity', '#softBounces': 'softBounces' },
          ExpressionAttributeValues: marshall({ ':entity': 'suppression', ':count': count }),
        },
      }),
      refusal: null,
    });
  }

  toLift(recipient: RecipientKey, reason: SuppressionReason): Write {
    // A mailbox that works again has bounced nothing in a row.
    const remove = [attributeOf[reason], ...(reason === 'bounced' ? ['softBounces'] : [])];
    return asWrite(amend(keys.suppression(recipient), 'suppression', { remove }));
  }
}
