/*
 * The fields of the operations on data. Others are left out before a call goes on: AWS ignores them, and what was
 * judged by one field must not be done by another.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB.html
 */

const placeholders = ['ExpressionAttributeNames', 'ExpressionAttributeValues'];
const measures = ['ReturnConsumedCapacity', 'ReturnItemCollectionMetrics'];
const oldConditions = ['Expected', 'ConditionalOperator'];
const onFailure = 'ReturnValuesOnConditionCheckFailure';
const writing = ['TableName', 'ConditionExpression', 'ReturnValues', onFailure, ...placeholders, ...measures];
const reading = [
  'TableName',
  'AttributesToGet',
  'ConsistentRead',
  'ProjectionExpression',
  'ReturnConsumedCapacity',
  ...placeholders,
];
const listing = [
  ...reading,
  'IndexName',
  'Select',
  'Limit',
  'ExclusiveStartKey',
  'FilterExpression',
  'ConditionalOperator',
];

/** By operation; undefined for those that are not about items. */
export const fieldsOf: Readonly<Record<string, readonly string[]>> = {
  GetItem: [...reading, 'Key'],
  PutItem: [...writing, ...oldConditions, 'Item'],
  UpdateItem: [...writing, ...oldConditions, 'Key', 'UpdateExpression', 'AttributeUpdates'],
  DeleteItem: [...writing, ...oldConditions, 'Key'],
  Query: [...listing, 'KeyConditionExpression', 'KeyConditions', 'QueryFilter', 'ScanIndexForward'],
  Scan: [...listing, 'ScanFilter', 'Segment', 'TotalSegments'],
  BatchGetItem: ['RequestItems', 'ReturnConsumedCapacity'],
  BatchWriteItem: ['RequestItems', ...measures],
  TransactGetItems: ['TransactItems', 'ReturnConsumedCapacity'],
  TransactWriteItems: ['TransactItems', 'ClientRequestToken', ...measures],
};

/** Of the parts of a transaction, by kind. */
export const fieldsOfPart: Readonly<Record<string, readonly string[]>> = {
  Get: ['TableName', 'Key', 'ProjectionExpression', 'ExpressionAttributeNames'],
  Put: ['TableName', 'Item', 'ConditionExpression', onFailure, ...placeholders],
  Update: ['TableName', 'Key', 'UpdateExpression', 'ConditionExpression', onFailure, ...placeholders],
  Delete: ['TableName', 'Key', 'ConditionExpression', onFailure, ...placeholders],
  ConditionCheck: ['TableName', 'Key', 'ConditionExpression', onFailure, ...placeholders],
};

/** Of what is asked of one table in a BatchGetItem. */
export const fieldsOfKeys: readonly string[] = [
  'Keys',
  'AttributesToGet',
  'ConsistentRead',
  'ProjectionExpression',
  'ExpressionAttributeNames',
];
