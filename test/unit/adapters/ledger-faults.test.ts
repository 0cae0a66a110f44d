import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { DynamoLedger } from '#adapters/dynamo/ledger.ts';
import { Table } from '#adapters/dynamo/table.ts';
import type { Delivery } from '#domain/mailings/delivery.ts';
import { aRecipient } from '#test/support/stores/records.ts';

const AT = '2026-11-23T09:31:00.000Z';
const client = new DynamoDBClient({ region: 'eu-west-2' });
const dynamo = mockClient(client);
const recipient = aRecipient();
const row: Delivery = {
  ...recipient,
  ...{ id: `m-1.${recipient.key}`, mailing: 'm-1', state: 'waiting', since: AT },
};
const terms = { at: AT, week: '2026-11-23', weeklyCap: 3, staleBefore: '2026-11-23T09:29:00.000Z' };

let ledger: DynamoLedger;
beforeEach(() => {
  dynamo.reset();
  dynamo.on(TransactWriteItemsCommand).resolves({});
  ledger = new DynamoLedger(new Table('folkmoot-test', client), () => 0);
});

/** Claims the row; answers with the name under which this process has it. */
const claim = async (): Promise<string> => {
  expect(await ledger.claim(row, terms)).toBe('taken');
  const [call] = dynamo.commandCalls(TransactWriteItemsCommand);
  const values = call?.args[0].input.TransactItems?.[0]?.Update?.ExpressionAttributeValues ?? {};
  return String(unmarshall(values)[':claim']);
};

const refuse = (item: object | null) =>
  dynamo.on(UpdateItemCommand).rejects(
    new ConditionalCheckFailedException({
      message: 'The conditional request failed',
      $metadata: {},
      ...(item ? { Item: marshall(item) } : {}),
    }),
  );

describe('handing over', () => {
  test('is known again when only the answer to it was lost', async () => {
    const mine = await claim();
    refuse({ delivery: 'handed', claim: mine, attempt: 1 });
    expect(await ledger.hand(row.id, 1, AT)).toBe(true);
  });

  test.each([
    ['somebody else has done it', (_: string) => ({ delivery: 'handed', claim: 'other', attempt: 1 })],
    ['it was another attempt', (mine: string) => ({ delivery: 'handed', claim: mine, attempt: 2 })],
    ['it was closed since', (mine: string) => ({ delivery: 'accepted', claim: mine, attempt: 1 })],
    ['it is claimed only', (mine: string) => ({ delivery: 'claimed', claim: mine, attempt: 1 })],
    ['nobody has claimed it', () => ({ delivery: 'waiting' })],
    ['there is no such row', () => null],
  ])('is not taken for this worker’s own when %s', async (_, describeRow) => {
    refuse(describeRow(await claim()));
    expect(await ledger.hand(row.id, 1, AT)).toBe(false);
  });

  test('throws what is no refusal, and so does taking back', async () => {
    await claim();
    dynamo.on(UpdateItemCommand).rejects(new Error('no answer'));
    await expect(ledger.hand(row.id, 1, AT)).rejects.toThrow('no answer');
    await expect(ledger.takeBack(row.id, 1, AT)).rejects.toThrow('no answer');
    refuse(null);
    await ledger.takeBack(row.id, 1, AT);
  });
});

describe('a claim', () => {
  test('throws what is no refusal', async () => {
    dynamo.on(TransactWriteItemsCommand).rejects(new Error('no answer'));
    await expect(ledger.claim(row, terms)).rejects.toThrow('no answer');
    await expect(ledger.settle(row.id, 'accepted', AT, 'service-1')).rejects.toThrow('no answer');
  });

  test('is made again under the same token after a conflict, so that no week is counted twice', async () => {
    const conflict = new TransactionCanceledException({
      message: 'Transaction cancelled',
      $metadata: {},
      CancellationReasons: [{ Code: 'None' }, { Code: 'None' }, { Code: 'TransactionConflict' }],
    });
    dynamo.on(TransactWriteItemsCommand).rejectsOnce(conflict).resolves({});
    expect(await ledger.claim(row, terms)).toBe('taken');
    const tokens = dynamo
      .commandCalls(TransactWriteItemsCommand)
      .map((call) => call.args[0].input.ClientRequestToken);
    expect(tokens).toHaveLength(2);
    expect(new Set(tokens).size).toBe(1);
  });
});
