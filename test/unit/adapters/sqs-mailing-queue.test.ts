import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { SqsMailingQueue } from '#adapters/sqs/mailing-queue.ts';
import { aMailingStep } from '#test/support/stores/records.ts';

const client = new SQSClient({ region: 'eu-west-2' });
const sqs = mockClient(client);
const queue = new SqsMailingQueue('https://queue.example/mailings', client);
const steps = Array.from({ length: 12 }, (_, shard) => aMailingStep({ work: { kind: 'send', shard } }));

beforeEach(() => {
  sqs.reset();
  sqs.on(SendMessageBatchCommand).callsFake(({ Entries }: { Entries: { Id: string }[] }) => ({
    Successful: Entries.map(({ Id }) => ({ Id })),
  }));
});

test('announces steps in batches of ten, with what the workers need and nothing else', async () => {
  expect(await queue.announce(steps)).toEqual({ failed: [] });
  const calls = sqs.commandCalls(SendMessageBatchCommand).map((call) => call.args[0].input);
  expect(calls.map(({ Entries }) => Entries?.length)).toEqual([10, 2]);
  expect(calls.every(({ QueueUrl }) => QueueUrl === 'https://queue.example/mailings')).toBe(true);
  const bodies = calls.flatMap(({ Entries = [] }) => Entries).map(({ MessageBody = '' }) => MessageBody);
  expect(bodies.map((body) => JSON.parse(body))).toEqual(steps.map(({ postedAt: _, ...step }) => step));
});

test('names those that were not taken, by their ids', async () => {
  const [first, , third] = steps;
  sqs.on(SendMessageBatchCommand).callsFake(({ Entries }: { Entries: { Id: string }[] }) => ({
    Successful: Entries.filter((_, index) => index !== 0 && index !== 2).map(({ Id }) => ({ Id })),
  }));
  expect(await queue.announce(steps.slice(0, 5))).toEqual({ failed: [first?.id, third?.id] });
});

test('throws when the queue does not answer', async () => {
  sqs.on(SendMessageBatchCommand).rejects(new Error('no answer'));
  await expect(queue.announce(steps)).rejects.toThrow('no answer');
});
