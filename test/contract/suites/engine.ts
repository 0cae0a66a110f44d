import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll } from 'vitest';
import { connectTo, createTable, openDynamoStores } from '#test/support/stores/dynamo-stores.ts';
import { describeStores } from './stores.ts';
import { describeTable } from './table.ts';

export interface Engine {
  readonly endpoint: string;
  readonly close: () => Promise<void>;
}

/** Runs every contract on an engine that speaks DynamoDB, each test in a table of its own. */
export const describeEngine = (start: () => Promise<Engine>): void => {
  let engine: Engine | undefined;
  let client: DynamoDBClient | undefined;

  beforeAll(async () => {
    engine = await start();
    client = connectTo(engine.endpoint);
  });

  afterAll(async () => {
    client?.destroy();
    await engine?.close();
  });

  const openTable = async () => {
    if (!client) throw new Error('The engine has not started');
    return { table: await createTable(client), client };
  };
  describeStores(async () => openDynamoStores((await openTable()).table));
  describeTable(openTable);
};
