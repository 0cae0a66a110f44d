import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '#infra/local/engine.ts';
import { type CallDynamo, callDynamoAt } from '#infra/local/tables/call-dynamodb.ts';
import { findDynoxide, startDynoxide } from '#infra/local/tables/dynoxide.ts';

/*
 * What the engine itself refuses and pages as DynamoDB does. The rest is checked in front of it: check-limits.ts.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */

const KB = 1024;
const dataDir = mkdtempSync(join(tmpdir(), 'folkmoot-table-limits-'));
let engine: Engine;
let call: CallDynamo & { close(): void };

const keyOf = (sk: string) => ({ pk: { S: 'p' }, sk: { S: sk } });
/** An item of so many bytes: names and values count. */
const item = (sk: string, bytes: number) => ({
  ...keyOf(sk),
  d: { S: 'x'.repeat(bytes - 6 - sk.length) },
});
const items = (count: number, bytes = 20) =>
  Array.from({ length: count }, (_, at) => item(`${bytes}-${at}`, bytes));
const keys = (count: number, bytes = 20) => items(count, bytes).map(({ pk, sk }) => ({ pk, sk }));
const put = (Item: object) => call('PutItem', { TableName: 'limits', Item });
const writeBatch = (all: object[]) =>
  call('BatchWriteItem', { RequestItems: { limits: all.map((Item) => ({ PutRequest: { Item } })) } });
const readBatch = (Keys: object[]) =>
  call<{ Responses: { limits: object[] }; UnprocessedKeys: { limits?: { Keys: object[] } } }>(
    'BatchGetItem',
    { RequestItems: { limits: { Keys } } },
  );
const transact = (all: object[]) =>
  call('TransactWriteItems', {
    TransactItems: all.map((Item) => ({ Put: { TableName: 'limits', Item } })),
  });
const refused = (message: RegExp) => ({
  name: 'ValidationException',
  message: expect.stringMatching(message),
});

beforeAll(async () => {
  engine = await startDynoxide({ dataDir, onDeath: () => {} });
  call = callDynamoAt(engine.endpoint, 'DynamoDB_20120810');
  await call('CreateTable', {
    TableName: 'limits',
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
    ],
  });
});
afterAll(async () => {
  call?.close();
  await engine?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

describe.runIf(findDynoxide())('the limits of DynamoDB', () => {
  it('items of 400 KB', async () => {
    await put(item('large', 400 * KB));
    const tooLarge = refused(/^Item size has exceeded the maximum allowed size$/);
    await expect(put(item('large', 400 * KB + 1))).rejects.toMatchObject(tooLarge);
    await expect(writeBatch([item('large', 400 * KB + 1)])).rejects.toMatchObject(tooLarge);
    const grow = {
      TableName: 'limits',
      Key: keyOf('large'),
      UpdateExpression: 'SET e = :e',
      ExpressionAttributeValues: { ':e': { S: 'e' } },
    };
    await expect(call('UpdateItem', grow)).rejects.toMatchObject(
      refused(/^Item size to update has exceeded the maximum allowed size$/),
    );
  });

  it('keys of 2,048 and 1,024 bytes', async () => {
    await expect(put({ pk: { S: 'p'.repeat(2049) }, sk: { S: 's' } })).rejects.toMatchObject(
      refused(/Size of hashkey/),
    );
    await expect(put({ pk: { S: 'p' }, sk: { S: 's'.repeat(1025) } })).rejects.toMatchObject(
      refused(/range keys has exceeded the size limit of 1024 bytes/),
    );
  });

  it('25 writes and 100 reads in a batch', async () => {
    await writeBatch(items(25));
    await expect(writeBatch(items(26))).rejects.toMatchObject(refused(/less than or equal to 25/));
    expect((await readBatch(keys(100))).Responses.limits).toHaveLength(25);
    await expect(readBatch(keys(101))).rejects.toMatchObject(refused(/less than or equal to 100/));
  });

  it('100 items and 4 MB in a transaction', async () => {
    await transact(items(100));
    await expect(transact(items(101))).rejects.toMatchObject(refused(/less than or equal to 100/));
    await transact(items(10, 400 * KB));
    await expect(transact(items(11, 390 * KB))).rejects.toMatchObject(refused(/4MB limit/));
  });

  it('pages of 1 MB, and 16 MB of a batch', async () => {
    for (const bytes of [399, 398, 397, 396, 395]) await writeBatch(items(10, bytes * KB));
    const page = await call<{ Items: object[]; LastEvaluatedKey?: object }>('Query', {
      TableName: 'limits',
      KeyConditionExpression: 'pk = :p AND sk > :from',
      ExpressionAttributeValues: { ':p': { S: 'p' }, ':from': { S: '4' } },
    });
    expect(page.Items.length).toBeLessThanOrEqual(3);
    expect(page.LastEvaluatedKey).toBeDefined();
    const wanted = [399, 398, 397, 396, 395].flatMap((bytes) => keys(10, bytes * KB));
    const { Responses, UnprocessedKeys } = await readBatch(wanted);
    expect(Responses.limits.length).toBeLessThanOrEqual(42);
    expect(Responses.limits.length + (UnprocessedKeys.limits?.Keys.length ?? 0)).toBe(50);
  });

  it('expressions of 4 KB', async () => {
    const FilterExpression = `attribute_exists(${'a'.repeat(4096)})`;
    await expect(call('Scan', { TableName: 'limits', FilterExpression })).rejects.toMatchObject(
      refused(/Expression size has exceeded the maximum allowed size/),
    );
  });
});
