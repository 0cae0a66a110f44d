import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { RecipientKey } from '#domain/mailings/recipient.ts';
import { keys } from './keys.ts';

/**
 * The part of a claim that fails when an address must not be written to: after a bounce or a complaint nothing is,
 * after unsubscribing only what is essential.
 */
export const notSuppressed = (
  TableName: string,
  recipient: RecipientKey,
  { essential }: { readonly essential: boolean },
): TransactWriteItem => ({
  ConditionCheck: {
    TableName,
    Key: marshall(keys.suppression(recipient)),
    ConditionExpression: ['bouncedAt', 'complainedAt', ...(essential ? [] : ['unsubscribedAt'])]
      .map((name) => `attribute_not_exists(${name})`)
      .join(' AND '),
  },
});
