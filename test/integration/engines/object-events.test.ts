import { CopyObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { expect, test, vi } from 'vitest';
import { startBuckets } from '#infra/local/buckets.ts';
import type { BusEvent } from '#infra/local/events/event-bus.ts';
import { bucketOptions } from './support/bucket-options.ts';
import { dataFolder } from './support/data-folder.ts';
import { hostEngine } from './support/host-engine.ts';
import { s3Client, startTestBuckets } from './support/start-buckets.ts';

const NOW = '2027-03-28T00:30:00.000Z';
const keyOf = ({ detail }: BusEvent) => (detail.object as { key: string }).key;
const sequencerOf = ({ detail }: BusEvent) => (detail.object as { sequencer: string }).sequencer;

test('EventBridge is told of a new object as S3 does it', async () => {
  const { s3, told, settled } = await startTestBuckets(() => new Date(NOW));
  const put = await s3.send(new PutObjectCommand({ Bucket: 'kept', Key: 'files/ä b.txt', Body: 'hello' }));
  await settled();
  expect(told).toEqual([
    {
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      'detail-type': 'Object Created',
      source: 'aws.s3',
      time: new Date(NOW),
      resources: ['arn:aws:s3:::kept'],
      detail: {
        version: '0',
        bucket: { name: 'kept' },
        object: {
          key: 'files/ä b.txt',
          size: 5,
          etag: '5d41402abc4b2a76b9719d911017c592',
          'version-id': put.VersionId,
          sequencer: expect.stringMatching(/^[0-9A-F]{16}$/),
        },
        'request-id': put.$metadata.requestId,
        requester: '000000000000',
        'source-ip-address': '127.0.0.1',
        reason: 'PutObject',
      },
    },
  ]);
});

test('a copy says that it is one, and later versions of a key have higher sequencers', async () => {
  const { s3, told, settled } = await startTestBuckets();
  for (const Body of ['one', 'two']) await s3.send(new PutObjectCommand({ Bucket: 'kept', Key: 'a', Body }));
  await s3.send(
    new CopyObjectCommand({ Bucket: 'kept', Key: 'a', CopySource: 'kept/a', MetadataDirective: 'REPLACE' }),
  );
  await settled();
  expect(told.map(({ detail }) => detail.reason)).toEqual(['PutObject', 'PutObject', 'CopyObject']);
  const sequencers = told.map(sequencerOf);
  expect(sequencers.toSorted()).toEqual(sequencers);
  expect(new Set(sequencers).size).toBe(3);
});

test('nobody is told of a bucket that tells nobody, and of what was not made', async () => {
  const { s3, told, settled } = await startTestBuckets(undefined, undefined, {
    buckets: [
      { name: 'silent', versioned: false },
      { name: 'kept', versioned: true, tellsEventBus: true },
    ],
  });
  await s3.send(new PutObjectCommand({ Bucket: 'silent', Key: 'a', Body: 'x' }));
  await s3.send(new PutObjectCommand({ Bucket: 'kept', Key: 'a', Body: 'x' }));
  const again = s3.send(new PutObjectCommand({ Bucket: 'kept', Key: 'a', Body: 'y', IfNoneMatch: '*' }));
  await expect(again).rejects.toMatchObject({ name: 'PreconditionFailed' });
  await settled();
  expect(told.map(keyOf)).toEqual(['a']);
});

test('whoever uploads does not wait for the one who is told, who is told again when he fails', async () => {
  const buckets = await startBuckets(bucketOptions(await dataFolder()));
  const s3 = s3Client(buckets.endpoint);
  const attempts: BusEvent[] = [];
  let mayPass = false;
  const error = vi.spyOn(console, 'error').mockReturnValue();
  const teller = buckets.tellEvents(async (event) => {
    attempts.push(event);
    if (!mayPass) throw new Error('the queue is not there');
  });
  await s3.send(new PutObjectCommand({ Bucket: 'kept', Key: 'a', Body: 'x' }));
  await vi.waitUntil(() => attempts.length > 0);
  expect(teller.settled()).toBe(false);
  mayPass = true;
  await vi.waitUntil(() => teller.settled(), { timeout: 5_000 });
  expect(new Set(attempts.map(({ id }) => id)).size).toBe(1);
  expect(error).toHaveBeenCalledWith(expect.stringContaining('the queue is not there'));
  error.mockRestore();
  await buckets.close();
});

test('is told of every acknowledged object and of none that is not there, when the laptop is killed', async () => {
  const dataDir = await dataFolder();
  const hosted = await hostEngine('buckets', dataDir);
  const killed = s3Client(hosted.endpoint);
  const acknowledged: string[] = [];
  const putUntilKilled = async (_: unknown, worker: number) => {
    for (let at = 0; ; at += 1) {
      const Key = `files/${worker}-${at}`;
      await killed.send(new PutObjectCommand({ Bucket: 'kept', Key, Body: 'x' }));
      acknowledged.push(Key);
      if (acknowledged.length === 40) void hosted.kill();
    }
  };
  await Promise.allSettled(Array.from({ length: 4 }, putUntilKilled));
  const { s3, told, settled } = await startTestBuckets(undefined, dataDir);
  await settled();
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'kept' }));
  expect(told.map(keyOf)).toEqual(expect.arrayContaining(acknowledged));
  expect(told.map(keyOf).toSorted()).toEqual(Contents.map(({ Key }) => Key).toSorted());
});
