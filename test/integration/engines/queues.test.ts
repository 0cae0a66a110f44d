import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type QueueMessage, startQueues } from '#infra/local/queues.ts';
import { TestClock } from './support/clock.ts';
import { dataFolder } from './support/data-folder.ts';
import { hostEngine } from './support/host-engine.ts';
import { queueOptions } from './support/queue-options.ts';

function client(endpoint: string): SQSClient {
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'operator-secret' };
  const sqs = new SQSClient({ endpoint, region: 'eu-west-2', credentials, maxAttempts: 1 });
  onTestFinished(() => sqs.destroy());
  return sqs;
}

async function start(dataDir?: string, clock = new TestClock('2027-03-28T00:30:00Z')) {
  const queues = await startQueues(
    queueOptions({ dataDir: dataDir ?? (await dataFolder()), now: clock.now }),
  );
  onTestFinished(() => queues.close());
  const sqs = client(queues.endpoint);
  const QueueUrl = queues.urlOf('work');
  const receive = async (more: Partial<ReceiveMessageCommandInput> = {}) =>
    (await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...more }))).Messages ??
    [];
  return { queues, sqs, clock, QueueUrl, receive };
}

const bodies = (messages: { Body?: string | undefined }[]) => messages.map(({ Body }) => Body);
const handles = (messages: QueueMessage[]) => messages.map(({ receiptHandle }) => receiptHandle);

test('sends, receives, hides and deletes; the SDK finds every digest right', async () => {
  const { sqs, QueueUrl, receive, queues, clock } = await start();
  const MessageAttributes = {
    correlation: { DataType: 'String', StringValue: 'ä✓' },
    raw: { DataType: 'Binary', BinaryValue: Buffer.from([0, 255]) },
    count: { DataType: 'Number', StringValue: '7' },
  };
  const sent = await sqs.send(
    new SendMessageCommand({ QueueUrl, MessageBody: 'Grüße <&> 😀', MessageAttributes }),
  );
  const [message] = await receive({ MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] });
  expect(message).toMatchObject({
    ...{ Body: 'Grüße <&> 😀', MessageId: sent.MessageId },
    MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
    Attributes: { ApproximateReceiveCount: '1', SentTimestamp: String(clock.now().getTime()) },
  });
  expect(Buffer.from(message?.MessageAttributes?.raw?.BinaryValue ?? [])).toEqual(Buffer.from([0, 255]));
  expect(await receive()).toEqual([]);
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }));
  clock.advance(31);
  expect(await receive()).toEqual([]);
  expect(queues.counts('work')).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
});

test('shows a message again when its time is up, and an older handle no longer deletes it', async () => {
  const { sqs, QueueUrl, receive, clock } = await start();
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'again' }));
  const [first] = await receive();
  clock.advance(30);
  const [second] = await receive();
  expect(second?.MessageId).toBe(first?.MessageId);
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle }));
  clock.advance(30);
  expect(bodies(await receive())).toEqual(['again']);
});

test('changes the visibility, also to 0, and only of what is in flight', async () => {
  const { sqs, QueueUrl, receive, clock } = await start();
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }));
  const change = (ReceiptHandle: string | undefined, VisibilityTimeout: number) =>
    sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }));
  const [first] = await receive();
  await change(first?.ReceiptHandle, 0);
  const [second] = await receive();
  expect(second?.Body).toBe('x');
  await change(second?.ReceiptHandle, 120);
  clock.advance(119);
  expect(await receive()).toEqual([]);
  clock.advance(1);
  await expect(change(second?.ReceiptHandle, 1)).rejects.toMatchObject({ name: 'MessageNotInflight' });
  await expect(change('nonsense', 1)).rejects.toMatchObject({ name: 'ReceiptHandleIsInvalid' });
});

test('gives a message up to the dead-letter queue after the third receive, and leaves its neighbour', async () => {
  const { sqs, QueueUrl, receive, clock, queues } = await start();
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'poison' }));
  for (let i = 0; i < 3; i++) {
    expect(bodies(await receive())).toEqual(['poison']);
    clock.advance(30);
  }
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'neighbour' }));
  const woken = vi.fn();
  queues.onMessage('dead', woken);
  expect(bodies(await receive())).toEqual(['neighbour']);
  expect(woken).toHaveBeenCalled();
  const [dead] = queues.receive('dead', 10);
  expect(dead).toMatchObject({
    body: 'poison',
    attributes: { DeadLetterQueueSourceArn: 'arn:aws:sqs:eu-west-2:000000000000:work' },
  });
});

