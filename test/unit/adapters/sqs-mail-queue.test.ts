import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { SqsMailQueue } from '#adapters/sqs/mail-queue.ts';

const client = new SQSClient({ region: 'eu-west-2' });
const sqs = mockClient(client);
const queue = new SqsMailQueue('https://queue.example/mail', client);
const mails = Array.from({ length: 23 }, (_, number) => ({
  id: `mail-${number}`,
  correlationId: `c-${number}`,
}));

const takeAllBut = (refused: readonly string[]) =>
  sqs
    .on(SendMessageBatchCommand)
    .callsFake(({ Entries = [] }: { Entries?: { Id: string; MessageBody: string }[] }) => {
      const isRefused = ({ MessageBody }: { MessageBody: string }) =>
        refused.includes(JSON.parse(MessageBody).id);
      return {
        Successful: Entries.filter((entry) => !isRefused(entry)).map(({ Id }) => ({ Id })),
        Failed: Entries.filter(isRefused).map(({ Id }) => ({
          Id,
          Code: 'InternalError',
          SenderFault: false,
        })),
      };
    });

beforeEach(() => {
  sqs.reset();
});

test('announces in batches of ten, with the id and the correlation of each mail and nothing else', async () => {
  takeAllBut([]);
  expect(await queue.announce(mails)).toEqual({ failed: [] });
  const batches = sqs.commandCalls(SendMessageBatchCommand).map((call) => call.args[0].input);
  expect(batches.map(({ Entries }) => Entries?.length)).toEqual([10, 10, 3]);
  expect(batches.every(({ QueueUrl }) => QueueUrl === 'https://queue.example/mail')).toBe(true);
  const bodies = batches
    .flatMap(({ Entries = [] }) => Entries)
    .map(({ MessageBody = '' }) => JSON.parse(MessageBody));
  expect(bodies).toEqual(mails);
});

test('names the mails that were not taken', async () => {
  takeAllBut(['mail-0', 'mail-9', 'mail-22']);
  expect(await queue.announce(mails)).toEqual({ failed: ['mail-0', 'mail-9', 'mail-22'] });
});

test('throws when the queue does not answer, and asks nothing of it without mails', async () => {
  sqs.on(SendMessageBatchCommand).rejects(new Error('no answer'));
  await expect(queue.announce(mails)).rejects.toThrow('no answer');
  sqs.reset();
  expect(await queue.announce([])).toEqual({ failed: [] });
  expect(sqs.calls()).toHaveLength(0);
});
