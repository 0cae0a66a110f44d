import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '#infra/local/engine.ts';
import { callDynamoAt } from '#infra/local/tables/call-dynamodb.ts';
import { createTables } from '#infra/local/tables/create-tables.ts';
import { findDynoxide, startDynoxide } from '#infra/local/tables/dynoxide.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'folkmoot-table-streams-'));
let engine: Engine;

const table = {
  name: 'streamed',
  arn: '',
  keySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  attributes: [{ AttributeName: 'pk', AttributeType: 'S' }],
  indexes: [],
  streamView: 'NEW_AND_OLD_IMAGES',
  expiryAttribute: undefined,
  encryptionKey: undefined,
};

const start = () => startDynoxide({ dataDir, onDeath: () => {} });

beforeAll(async () => {
  if (findDynoxide()) engine = await start();
});
afterAll(async () => {
  await engine?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** How SQLite would answer, in its own words. */
const planOf = (query: string): string => {
  const database = new DatabaseSync(join(dataDir, 'dynamodb/data'), { readOnly: true });
  const steps = database.prepare(`EXPLAIN QUERY PLAN ${query}`).all();
  database.close();
  return steps.map(({ detail }) => detail).join('; ');
};

describe.runIf(findDynoxide())('a stream, however long it is', () => {
  // As dynoxide's program has them.
  it.each([
    [
      'is written to',
      'SELECT COALESCE(MAX(CAST(sequence_number AS INTEGER)), 0) + 1 FROM _stream_records WHERE table_name = ?1',
    ],
    [
      'is read',
      `SELECT event_name, keys_json, new_image FROM _stream_records
       WHERE table_name = ?1 AND shard_id = ?2 AND CAST(sequence_number AS INTEGER) > ?3
       ORDER BY CAST(sequence_number AS INTEGER) ASC LIMIT ?4`,
    ],
  ])('%s without going through all of it', (_, query) => {
    const plan = planOf(query);
    expect(plan).toMatch(/SEARCH _stream_records USING (COVERING )?INDEX folkmoot_by_/);
    expect(plan).not.toMatch(/SCAN|TEMP B-TREE/);
  });

  it('numbers its records on after a restart', async () => {
    const numbers: string[] = [];
    for (const run of ['first', 'second']) {
      const call = callDynamoAt(engine.endpoint, 'DynamoDB_20120810');
      const streams = callDynamoAt(engine.endpoint, 'DynamoDBStreams_20120810');
      const StreamArn = (await createTables(call, [table])).get(table.name);
      await call('PutItem', { TableName: table.name, Item: { pk: { S: run } } });
      const { StreamDescription } = await streams<{ StreamDescription: { Shards: { ShardId: string }[] } }>(
        'DescribeStream',
        { StreamArn },
      );
      const { ShardIterator } = await streams<{ ShardIterator: string }>('GetShardIterator', {
        StreamArn,
        ShardId: StreamDescription.Shards[0]?.ShardId,
        ShardIteratorType: 'TRIM_HORIZON',
      });
      const { Records } = await streams<{ Records: { dynamodb: { SequenceNumber: string } }[] }>(
        'GetRecords',
        { ShardIterator },
      );
      numbers.push(Records.map(({ dynamodb }) => Number(dynamodb.SequenceNumber)).join(' '));
      call.close();
      streams.close();
      await engine.close();
      engine = await start();
    }
    expect(numbers).toEqual(['1', '1 2']);
  });
});