test('delays, expires and counts by the given clock', async () => {
  const { sqs, QueueUrl, receive, clock, queues } = await start();
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'later', DelaySeconds: 60 }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'now' }));
  expect(bodies(await receive())).toEqual(['now']);
  expect(queues.counts('work')).toEqual({ visible: 0, inFlight: 1, delayed: 1 });
  const AttributeNames = ['All'] as const;
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...AttributeNames] }),
  );
  expect(Attributes).toMatchObject({
    ...{ ApproximateNumberOfMessagesNotVisible: '1', ApproximateNumberOfMessagesDelayed: '1' },
    QueueArn: 'arn:aws:sqs:eu-west-2:000000000000:work',
    RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:eu-west-2:000000000000:dead","maxReceiveCount":3}',
  });
  clock.advance(60);
  expect(bodies(await receive())).toEqual(expect.arrayContaining(['later']));
  clock.advance(345_600);
  expect(await receive()).toEqual([]);
  expect(queues.counts('work')).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
});

test('does not lose sight of a message when the clock goes back', async () => {
  const { queues, sqs, QueueUrl, clock } = await start();
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'in flight' }));
  expect(queues.receive('work', 1)).toHaveLength(1);
  clock.advance(-365 * 86_400);
  expect(queues.receive('work', 1)).toEqual([]);
  clock.advance(30);
  expect(queues.receive('work', 1)).toHaveLength(1);
});

test('long polling answers when a message comes, and not before its time otherwise', async () => {
  const { sqs, QueueUrl, receive } = await start();
  const waiting = receive({ WaitTimeSeconds: 20 });
  await new Promise((resolve) => setTimeout(resolve, 100));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'awaited' }));
  expect(bodies(await waiting)).toEqual(['awaited']);
  const began = performance.now();
  expect(await receive({ WaitTimeSeconds: 1 })).toEqual([]);
  expect(performance.now() - began).toBeGreaterThan(950);
});

test('a caller who hung up while polling takes no message', async () => {
  const { sqs, QueueUrl, receive } = await start();
  const abort = new AbortController();
  const poll = new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 });
  const gone = sqs.send(poll, { abortSignal: abort.signal });
  setTimeout(() => abort.abort(), 100);
  await expect(gone).rejects.toThrow();
  await new Promise((resolve) => setTimeout(resolve, 50));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'kept' }));
  expect(bodies(await receive())).toEqual(['kept']);
});

test('batches: what is refused leaves its neighbours alone', async () => {
  const { sqs, QueueUrl, receive } = await start();
  const send = (Entries: { Id: string; MessageBody: string }[]) =>
    sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  const sent = await send([
    { Id: 'a', MessageBody: 'good' },
    { Id: 'b', MessageBody: 'NUL \u0000' },
    { Id: 'c', MessageBody: 'also good' },
  ]);
  expect(sent.Successful?.map(({ Id }) => Id)).toEqual(['a', 'c']);
  expect(sent.Failed).toMatchObject([{ Id: 'b', Code: 'InvalidMessageContents', SenderFault: true }]);
  const got = await receive();
  expect(bodies(got).sort()).toEqual(['also good', 'good']);
  const removed = await sqs.send(
    new DeleteMessageBatchCommand({
      QueueUrl,
      Entries: [
        { Id: '1', ReceiptHandle: got[0]?.ReceiptHandle },
        { Id: '2', ReceiptHandle: 'nonsense' },
      ],
    }),
  );
  expect(removed.Successful).toEqual([{ Id: '1' }]);
  expect(removed.Failed).toMatchObject([{ Id: '2', Code: 'ReceiptHandleIsInvalid' }]);
  const same = [
    { Id: 'a', MessageBody: 'x' },
    { Id: 'a', MessageBody: 'y' },
  ];
  await expect(send(same)).rejects.toMatchObject({ name: 'BatchEntryIdsNotDistinct' });
  await expect(send([])).rejects.toMatchObject({ name: 'EmptyBatchRequest' });
  const eleven = Array.from({ length: 11 }, (_, i) => ({ Id: `${i}`, MessageBody: 'x' }));
  await expect(send(eleven)).rejects.toMatchObject({ name: 'TooManyEntriesInBatchRequest' });
  const large = [0, 1].map((i) => ({ Id: `${i}`, MessageBody: 'x'.repeat(600_000) }));
  await expect(send(large)).rejects.toMatchObject({ name: 'BatchRequestTooLong' });
});

