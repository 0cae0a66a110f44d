import type { Table } from '../template/inventory.ts';
import { type CallDynamo, DynamoError } from './call-dynamodb.ts';

interface Description {
  Table: {
    KeySchema: { AttributeName: string; KeyType: string }[];
    GlobalSecondaryIndexes?: { IndexName: string }[];
    LatestStreamArn?: string;
  };
}

/**
 * Makes the tables be as the template says, with their data. A missing index is added; what DynamoDB could not
 * change either (the keys of a table) is an error. Gives the ARN of each table's stream.
 */
export async function createTables(call: CallDynamo, tables: Table[]): Promise<Map<string, string>> {
  const streams = new Map<string, string>();
  for (const table of tables) {
    const existing = await describe(call, table.name);
    if (existing) await bringUpToDate(call, table, existing);
    else await create(call, table);
    await setExpiry(call, table);
    const stream = (await describe(call, table.name))?.Table.LatestStreamArn;
    if (table.streamView && stream) streams.set(table.name, stream);
  }
  return streams;
}

async function describe(call: CallDynamo, TableName: string): Promise<Description | undefined> {
  try {
    return await call<Description>('DescribeTable', { TableName });
  } catch (error) {
    if (error instanceof DynamoError && error.name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

async function create(call: CallDynamo, table: Table): Promise<void> {
  await call('CreateTable', {
    TableName: table.name,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: table.keySchema,
    AttributeDefinitions: table.attributes,
    ...(table.indexes.length > 0 && { GlobalSecondaryIndexes: table.indexes }),
    ...(table.streamView && {
      StreamSpecification: { StreamEnabled: true, StreamViewType: table.streamView },
    }),
  });
}

async function bringUpToDate(
  call: CallDynamo,
  table: Table,
  { Table: existing }: Description,
): Promise<void> {
  const keys = (schema: { AttributeName: string }[]) =>
    schema.map(({ AttributeName }) => AttributeName).join(', ');
  if (keys(existing.KeySchema) !== keys(table.keySchema)) {
    throw new Error(
      `The table ${table.name} in the data folder has the keys ${keys(existing.KeySchema)}; the template wants ` +
        `${keys(table.keySchema)}. Keys cannot be changed: start with another FOLKMOOT_DATA.`,
    );
  }
  const present = new Set((existing.GlobalSecondaryIndexes ?? []).map(({ IndexName }) => IndexName));
  for (const index of table.indexes.filter(({ IndexName }) => !present.has(IndexName))) {
    await call('UpdateTable', {
      TableName: table.name,
      AttributeDefinitions: table.attributes,
      GlobalSecondaryIndexUpdates: [{ Create: index }],
    });
  }
  if (table.streamView && !existing.LatestStreamArn) {
    const StreamSpecification = { StreamEnabled: true, StreamViewType: table.streamView };
    await call('UpdateTable', { TableName: table.name, StreamSpecification });
  }
}

async function setExpiry(call: CallDynamo, { name, expiryAttribute }: Table): Promise<void> {
  if (!expiryAttribute) return;
  try {
    await call('UpdateTimeToLive', {
      TableName: name,
      TimeToLiveSpecification: { Enabled: true, AttributeName: expiryAttribute },
    });
  } catch (error) {
    if (!(error instanceof DynamoError && /already enabled/i.test(error.message))) throw error;
  }
}
