import type { Engine, Now } from './engine.ts';
import { type CallDynamo, callDynamoAt } from './tables/call-dynamodb.ts';
import { createTables } from './tables/create-tables.ts';
import { startDynamoDbLocal } from './tables/dynamodb-local.ts';
import { findDynoxide, startDynoxide } from './tables/dynoxide.ts';
import { startExpiry } from './tables/sweep-expired.ts';
import type { Table } from './template/inventory.ts';

export interface TableEngine {
  /** The streams API, for the event source mappings. */
  readonly streams: CallDynamo;
  /** The ARN of a table's stream as the database itself calls it. */
  streamOf(table: string): string;
  /** Deletes what has expired by the laptop's clock; gives how many items that were. */
  expire(): Promise<number>;
  /** No table holds an item. */
  isEmpty(): Promise<boolean>;
}

export interface TablesOptions {
  /** The laptop's data folder; the data is in `dynamodb/` in it */
  dataDir: string;
  tables: Table[];
  now: Now;
  port?: number | undefined;
  /** The database died without having been asked to. */
  onDeath: (cause: string) => void;
}

/** DynamoDB, with the tables, indexes, streams and expiry of the template. */
export async function startTables(options: TablesOptions): Promise<Engine & TableEngine> {
  const engine = await startDatabase(options);
  const call = callDynamoAt(engine.endpoint, 'DynamoDB_20120810');
  const streams = callDynamoAt(engine.endpoint, 'DynamoDBStreams_20120810');
  const arns = await createTables(call, options.tables);
  const sweeper = startExpiry(call, options.tables, options.now);
  return {
    endpoint: engine.endpoint,
    streams,
    streamOf: (table) => {
      const arn = arns.get(table);
      if (!arn) throw new Error(`The table ${table} has no stream.`);
      return arn;
    },
    expire: sweeper.sweep,
    isEmpty: async () => {
      for (const { name } of options.tables) {
        const { Count } = await call<{ Count: number }>('Scan', { TableName: name, Limit: 1 });
        if (Count > 0) return false;
      }
      return true;
    },
    close: async () => {
      sweeper.close();
      call.close();
      streams.close();
      await engine.close();
    },
  };
}

function startDatabase(options: TablesOptions): Promise<Engine> {
  const binary = findDynoxide();
  if (binary) return startDynoxide({ ...options, binary });
  const machine = `${process.platform}-${process.arch}`;
  console.error(
    `There is no dynoxide for ${machine}; the database is Amazon's DynamoDB Local, which needs Java 17.`,
  );
  return startDynamoDbLocal(options);
}
