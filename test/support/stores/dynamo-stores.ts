import { randomUUID } from 'node:crypto';
import { CreateTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoAreas } from '#adapters/dynamo/areas.ts';
import { DynamoAuditTrail } from '#adapters/dynamo/audit-trail.ts';
import { DynamoDeliveries } from '#adapters/dynamo/deliveries.ts';
import { DynamoDrafts } from '#adapters/dynamo/drafts.ts';
import { DynamoFacts } from '#adapters/dynamo/facts.ts';
import { DynamoNotices } from '#adapters/dynamo/notices.ts';
import { DynamoOutbox } from '#adapters/dynamo/outbox.ts';
import { DynamoPriorities } from '#adapters/dynamo/priorities.ts';
import { DynamoReceipts } from '#adapters/dynamo/receipts.ts';
import { DynamoSessions } from '#adapters/dynamo/sessions.ts';
import { DynamoStaffAccounts } from '#adapters/dynamo/staff-accounts.ts';
import { DynamoSubmissions } from '#adapters/dynamo/submissions.ts';
import { DynamoSupporters } from '#adapters/dynamo/supporters.ts';
import { connect, Table } from '#adapters/dynamo/table.ts';
import { randomBelow } from '#adapters/system/random.ts';
import { FixedClock } from '../fixed-clock.ts';
import type { Stores } from './stores.ts';

const STAFF_LIMITS = { idleMinutes: 30, absoluteMinutes: 12 * 60 };

const KEYS = ['pk', 'sk', 'gsi1pk', 'gsi1sk', 'gsi2pk', 'gsi2sk'];

const keySchema = (prefix: '' | 'gsi1' | 'gsi2') => [
  { AttributeName: `${prefix}pk`, KeyType: 'HASH' as const },
  { AttributeName: `${prefix}sk`, KeyType: 'RANGE' as const },
];

/** A connection to an engine on this machine. */
export const connectTo = (endpoint: string): DynamoDBClient =>
  connect({
    endpoint,
    region: 'eu-west-2',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    // The referee's machine may be busy with its other tests.
    requestHandler: { requestTimeout: 20_000 },
  });

/** A new table with the keys and indexes of infra/constructs/single-table.ts. */
export const createTable = async (client: DynamoDBClient): Promise<Table> => {
  const name = `test-${randomUUID()}`;
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: KEYS.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: keySchema(''),
      GlobalSecondaryIndexes: (['gsi1', 'gsi2'] as const).map((index) => ({
        IndexName: index,
        KeySchema: keySchema(index),
        Projection: { ProjectionType: 'ALL' },
      })),
    }),
  );
  return new Table(name, client);
};

/** Stores in one table. */
export const openDynamoStores = (table: Table, clock = new FixedClock()): Stores => ({
  clock,
  facts: new DynamoFacts(table),
  areas: new DynamoAreas(table),
  priorities: new DynamoPriorities(table, randomBelow),
  submissions: new DynamoSubmissions(table),
  supporters: new DynamoSupporters(table, randomBelow),
  notices: new DynamoNotices(table),
  outbox: new DynamoOutbox(table),
  deliveries: new DynamoDeliveries(table),
  audit: new DynamoAuditTrail(table),
  receipts: new DynamoReceipts(table, clock),
  sessions: new DynamoSessions(table, STAFF_LIMITS),
  drafts: new DynamoDrafts(table, clock),
  staff: new DynamoStaffAccounts(table),
});
