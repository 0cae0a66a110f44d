import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dynamoDbProtocol } from '#infra/local/gate/dynamodb-protocol.ts';
import type { EngineError } from '#infra/local/gate/engine-error.ts';
import type { EngineCall } from '#infra/local/gate/protocol.ts';

const table = 'arn:aws:dynamodb:eu-west-2:000000000000:table/T';
const protocol = dynamoDbProtocol({
  // As in AWS, an ARN may stand where a name is expected.
  tableArn: (name) => (name.startsWith('arn:') ? name : table.replace(/T$/, name)),
  partitionKeyOf: (_table, index) => `${index}pk`,
  streamArn: (own) => own.replace('ddblocal', 'eu-west-2'),
});

const describeCall = (operation: string, body: object | string, api = 'DynamoDB'): EngineCall =>
  protocol.describe({
    headers: { 'x-amz-target': `${api}_20120810.${operation}` },
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  }) as EngineCall;

const needs = (operation: string, body: object, api?: string) =>
  describeCall(operation, body, api).accesses.map(({ action, resource, context }) => [
    action,
    resource,
    context?.['dynamodb:LeadingKeys'] ?? [],
  ]);

const key = (pk: string) => ({ pk: { S: pk }, sk: { S: '1' } });

describe('what an operation on DynamoDB has to be allowed', () => {
  it.each([
    ['PutItem', { TableName: 'T', Item: key('AREA#1') }, 'dynamodb:PutItem', table, ['AREA#1']],
    ['GetItem', { TableName: 'T', Key: key('AREA#1') }, 'dynamodb:GetItem', table, ['AREA#1']],
    ['GetItem', { TableName: table, Key: key('AREA#1') }, 'dynamodb:GetItem', table, ['AREA#1']],
    [
      'Query',
      {
        TableName: 'T',
        KeyConditionExpression: '#k = :k AND begins_with(sk, :s)',
        ExpressionAttributeNames: { '#k': 'pk' },
        ExpressionAttributeValues: { ':k': { S: 'AREA#1' }, ':s': { S: 'x' } },
      },
      'dynamodb:Query',
      table,
      ['AREA#1'],
    ],
    [
      'Query',
      {
        TableName: 'T',
        IndexName: 'gsi1',
        KeyConditionExpression: 'gsi1sk < :s and gsi1pk = :k',
        ExpressionAttributeValues: { ':k': { S: 'INBOX#1' }, ':s': { S: 'x' } },
      },
      'dynamodb:Query',
      `${table}/index/gsi1`,
      ['INBOX#1'],
    ],
    ['Scan', { TableName: 'T' }, 'dynamodb:Scan', table, []],
    ['ListTables', {}, 'dynamodb:ListTables', '*', []],
    ['DeleteTable', { TableName: 'T' }, 'dynamodb:DeleteTable', table, []],
  ])('%s', (operation, body, action, resource, leadingKeys) => {
    expect(needs(operation, body)).toEqual([[action, resource, leadingKeys]]);
  });

  it('a transaction needs what its parts need, and nothing of its own', () => {
    const TransactItems = [
      { Put: { TableName: 'T', Item: key('a') } },
      { Update: { TableName: 'T', Key: key('b') } },
      { Delete: { TableName: 'T', Key: key('c') } },
      { ConditionCheck: { TableName: 'T', Key: key('d') } },
    ];
    expect(needs('TransactWriteItems', { TransactItems })).toEqual([
      ['dynamodb:PutItem', table, ['a']],
      ['dynamodb:UpdateItem', table, ['b']],
      ['dynamodb:DeleteItem', table, ['c']],
      ['dynamodb:ConditionCheckItem', table, ['d']],
    ]);
    expect(
      needs('TransactGetItems', { TransactItems: [{ Get: { TableName: 'T', Key: key('e') } }] }),
    ).toEqual([['dynamodb:GetItem', table, ['e']]]);
  });

  it('a batch needs its own permission for every table', () => {
    const RequestItems = {
      T: [{ PutRequest: { Item: key('a') } }, { DeleteRequest: { Key: key('b') } }],
      U: [{ PutRequest: { Item: key('c') } }],
    };
    expect(needs('BatchWriteItem', { RequestItems })).toEqual([
      ['dynamodb:BatchWriteItem', table, ['a', 'b']],
      ['dynamodb:BatchWriteItem', table.replace(/T$/, 'U'), ['c']],
    ]);
    expect(needs('BatchGetItem', { RequestItems: { T: { Keys: [key('a')] } } })).toEqual([
      ['dynamodb:BatchGetItem', table, ['a']],
    ]);
  });

  it.each([
    [
      'a part that is a list',
      'TransactWriteItems',
      { TransactItems: [[{ TableName: 'T', Item: key('a') }]] },
    ],
    ['a deed that is a list', 'TransactWriteItems', { TransactItems: [{ Put: ['T', key('a')] }] }],
    ['a deed that does not exist', 'TransactWriteItems', { TransactItems: [{ Smash: { TableName: 'T' } }] }],
    ['parts that are no list', 'TransactGetItems', { TransactItems: { Get: {} } }],
    ['a write that is a list', 'BatchWriteItem', { RequestItems: { T: [[{ Item: key('a') }]] } }],
    ['writes that are no list', 'BatchWriteItem', { RequestItems: { T: { PutRequest: {} } } }],
    ['reads that are a list', 'BatchGetItem', { RequestItems: { T: [[key('a')]] } }],
    ['tables that are a list', 'BatchGetItem', { RequestItems: [['T', {}]] }],
  ])('%s is refused: the database would take it', (_, operation, body) => {
    expect(() => describeCall(operation, body)).toThrow(/has not the form that is expected/);
  });

  it.each([
    ['PutItem', { TableName: 'T', Key: key('decoy'), Item: key('real') }],
    ['GetItem', { TableName: 'T', Item: key('decoy'), Key: key('real') }],
    [
      'Query',
      {
        TableName: 'T',
        Key: key('decoy'),
        KeyConditionExpression: 'pk = :p',
        ExpressionAttributeValues: { ':p': { S: 'real' } },
      },
    ],
    [
      'Query',
      {
        TableName: 'T',
        KeyConditionExpression: 'gsi1pk = :d AND pk = :p',
        ExpressionAttributeValues: { ':p': { S: 'real' }, ':d': { S: 'decoy' } },
      },
    ],
    [
      'Query',
      {
        TableName: 'T',
        KeyConditions: { pk: { ComparisonOperator: 'EQ', AttributeValueList: [{ S: 'real' }] } },
      },
    ],
    [
      'TransactWriteItems',
      { TransactItems: [{ Put: { TableName: 'T', Key: key('decoy'), Item: key('real') } }] },
    ],
    ['BatchWriteItem', { RequestItems: { T: [{ PutRequest: { Key: key('decoy'), Item: key('real') } }] } }],
  ])('%s is judged by the key that the database goes by', (operation, body) => {
    expect(needs(operation, body)[0]?.[2]).toEqual(['real']);
  });

  const anyJson = fc.jsonValue({ maxDepth: 4 });
  const field = fc.constantFrom(
    'TableName',
    'Key',
    'Item',
    'TransactItems',
    'RequestItems',
    'Put',
    'Get',
    'T',
    'pk',
  );
  const anyBody = fc.dictionary(
    field,
    fc.oneof(anyJson, fc.dictionary(field, anyJson), fc.array(fc.dictionary(field, anyJson))),
  );

  it.each(['TransactWriteItems', 'TransactGetItems', 'BatchWriteItem', 'BatchGetItem'])(
    '%s goes on with nothing but what was judged, whatever comes',
    (operation) => {
      fc.assert(
        fc.property(anyBody, (body) => {
          let call: EngineCall;
          try {
            call = describeCall(operation, body);
          } catch (error) {
            expect((error as EngineError).code).toBe('SerializationException');
            return;
          }
          const onward = JSON.parse(call.body?.toString() ?? '') as {
            TransactItems?: object[];
            RequestItems?: object;
          };
          const parts = (onward.TransactItems ?? []).flatMap((item) => Object.keys(item));
          const tables = Object.keys(onward.RequestItems ?? {});
          expect(call.accesses).toHaveLength(parts.length + tables.length);
        }),
      );
    },
  );

  it('fields that AWS does not know do not go on', () => {
    const body = { TableName: 'T', Item: key('a'), Key: key('b'), __proto__: { x: 1 }, Smash: true };
    const onward = JSON.parse(describeCall('PutItem', body).body?.toString() ?? '');
    expect(onward).toEqual({ TableName: 'T', Item: key('a') });
  });

  it('records of a stream are those of the table whose iterator it is, whatever else is said', () => {
    const iterator = Buffer.from(JSON.stringify({ table_name: 'T', shard_id: 's' })).toString('base64');
    const body = { ShardIterator: iterator, StreamArn: 'arn:aws:dynamodb:ddblocal:0:table/Other/stream/1' };
    expect(needs('GetRecords', body, 'DynamoDBStreams')[0]?.[1]).toBe('x:table/T/stream/x');
    expect(needs('GetRecords', { ShardIterator: 'opaque' }, 'DynamoDBStreams')[0]?.[1]).toBe('*');
  });

  it('reading a stream is about the stream', () => {
    const StreamArn = 'arn:aws:dynamodb:ddblocal:000000000000:table/T/stream/1';
    expect(needs('DescribeStream', { StreamArn }, 'DynamoDBStreams')).toEqual([
      ['dynamodb:DescribeStream', 'arn:aws:dynamodb:eu-west-2:000000000000:table/T/stream/1', []],
    ]);
  });

  it.each([
    ['an operation that does not exist', 'Explode it', '{}', 'UnknownOperationException'],
    ['a body that is not JSON', 'PutItem', 'no', 'SerializationException'],
    ['a body that is no object', 'PutItem', '[]', 'SerializationException'],
  ])('%s is refused', (_, operation, body, code) => {
    const attempt = (): EngineError => {
      try {
        describeCall(operation, body);
      } catch (error) {
        return error as EngineError;
      }
      throw new Error('It was accepted.');
    };
    expect(attempt().code).toBe(code);
  });

  it('a refusal has the form in which the SDK knows it', () => {
    const { status, body } = protocol.answerError(
      {
        ...new Error('no'),
        name: 'EngineError',
        message: 'User: x is not authorized',
        ...protocol.denied,
      },
      {},
    );
    expect(status).toBe(400);
    expect(JSON.parse(body)).toEqual({
      __type: 'com.amazon.coral.service#AccessDeniedException',
      message: 'User: x is not authorized',
    });
  });
});
