import { type Sweeper, startSweeper } from '../engine/sweeper.ts';
import type { Now } from '../engine.ts';
import type { Table } from '../template/inventory.ts';
import { type CallDynamo, DynamoError } from './call-dynamodb.ts';

type Item = Record<string, unknown>;
interface Page {
  Items: Item[];
  LastEvaluatedKey?: Item;
}

/** DynamoDB does not expire what is more than five years past: it takes it for a mistake. */
const OLDEST_SECONDS = 5 * 365 * 86_400;

/** Expires items as DynamoDB's time to live does, because dynoxide does not. */
export const startExpiry = (call: CallDynamo, tables: Table[], now: Now): Sweeper =>
  startSweeper(async (at) => {
    let deleted = 0;
    for (const table of tables) deleted += await sweepTable(call, table, Math.floor(at.getTime() / 1000));
    return deleted;
  }, now);

async function sweepTable(call: CallDynamo, table: Table, seconds: number): Promise<number> {
  const { expiryAttribute } = table;
  if (!expiryAttribute) return 0;
  const expired = {
    ExpressionAttributeNames: { '#expiry': expiryAttribute },
    ExpressionAttributeValues: {
      ':now': { N: String(seconds) },
      ':oldest': { N: String(seconds - OLDEST_SECONDS) },
    },
  };
  const condition = '#expiry < :now AND #expiry > :oldest';
  let deleted = 0;
  let ExclusiveStartKey: Item | undefined;
  do {
    const page: Page = await call('Scan', {
      TableName: table.name,
      FilterExpression: condition,
      ...expired,
      ...(ExclusiveStartKey && { ExclusiveStartKey }),
    });
    for (const item of page.Items) deleted += await deleteIfExpired(call, table, item, condition, expired);
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return deleted;
}

/** Conditional, because somebody may have prolonged the item since it was read. */
async function deleteIfExpired(
  call: CallDynamo,
  table: Table,
  item: Item,
  ConditionExpression: string,
  expired: object,
): Promise<number> {
  const Key = Object.fromEntries(table.keySchema.map(({ AttributeName: name }) => [name, item[name]]));
  try {
    await call('DeleteItem', { TableName: table.name, Key, ConditionExpression, ...expired });
    return 1;
  } catch (error) {
    if (error instanceof DynamoError && error.name === 'ConditionalCheckFailedException') return 0;
    throw error;
  }
}