test('takes 1 MiB and refuses a byte more, forbidden characters, unknown queues and actions', async () => {
  const { sqs, QueueUrl, receive } = await start();
  const send = (MessageBody: string) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  await send('x'.repeat(1_048_576));
  expect((await receive())[0]?.Body).toHaveLength(1_048_576);
  await expect(send('x'.repeat(1_048_577))).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  await expect(send('')).rejects.toMatchObject({ name: 'MissingParameter' });
  await expect(send('lone \ud800 surrogate')).rejects.toThrow();
  await expect(send('\u0001')).rejects.toMatchObject({ name: 'InvalidMessageContents' });
  await expect(receive({ MaxNumberOfMessages: 11 })).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  await expect(sqs.send(new GetQueueUrlCommand({ QueueName: 'none' }))).rejects.toMatchObject({
    name: 'QueueDoesNotExist',
  });
  const create = new CreateQueueCommand({ QueueName: 'another' });
  await expect(sqs.send(create)).rejects.toMatchObject({ name: 'UnsupportedOperation' });
});

test('finds, lists and purges queues', async () => {
  const { sqs, QueueUrl, queues } = await start();
  expect((await sqs.send(new GetQueueUrlCommand({ QueueName: 'work' }))).QueueUrl).toBe(QueueUrl);
  expect(QueueUrl).toBe(`${queues.endpoint}/000000000000/work`);
  expect((await sqs.send(new ListQueuesCommand({}))).QueueUrls).toHaveLength(2);
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }));
  await sqs.send(new PurgeQueueCommand({ QueueUrl }));
  expect(queues.counts('work')).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
});

test('from within: Lambda records, wake-up, release and removal', async () => {
  const { queues, sqs, QueueUrl, clock } = await start();
  const woken = vi.fn();
  const end = queues.onMessage('work', woken);
  const MessageAttributes = { correlation: { DataType: 'String', StringValue: 'c-1' } };
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'one', MessageAttributes }));
  expect(woken).toHaveBeenCalledTimes(1);
  const first = queues.receive('work', 10);
  expect(first).toMatchObject([
    {
      body: 'one',
      attributes: { ApproximateReceiveCount: '1' },
      messageAttributes: { correlation: { dataType: 'String', stringValue: 'c-1' } },
    },
  ]);
  queues.release('work', handles(first));
  expect(woken).toHaveBeenCalledTimes(2);
  queues.receive('work', 10);
  clock.advance(30);
  await vi.waitFor(() => expect(woken).toHaveBeenCalledTimes(3), { timeout: 30_000 });
  end();
  const third = queues.receive('work', 10);
  expect(third[0]?.attributes.ApproximateReceiveCount).toBe('3');
  queues.remove('work', handles(third));
  expect(queues.counts('work')).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
});

test('keeps messages over a restart; what a dead function held is visible again, the rest stays hidden', async () => {
  const dataDir = await dataFolder();
  const first = await start(dataDir);
  for (const MessageBody of ['held', 'hidden', 'waiting']) {
    await first.sqs.send(new SendMessageCommand({ QueueUrl: first.QueueUrl, MessageBody }));
  }
  expect(first.queues.receive('work', 1)).toMatchObject([{ body: 'held' }]);
  expect(bodies(await first.receive({ MaxNumberOfMessages: 1 }))).toEqual(['hidden']);
  await first.queues.close();
  const second = await start(dataDir, first.clock);
  expect(bodies(await second.receive()).sort()).toEqual(['held', 'waiting']);
});

test('loses no acknowledged message to SIGKILL', async () => {
  const dataDir = await dataFolder();
  const hosted = await hostEngine('queues', dataDir);
  const sqs = client(hosted.endpoint);
  const QueueUrl = `${hosted.endpoint}/000000000000/work`;
  const acknowledged: string[] = [];
  const sendUntilKilled = async (_: unknown, sender: number) => {
    for (let i = 0; ; i++) {
      const MessageBody = `${sender}-${i}`;
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
      acknowledged.push(MessageBody);
      if (acknowledged.length === 200) void hosted.kill();
    }
  };
  await Promise.allSettled(Array.from({ length: 8 }, sendUntilKilled));
  const { queues } = await start(dataDir);
  const kept: string[] = [];
  for (;;) {
    const messages = queues.receive('work', 10);
    if (messages.length === 0) break;
    kept.push(...messages.map(({ body }) => body));
    queues.remove('work', handles(messages));
  }
  expect(acknowledged.length).toBeGreaterThanOrEqual(200);
  expect(kept).toEqual(expect.arrayContaining(acknowledged));
  expect(new Set(kept).size).toBe(kept.length);
});
