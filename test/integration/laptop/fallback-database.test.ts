import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { StreamShards } from '#infra/local/events/stream-shards.ts';
import { callDynamoAt } from '#infra/local/tables/call-dynamodb.ts';
import { createTables } from '#infra/local/tables/create-tables.ts';
import { startDynamoDbLocal } from '#infra/local/tables/dynamodb-local.ts';

const hasJava = spawnSync('java', ['-version']).status === 0;
const dataDir = mkdtempSync(join(tmpdir(), 'folkmoot-fallback-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const table = {
  name: 'folkmoot',
  arn: '',
  keySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  attributes: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'gsi1pk', AttributeType: 'S' },
  ],
  indexes: [
    {
      IndexName: 'gsi1',
      KeySchema: [{ AttributeName: 'gsi1pk', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
  streamView: 'NEW_AND_OLD_IMAGES',
  expiryAttribute: 'expiresAt',
  encryptionKey: undefined,
};

describe.runIf(hasJava)('a laptop without dynoxide', () => {
  it('has its tables, streams and data in DynamoDB Local', { timeout: 240_000 }, async () => {
    for (const run of ['first', 'second']) {
      const engine = await startDynamoDbLocal({ dataDir, onDeath: () => {} });
      const call = callDynamoAt(engine.endpoint, 'DynamoDB_20120810');
      const streams = callDynamoAt(engine.endpoint, 'DynamoDBStreams_20120810');
      const arn = (await createTables(call, [table])).get(table.name) ?? '';
      await call('PutItem', { TableName: table.name, Item: { pk: { S: run } } });
      const { Count } = await call<{ Count: number }>('Scan', { TableName: table.name });
      expect(Count).toBe(run === 'first' ? 1 : 2);
      const shards = new StreamShards({
        call: streams,
        arn,
        startingPosition: 'TRIM_HORIZON',
        checkpoints: {},
      });
      const records = (await Promise.all((await shards.readable()).map((shard) => shard.read(10)))).flat();
      expect(records.map(({ dynamodb }) => (dynamodb as { Keys?: object }).Keys)).toContainEqual({
        pk: { S: run },
      });
      call.close();
      streams.close();
      await engine.close();
    }
  });
});
