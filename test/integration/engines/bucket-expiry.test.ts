import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { TestClock } from './support/clock.ts';
import { dataFolder } from './support/data-folder.ts';
import { FUNCTION, startTestBuckets } from './support/start-buckets.ts';

const DAY = 86_400;
const nothing = { prefix: '', days: undefined, noncurrentDays: undefined, lonelyMarkers: false };
const week = [
  { ...nothing, noncurrentDays: 1, lonelyMarkers: true },
  { ...nothing, prefix: 'files/', days: 7 },
];

async function start(at = '2027-03-09T12:00:00Z') {
  const clock = new TestClock(at);
  const dataDir = await dataFolder();
  const started = await startTestBuckets(clock.now, dataDir, {
    buckets: [
      { name: 'plain', versioned: false, expiryRules: week },
      { name: 'kept', versioned: true, expiryRules: week },
      { name: 'archive', versioned: true },
    ],
  });
  const pass = (seconds: number) => {
    clock.advance(seconds);
    return started.buckets.expire();
  };
  const contents = () => readdir(join(dataDir, 'buckets/contents'));
  await pass(0);
  // A function's requests count whatever the clock did meanwhile.
  return { s3: started.client({ credentials: FUNCTION }), pass, contents };
}

const put = (s3: S3Client, Bucket: string, Key: string, Body = Key) =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body }));
const isThere = (s3: S3Client, Bucket: string, Key: string) =>
  s3.send(new GetObjectCommand({ Bucket, Key })).then(
    () => true,
    () => false,
  );
async function versions(s3: S3Client, Bucket: string): Promise<string[]> {
  const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
  return [...Versions.map(({ Key }) => `${Key}`), ...DeleteMarkers.map(({ Key }) => `${Key} deleted`)];
}

test.each(['plain', 'kept'])('in %s, what is a week old goes at the midnight after', async (bucket) => {
  const { s3, pass } = await start();
  await put(s3, bucket, 'files/a');
  await put(s3, bucket, 'other');
  await pass(7 * DAY + 43_199);
  expect(await isThere(s3, bucket, 'files/a')).toBe(true);
  expect(await pass(60)).toBe(1);
  expect(await isThere(s3, bucket, 'files/a')).toBe(false);
  expect(await isThere(s3, bucket, 'other')).toBe(true);
});

test('what was replaced goes a day later, and the marker of what was deleted with the last of it', async () => {
  const { s3, pass } = await start();
  for (const body of ['one', 'two']) await put(s3, 'kept', 'other', body);
  await pass(2 * DAY);
  expect(await versions(s3, 'kept')).toEqual(['other']);
  await s3.send(new DeleteObjectCommand({ Bucket: 'kept', Key: 'other' }));
  await pass(60);
  expect(await versions(s3, 'kept')).toEqual(['other', 'other deleted']);
  await pass(2 * DAY);
  expect(await versions(s3, 'kept')).toEqual([]);
});

test('a step over weeks leaves what the same weeks would have left day by day: nothing, on the disk neither', async () => {
  const { s3, pass, contents } = await start();
  for (const bucket of ['plain', 'kept']) await put(s3, bucket, 'files/a');
  await put(s3, 'archive', 'files/a');
  expect(await contents()).toHaveLength(3);
  await pass(30 * DAY);
  expect(await versions(s3, 'kept')).toEqual([]);
  expect(await isThere(s3, 'plain', 'files/a')).toBe(false);
  expect(await isThere(s3, 'archive', 'files/a')).toBe(true);
  expect(await contents()).toHaveLength(1);
});

test('what was uploaded once more in time stays', async () => {
  const { s3, pass } = await start();
  await put(s3, 'kept', 'files/a', 'one');
  await pass(6 * DAY);
  await put(s3, 'kept', 'files/a', 'two');
  await pass(6 * DAY);
  expect(await versions(s3, 'kept')).toEqual(['files/a']);
  expect(await isThere(s3, 'kept', 'files/a')).toBe(true);
});
