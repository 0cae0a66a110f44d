import { expect, test } from 'vitest';
import type { CallDynamo } from '#infra/local/tables/call-dynamodb.ts';
import { startExpiry } from '#infra/local/tables/sweep-expired.ts';

const table = {
  name: 'table',
  arn: '',
  keySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  attributes: [{ AttributeName: 'pk', AttributeType: 'S' }],
  indexes: [],
  streamView: undefined,
  expiryAttribute: 'expiresAt',
  encryptionKey: undefined,
};

/** A table that tells of every sweep by what time it went. */
const open = () => {
  const clock = { now: Date.parse('2027-03-09T10:00:00Z') };
  const sweeps: string[] = [];
  const call: CallDynamo = async (operation, body) => {
    const { ExpressionAttributeValues: values } = body as {
      ExpressionAttributeValues: Record<string, { N: string }>;
    };
    const seconds = Number(values[':now']?.N);
    if (operation === 'Scan') sweeps.push(new Date(seconds * 1_000).toISOString().slice(11, 19));
    return { Items: [] } as never;
  };
  const sweeper = startExpiry(call, [table], () => new Date(clock.now));
  const pass = async (seconds: number) => {
    clock.now += seconds * 1_000;
    await sweeper.sweep();
  };
  return { sweeps, pass, close: sweeper.close };
};

test('what a step of the clock has expired goes at once, and after a short one within a minute', async () => {
  const { sweeps, pass, close } = open();
  for (const seconds of [0, 0, 59, 1, 30, 3_600]) await pass(seconds);
  expect(sweeps).toEqual(['10:00:00', '10:01:00', '11:01:30']);
  close();
});

test('after a step back it is swept again from there on', async () => {
  const { sweeps, pass, close } = open();
  for (const seconds of [0, -3_600, 59, 1, 7_200]) await pass(seconds);
  expect(sweeps).toEqual(['10:00:00', '09:01:00', '11:01:00']);
  close();
});
