import {
  type AttributeValue,
  BatchWriteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { DynamoDeliveries } from '#adapters/dynamo/deliveries.ts';
import { DynamoFacts } from '#adapters/dynamo/facts.ts';
import { DynamoOutbox } from '#adapters/dynamo/outbox.ts';
import { Table } from '#adapters/dynamo/table.ts';
import { aMail } from '#test/support/stores/records.ts';

const client = new DynamoDBClient({ region: 'eu-west-2' });
const dynamo = mockClient(client);
const table = new Table('folkmoot-test', client);
const facts = new DynamoFacts(table);
const outbox = new DynamoOutbox(table);

const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({
    message: 'Transaction cancelled',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

const post = () => facts.commit([outbox.toPost(aMail()), outbox.toPost(aMail())]);

beforeEach(() => {
  dynamo.reset();
});

describe('a commit', () => {
  test('is made again after a conflict, under the same token', async () => {
    dynamo
      .on(TransactWriteItemsCommand)
      .rejectsOnce(cancelled('None', 'TransactionConflict'))
      .rejectsOnce(cancelled('ThrottlingError', 'None'))
      .resolves({});
    expect(await post()).toEqual({ refused: null });
    const tokens = dynamo
      .commandCalls(TransactWriteItemsCommand)
      .map((call) => call.args[0].input.ClientRequestToken);
    expect(tokens).toHaveLength(3);
    expect(new Set(tokens).size).toBe(1);
  });

  test('does not take a refusal for the last word while there is a conflict', async () => {
    dynamo
      .on(TransactWriteItemsCommand)
      .rejectsOnce(cancelled('TransactionConflict', 'ConditionalCheckFailed'))
      .resolves({});
    expect(await post()).toEqual({ refused: null });
  });

  test('gives up after ten conflicts', async () => {
    dynamo.on(TransactWriteItemsCommand).rejects(cancelled('TransactionConflict', 'None'));
    await expect(post()).rejects.toThrow(TransactionCanceledException);
    expect(dynamo.commandCalls(TransactWriteItemsCommand).length).toBeLessThanOrEqual(10);
    expect(dynamo.commandCalls(TransactWriteItemsCommand).length).toBeGreaterThan(5);
  });

  test('is made once when it is refused, or when something else is wrong', async () => {
    dynamo.on(TransactWriteItemsCommand).rejectsOnce(cancelled('None', 'ConditionalCheckFailed'));
    expect(await post()).toEqual({ refused: 'already-there' });
    dynamo.on(TransactWriteItemsCommand).rejects(cancelled('None', 'ValidationError'));
    await expect(post()).rejects.toThrow(TransactionCanceledException);
    expect(dynamo.commandCalls(TransactWriteItemsCommand)).toHaveLength(2);
  });
});

test('items that a batch leaves over are stored with the next one', async () => {
  const items = Array.from({ length: 30 }, (_, number) => ({ pk: 'p', sk: String(number), entity: 'thing' }));
  const left = items.slice(3, 5).map((item) => ({ PutRequest: { Item: marshall(item) } }));
  dynamo
    .on(BatchWriteItemCommand)
    .resolvesOnce({ UnprocessedItems: { 'folkmoot-test': left } })
    .resolves({ UnprocessedItems: {} });
  const progress: number[] = [];
  await table.putAll(items, (stored) => progress.push(stored));
  const batches = dynamo.commandCalls(BatchWriteItemCommand).map((call) => call.args[0].input.RequestItems);
  expect(batches.map((request) => request?.['folkmoot-test']?.length)).toEqual([25, 2, 5]);
  expect(batches[1]?.['folkmoot-test']).toEqual(left);
  expect(progress).toEqual([25, 30]);
});

test('a claim whose answer was lost is still a claim', async () => {
  let claim: AttributeValue | undefined;
  dynamo.on(TransactWriteItemsCommand).callsFake(({ TransactItems }) => {
    // The first try has claimed the mail, and its token is forgotten: the second one meets that claim.
    claim = TransactItems[0].Update.ExpressionAttributeValues[':claim'];
    const CancellationReasons = [{ Code: 'ConditionalCheckFailed' }, { Code: 'None' }];
    throw new TransactionCanceledException({ message: 'failed', $metadata: {}, CancellationReasons });
  });
  dynamo.on(GetItemCommand).callsFake(() => ({ Item: { ...marshall({ delivery: 'handed' }), claim } }));
  const mail = { id: 'mail-1', recipient: 'key-1', essential: true };
  expect(await new DynamoDeliveries(table).claim(mail, '2026-11-23T09:30:00.000Z')).toBe('taken');
});
