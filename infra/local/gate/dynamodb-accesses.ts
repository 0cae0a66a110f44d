import type { Access } from '../permissions/access.ts';
import { isObject, objectsIn, textOf } from './json-body.ts';

export interface TableArns {
  tableArn(name: string): string;
  /** What the partition key of a table, or of its index, is called. */
  partitionKeyOf(table: string, index: string): string;
  /** Of streams, as the database itself calls them. */
  streamArn(ownArn: string): string;
}

type Body = Record<string, unknown>;

/** An operation on one table, or on one of its indexes. */
export function describeOne(body: Body, operation: string, arns: TableArns): Access[] {
  const action = `dynamodb:${operation}`;
  const table = textOf(body, 'TableName');
  if (!table) return [{ action, resource: '*' }];
  const index = textOf(body, 'IndexName');
  const tableArn = arns.tableArn(table);
  const resource = index ? `${tableArn}/index/${index}` : tableArn;
  const leadingKeys = keysOf(operation, body, arns.partitionKeyOf(table, index));
  return [{ action, resource, context: { ...leading(leadingKeys), ...parametersOf(operation, body) } }];
}

/** A batch needs its own permission, once for each table. */
export function describeBatch(body: Body, operation: string, arns: TableArns): Access[] {
  const tables = isObject(body.RequestItems) ? Object.entries(body.RequestItems) : [];
  return tables.map(([table, request]) => ({
    action: `dynamodb:${operation}`,
    resource: arns.tableArn(table),
    context: leading(keysInBatch(request, arns.partitionKeyOf(table, ''))),
  }));
}

/** The parts of a transaction are permitted as if each were a request of its own. */
const partActions: Record<string, string> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
};

/**
 * Developer guide, "DynamoDB transactions: how it works", IAM: there is no permission for a transaction as such.
 */
export function describeTransaction(body: Body, _operation: string, arns: TableArns): Access[] {
  return objectsIn(body.TransactItems).flatMap((item) =>
    Object.entries(item).flatMap(([kind, part]) => {
      const action = partActions[kind];
      if (!action || !isObject(part)) return [];
      const table = textOf(part, 'TableName');
      const leadingKeys = keysOf(action, part, arns.partitionKeyOf(table, ''));
      return [
        { action: `dynamodb:${action}`, resource: arns.tableArn(table), context: leading(leadingKeys) },
      ];
    }),
  );
}

/** Reading a stream is about the stream that is named, or the one whose iterator it is. */
export function describeStreamRead(body: Body, operation: string, arns: TableArns): Access[] {
  const action = `dynamodb:${operation}`;
  if (operation === 'GetRecords') {
    const table = tableOfIterator(textOf(body, 'ShardIterator'));
    return [{ action, resource: table ? arns.streamArn(`x:table/${table}/stream/x`) : '*' }];
  }
  const arn = textOf(body, 'StreamArn');
  return [{ action, resource: arn ? arns.streamArn(arn) : '*' }];
}

/** A list of streams is about those of one table, or of all. */
export function describeStreamList(body: Body, operation: string, arns: TableArns): Access[] {
  const table = textOf(body, 'TableName');
  const resource = table ? arns.streamArn(`x:table/${table}/stream/x`) : '*';
  return [{ action: `dynamodb:${operation}`, resource }];
}

/** An iterator is opaque to its holder; that of our database is JSON with the table's name in it. */
function tableOfIterator(iterator: string): string | undefined {
  try {
    const content: unknown = JSON.parse(Buffer.from(iterator, 'base64').toString('utf8'));
    return isObject(content) ? textOf(content, 'table_name') || undefined : undefined;
  } catch {
    return undefined;
  }
}

const leading = (keys: string[]): Record<string, string[]> =>
  keys.length > 0 ? { 'dynamodb:LeadingKeys': keys } : {};

/** The condition keys for parameters, where the operation has them. */
function parametersOf(operation: string, body: Body): Record<string, string[]> {
  const returned = ['PutItem', 'UpdateItem', 'DeleteItem'].includes(operation);
  const select = textOf(body, 'Select');
  return {
    ...(returned && { 'dynamodb:ReturnValues': [textOf(body, 'ReturnValues') || 'NONE'] }),
    'dynamodb:ReturnConsumedCapacity': [textOf(body, 'ReturnConsumedCapacity') || 'NONE'],
    ...(select && { 'dynamodb:Select': [select] }),
  };
}

/** The partition keys that an operation is about: each has them in a place of its own. */
function keysOf(operation: string, body: Body, partitionKey: string): string[] {
  if (operation === 'PutItem') return keyIn(body.Item, partitionKey);
  if (operation === 'Query') return keyOfCondition(body, partitionKey);
  return keyIn(body.Key, partitionKey);
}

function keyIn(item: unknown, partitionKey: string): string[] {
  return isObject(item) ? textIn(item[partitionKey]) : [];
}

const textIn = (value: unknown): string[] =>
  isObject(value) && typeof value.S === 'string' ? [value.S] : [];

/** `pk = :pk`, `#0 = :0 AND begins_with(#1, :1)`, or the older KeyConditions. */
function keyOfCondition(body: Body, partitionKey: string): string[] {
  if (isObject(body.KeyConditions)) {
    const condition = body.KeyConditions[partitionKey];
    const values = isObject(condition) ? condition.AttributeValueList : undefined;
    return Array.isArray(values) ? values.flatMap(textIn) : [];
  }
  const condition = textOf(body, 'KeyConditionExpression');
  const names = isObject(body.ExpressionAttributeNames) ? body.ExpressionAttributeNames : {};
  const values = isObject(body.ExpressionAttributeValues) ? body.ExpressionAttributeValues : {};
  return [...condition.matchAll(/([#\w.-]+)\s*=\s*(:\w+)/g)].flatMap(([, name = '', value = '']) => {
    const attribute = name.startsWith('#') ? String(names[name]) : name;
    return attribute === partitionKey ? textIn(values[value]) : [];
  });
}

function keysInBatch(request: unknown, partitionKey: string): string[] {
  const reads = isObject(request) ? objectsIn(request.Keys) : [];
  const writes = objectsIn(request).flatMap(({ PutRequest, DeleteRequest }) => [
    ...(isObject(PutRequest) ? [PutRequest.Item] : []),
    ...(isObject(DeleteRequest) ? [DeleteRequest.Key] : []),
  ]);
  return [...reads, ...writes].flatMap((item) => keyIn(item, partitionKey));
}
