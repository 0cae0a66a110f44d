import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { MemoryMailQueue } from '#adapters/memory/mail-queue.ts';
import { connect } from '#adapters/sqs/announce.ts';
import { SqsMailQueue } from '#adapters/sqs/mail-queue.ts';
import type { MailAnnounced, MailQueue } from '#domain/mailings/ports.ts';
import { startQueues } from '#infra/local/queues.ts';

interface Opened {
  readonly queue: MailQueue;
  readonly announced: () => MailAnnounced[];
}

const openSqs = async (): Promise<Opened> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'folkmoot-contract-'));
  const settings = { name: 'mail', visibilityTimeoutSeconds: 30, retentionSeconds: 3_600, delaySeconds: 0 };
  const engine = await startQueues({
    dataDir,
    region: 'eu-west-2',
    accountId: '000000000000',
    now: () => new Date(),
    queues: [settings],
  });
  const client = connect({
    endpoint: engine.endpoint,
    region: 'eu-west-2',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  onTestFinished(async () => {
    client.destroy();
    await engine.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return {
    queue: new SqsMailQueue(engine.urlOf('mail'), client),
    announced: () => engine.receive('mail', 100).map(({ body }) => JSON.parse(body)),
  };
};

const openMemory = async (): Promise<Opened> => {
  const queue = new MemoryMailQueue();
  return { queue, announced: () => queue.announced };
};

describe.each([
  ['memory', openMemory],
  ["the laptop's SQS", openSqs],
])('a mail queue: %s', (_, open) => {
  test('takes however many mails, each once, with id and correlation', async () => {
    const { queue, announced } = await open();
    const mails = Array.from({ length: 23 }, (_, number) => ({
      id: `m-${number}`,
      correlationId: `c😀-${number}`,
    }));
    expect(await queue.announce(mails)).toEqual({ failed: [] });
    const found = announced();
    expect(found).toHaveLength(mails.length);
    expect(found).toEqual(expect.arrayContaining(mails));
  });

  test('takes none', async () => {
    const { queue, announced } = await open();
    expect(await queue.announce([])).toEqual({ failed: [] });
    expect(announced()).toEqual([]);
  });
});

test('the fake names what it was told to refuse', async () => {
  const queue = new MemoryMailQueue();
  queue.refuses.add('m-1');
  const mails = ['m-1', 'm-2'].map((id) => ({ id, correlationId: 'c' }));
  expect(await queue.announce(mails)).toEqual({ failed: ['m-1'] });
  expect(queue.announced).toEqual([mails[1]]);
});
