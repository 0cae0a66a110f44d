import type { Now } from '../engine.ts';
import type { Table } from '../template/inventory.ts';
import { type CallDynamo, DynamoError } from './call-dynamodb.ts';

type Item = Record<string, unknown>;
interface Page {
  Items: Item[];
  LastEvaluatedKey?: Item;
}

/** DynamoDB expires items within a few days; within a minute is what a person at a laptop can wait for. */
const EVERY_MS = 60_000;

/** DynamoDB does not expire what is more than five years past: it takes it for a mistake. */
const OLDEST_SECONDS = 5 * 365 * 86_400;

export interface Sweeper {
  /**
   * To be called when the laptop's clock was set. Deletes what has expired by it, and gives how many items that were;
   * a step of less than a minute is left to the sweep of every minute, because a sweep reads every item.
   */
  sweep(): Promise<number>;
  close(): void;
}

/** Expires items as DynamoDB's time to live does, because dynoxide does not. */
export function startSweeper(call: CallDynamo, tables: Table[], now: Now): Sweeper {
  let sweptAt = Number.NEGATIVE_INFINITY;
  const sweepAll = async () => {
    sweptAt = now().getTime();
    let deleted = 0;
    for (const table of tables) deleted += await sweepTable(call, table, Math.floor(sweptAt / 1000));
    return deleted;
  };
  const sweep = async () => {
    const step = now().getTime() - sweptAt;
    // What had expired before a step back is gone; from here on it is as if it had just been swept.
    if (step < 0) sweptAt = now().getTime();
    return step < EVERY_MS ? 0 : sweepAll();
  };
  const timer = setInterval(() => void sweepAll().catch(() => {}), EVERY_MS);
  timer.unref();
  return { sweep, close: () => clearInterval(timer) };
}

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
