import {
  DeleteObjectsCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { S3SegmentStore } from '#adapters/s3/segment-store.ts';

/* What the laptop's S3 never answers; everything else is in the contract of stores. */

const client = new S3Client({ region: 'eu-west-2' });
const s3 = mockClient(client);
const store = new S3SegmentStore('search', client);
const bytes = new Uint8Array([1]);

const refusal = (name: string, httpStatusCode: number) =>
  new S3ServiceException({ name, message: name, $fault: 'client', $metadata: { httpStatusCode } });

beforeEach(() => {
  s3.reset();
});

test.each([
  ['PreconditionFailed', 412],
  ['ConditionalRequestConflict', 409],
  ['NoSuchKey', 404],
])('a conditional write that is answered by %s has lost its race', async (name, status) => {
  s3.on(PutObjectCommand).rejects(refusal(name, status));
  expect(await store.putIfMatch('manifest.json', bytes, '"tag"')).toBe(false);
  expect(s3.commandCalls(PutObjectCommand)[0]?.args[0].input).toMatchObject({
    Key: 'manifest.json',
    IfMatch: '"tag"',
  });
});

test.each([
  ['AccessDenied', 403],
  ['NoSuchBucket', 404],
  ['SlowDown', 503],
])('everything else is an error: %s', async (name, status) => {
  s3.on(PutObjectCommand).rejects(refusal(name, status));
  s3.on(GetObjectCommand).rejects(refusal(name, status));
  await expect(store.putIfAbsent('x', bytes)).rejects.toThrow(name);
  await expect(store.get('x')).rejects.toThrow(name);
  await expect(store.getRange('x', 0, 1)).rejects.toThrow(name);
});

test('objects that could not be deleted are an error, and a thousand are deleted at once', async () => {
  s3.on(DeleteObjectsCommand)
    .resolvesOnce({})
    .resolves({ Errors: [{ Key: 'x', Code: 'InternalError' }] });
  const keys = Array.from({ length: 1_500 }, (_, index) => `x-${index}`);
  await expect(store.delete(keys)).rejects.toThrow('1 objects were not deleted: InternalError');
  const batches = s3
    .commandCalls(DeleteObjectsCommand)
    .map((call) => call.args[0].input.Delete?.Objects?.length);
  expect(batches).toEqual([1_000, 500]);
});
