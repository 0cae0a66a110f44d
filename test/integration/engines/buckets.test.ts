import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  type GetObjectCommandInput,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  PutObjectTaggingCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { dataFolder } from './support/data-folder.ts';
import { FUNCTION, startTestBuckets } from './support/start-buckets.ts';

type Target = { Bucket?: string; Key: string };

function put(
  s3: S3Client,
  Key: string,
  Body: PutObjectCommandInput['Body'],
  more: Partial<PutObjectCommandInput> = {},
) {
  return s3.send(new PutObjectCommand({ Bucket: 'plain', Key, Body, ...more }));
}

async function get(s3: S3Client, target: Target & Partial<GetObjectCommandInput>) {
  const answer = await s3.send(new GetObjectCommand({ Bucket: 'plain', ...target }));
  return { ...answer, text: (await answer.Body?.transformToString()) ?? '' };
}

test('keeps content, headers, metadata and tags, whatever the key looks like', async () => {
  const { s3, told, settled } = await startTestBuckets(() => new Date('2027-03-28T00:30:00Z'));
  const keys = [
    "a b/ü+'(x)&<y>.txt",
    'a//b',
    'ends/',
    '.hidden',
    'a/../b',
    'C:\\x',
    '100%',
    '%2e%2e/x',
    '😀',
    'x?y=#z',
  ];
  for (const key of keys) {
    const more = {
      ContentType: 'text/plain; charset=utf-8',
      ContentDisposition: 'attachment; filename="x.txt"',
    };
    await put(s3, key, `content of ${key}`, {
      ...more,
      Metadata: { correlation: 'c-1' },
      Tagging: 'scan=pending&a%20b=c',
    });
    const got = await get(s3, { Key: key });
    expect(got.text, key).toBe(`content of ${key}`);
    expect(got).toMatchObject({ ...more, Metadata: { correlation: 'c-1' }, TagCount: 2 });
  }
  const listed = await s3.send(new ListObjectsV2Command({ Bucket: 'plain' }));
  expect(listed.Contents?.map(({ Key }) => Key).sort()).toEqual([...keys].sort());
  await settled();
  expect(told.map(({ detail }) => (detail.object as { key: string }).key)).toEqual(keys);
  expect(told[0]).toMatchObject({
    time: new Date('2027-03-28T00:30:00.000Z'),
    detail: { bucket: { name: 'plain' }, object: { size: Buffer.byteLength(`content of ${keys[0]}`) } },
  });
});

test('refuses keys that climb out of the bucket', async () => {
  const { s3 } = await startTestBuckets();
  for (const key of ['../x', 'a/../../x', '../../../../etc/passwd', '..']) {
    await expect(put(s3, key, 'x'), key).rejects.toMatchObject({ $metadata: { httpStatusCode: 400 } });
  }
  await expect(put(s3, `${'x'.repeat(1025)}`, 'x')).rejects.toMatchObject({ name: 'KeyTooLongError' });
});

test('takes streams in chunks with a trailing checksum, large bodies, and empty ones', async () => {
  const { s3, client } = await startTestBuckets();
  const large = Buffer.alloc(5_000_000, 'folkmoot ');
  const pieces = Array.from({ length: 50 }, (_, i) => large.subarray(i * 100_000, (i + 1) * 100_000));
  await put(s3, 'stream', Readable.from(pieces), {
    ContentLength: large.length,
    ContentEncoding: 'identity',
  });
  const got = await s3.send(new GetObjectCommand({ Bucket: 'plain', Key: 'stream' }));
  expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(large)).toBe(true);
  expect(got.ContentEncoding).toBe('identity');
  await put(s3, 'plain', large, { ChecksumAlgorithm: 'SHA256' });
  await put(client({ requestChecksumCalculation: 'WHEN_REQUIRED' }), 'empty', '');
  expect((await get(s3, { Key: 'empty' })).text).toBe('');
});

test('refuses content that is not what its checksum or signature says', async () => {
  const { s3, buckets } = await startTestBuckets();
  const wrong = { ChecksumCRC32: 'AAAAAA==' };
  await expect(put(s3, 'x', 'content', wrong)).rejects.toMatchObject({ name: 'BadDigest' });
  const sha = { ChecksumSHA256: Buffer.alloc(32).toString('base64') };
  await expect(put(s3, 'x', 'content', sha)).rejects.toMatchObject({ name: 'BadDigest' });
  const md5 = { ContentMD5: Buffer.alloc(16).toString('base64') };
  await expect(put(s3, 'x', 'content', md5)).rejects.toMatchObject({ name: 'BadDigest' });
  s3.middlewareStack.add(
    (next) => (args) => {
      (args.request as { body: string }).body = 'CONTENT';
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low', name: 'tamper' },
  );
  await expect(put(s3, 'x', 'content')).rejects.toMatchObject({ $metadata: { httpStatusCode: 400 } });
  expect((await fetch(`${buckets.endpoint}/plain/x`)).status).toBe(403);
});

test('serves ranges, conditions and overrides', async () => {
  const { s3 } = await startTestBuckets();
  const { ETag } = await put(s3, 'x', '0123456789');
  const range = async (Range: string) => (await get(s3, { Key: 'x', Range })).text;
  expect(await range('bytes=2-4')).toBe('234');
  expect(await range('bytes=7-')).toBe('789');
  expect(await range('bytes=-3')).toBe('789');
  expect(await range('bytes=5-99')).toBe('56789');
  expect(await range('bytes=nonsense')).toBe('0123456789');
  expect((await get(s3, { Key: 'x', Range: 'bytes=0-0' })).ContentRange).toBe('bytes 0-0/10');
  await expect(range('bytes=10-')).rejects.toMatchObject({ name: 'InvalidRange' });
  await expect(get(s3, { Key: 'x', IfNoneMatch: ETag })).rejects.toMatchObject({
    $metadata: { httpStatusCode: 304 },
  });
  await expect(get(s3, { Key: 'x', IfMatch: '"other"' })).rejects.toMatchObject({
    name: 'PreconditionFailed',
  });
  const named = {
    Key: 'x',
    ResponseContentDisposition: 'attachment; filename="y"',
    ResponseContentType: 'text/csv',
  };
  expect(await get(s3, named)).toMatchObject({
    ContentDisposition: 'attachment; filename="y"',
    ContentType: 'text/csv',
  });
  const head = await s3.send(new HeadObjectCommand({ Bucket: 'plain', Key: 'x' }));
  expect(head).toMatchObject({ ContentLength: 10, ETag });
  await expect(put(s3, 'x', 'again', { IfNoneMatch: '*' })).rejects.toMatchObject({
    name: 'PreconditionFailed',
  });
});

test('changes what is still as it was read, and of several writers at once lets one win', async () => {
  const { s3 } = await startTestBuckets();
  const first = await put(s3, 'x', 'first', { IfNoneMatch: '*' });
  const second = await put(s3, 'x', 'second', { IfMatch: first.ETag });
  await expect(put(s3, 'x', 'late', { IfMatch: first.ETag })).rejects.toMatchObject({
    ...{ name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } },
  });
  await expect(put(s3, 'none', 'x', { IfMatch: first.ETag })).rejects.toMatchObject({
    ...{ name: 'NoSuchKey', $metadata: { httpStatusCode: 404 } },
  });
  const writers = Array.from({ length: 8 }, (_, index) =>
    put(s3, 'x', `by ${index}`, { IfMatch: second.ETag }),
  );
  const outcomes = await Promise.allSettled(writers);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const won = outcomes.findIndex(({ status }) => status === 'fulfilled');
  expect((await get(s3, { Key: 'x' })).text).toBe(`by ${won}`);
  await s3.send(new DeleteObjectCommand({ Bucket: 'plain', Key: 'x' }));
  await expect(put(s3, 'x', 'x', { IfMatch: second.ETag })).rejects.toMatchObject({ name: 'NoSuchKey' });
  const both = { IfMatch: second.ETag, IfNoneMatch: '*' };
  await expect(put(s3, 'x', 'x', both)).rejects.toMatchObject({ $metadata: { httpStatusCode: 501 } });
});

test('copies with or without new metadata, and tags', async () => {
  const { s3, told, settled } = await startTestBuckets();
  await put(s3, 'from/ü &', 'content', { Metadata: { a: '1' }, Tagging: 'k=v', ContentType: 'text/plain' });
  const CopySource = `plain/${encodeURIComponent('from/ü &')}`;
  await s3.send(new CopyObjectCommand({ Bucket: 'kept', Key: 'to', CopySource }));
  const copied = await get(s3, { Bucket: 'kept', Key: 'to' });
  expect(copied).toMatchObject({
    text: 'content',
    Metadata: { a: '1' },
    ContentType: 'text/plain',
    TagCount: 1,
  });
  const replace = { MetadataDirective: 'REPLACE', ContentType: 'text/csv', Metadata: { b: '2' } } as const;
  await s3.send(new CopyObjectCommand({ Bucket: 'plain', Key: 'to', CopySource, ...replace }));
  expect(await get(s3, { Key: 'to' })).toMatchObject({ Metadata: { b: '2' }, ContentType: 'text/csv' });
  const TagSet = [{ Key: 'scan', Value: 'clean & <ready>'.replace(/[&<>]/g, '+') }];
  await s3.send(new PutObjectTaggingCommand({ Bucket: 'plain', Key: 'to', Tagging: { TagSet } }));
  const tags = await s3.send(new GetObjectTaggingCommand({ Bucket: 'plain', Key: 'to' }));
  expect(tags.TagSet).toEqual(TagSet);
  const none = new CopyObjectCommand({ Bucket: 'plain', Key: 'to', CopySource: 'plain/none' });
  await expect(s3.send(none)).rejects.toMatchObject({ name: 'NoSuchKey' });
  await settled();
  expect(told.map(({ detail }) => detail.reason)).toEqual(['PutObject', 'CopyObject', 'CopyObject']);
});

test('lists by prefix and delimiter, page by page', async () => {
  const { s3 } = await startTestBuckets();
  for (const key of ['a/1', 'a/2', 'b/1', 'b/2', 'c', 'd/e/f', '😀', '\uffee']) await put(s3, key, key);
  const pages: string[][] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await s3.send(
      new ListObjectsV2Command({ Bucket: 'plain', Delimiter: '/', MaxKeys: 2, ContinuationToken }),
    );
    pages.push([
      ...(page.CommonPrefixes ?? []).map(({ Prefix = '' }) => Prefix),
      ...(page.Contents ?? []).map(({ Key = '' }) => Key),
    ]);
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken);
  expect(pages).toEqual([
    ['a/', 'b/'],
    ['d/', 'c'],
    ['\uffee', '😀'],
  ]);
  const under = await s3.send(new ListObjectsV2Command({ Bucket: 'plain', Prefix: 'a/', StartAfter: 'a/1' }));
  expect(under.Contents?.map(({ Key }) => Key)).toEqual(['a/2']);
  expect((await s3.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name)).toEqual([
    'kept',
    'plain',
  ]);
  await s3.send(new HeadBucketCommand({ Bucket: 'plain' }));
  await expect(s3.send(new HeadBucketCommand({ Bucket: 'none' }))).rejects.toMatchObject({
    name: 'NotFound',
  });
  const location = await s3.send(new GetBucketLocationCommand({ Bucket: 'plain' }));
  expect(location.LocationConstraint).toBe('eu-west-2');
});

test('deletes one or many; what is gone is a 404', async () => {
  const { s3, client } = await startTestBuckets();
  for (const key of ['a', 'b & <c>', 'd']) await put(s3, key, key);
  await s3.send(new DeleteObjectCommand({ Bucket: 'plain', Key: 'a' }));
  await s3.send(new DeleteObjectCommand({ Bucket: 'plain', Key: 'a' }));
  await expect(get(s3, { Key: 'a' })).rejects.toMatchObject({ name: 'NoSuchKey' });
  const Objects = [{ Key: 'b & <c>' }, { Key: 'd' }, { Key: 'never there' }];
  const many = client({ credentials: FUNCTION });
  const gone = await many.send(new DeleteObjectsCommand({ Bucket: 'plain', Delete: { Objects } }));
  expect(gone.Deleted?.map(({ Key }) => Key)).toEqual(Objects.map(({ Key }) => Key));
  expect((await s3.send(new ListObjectsV2Command({ Bucket: 'plain' }))).KeyCount).toBe(0);
});

test('keeps versions where the bucket does, with delete markers', async () => {
  const { s3, told, settled } = await startTestBuckets();
  const target = { Bucket: 'kept', Key: 'x' };
  const first = await put(s3, 'x', 'one', target);
  await put(s3, 'x', 'two', target);
  expect((await get(s3, target)).text).toBe('two');
  const { VersionId } = first;
  expect((await get(s3, { ...target, VersionId })).text).toBe('one');
  const deleted = await s3.send(new DeleteObjectCommand(target));
  expect(deleted.DeleteMarker).toBe(true);
  await expect(get(s3, target)).rejects.toMatchObject({ name: 'NoSuchKey' });
  expect((await get(s3, { ...target, VersionId })).text).toBe('one');
  const versions = await s3.send(new ListObjectVersionsCommand({ Bucket: 'kept' }));
  expect(versions.Versions).toHaveLength(2);
  expect(versions.DeleteMarkers).toMatchObject([{ Key: 'x', IsLatest: true }]);
  await s3.send(new DeleteObjectCommand({ ...target, VersionId: deleted.VersionId }));
  expect((await get(s3, target)).text).toBe('two');
  await s3.send(new DeleteObjectCommand({ ...target, VersionId }));
  await expect(get(s3, { ...target, VersionId })).rejects.toMatchObject({ name: 'NoSuchVersion' });
  await settled();
  expect(told).toContainEqual(
    expect.objectContaining({
      detail: expect.objectContaining({ object: expect.objectContaining({ 'version-id': VersionId }) }),
    }),
  );
});

test('keeps everything over a restart, and sweeps what no object refers to', async () => {
  const dataDir = await dataFolder();
  const first = await startTestBuckets(undefined, dataDir);
  await put(first.s3, 'x', 'old');
  await put(first.s3, 'x', 'new');
  await first.buckets.close();
  const second = await startTestBuckets(undefined, dataDir);
  expect((await get(second.s3, { Key: 'x' })).text).toBe('new');
  expect(await readdir(join(dataDir, 'buckets', 'contents'))).toHaveLength(1);
});

test('says what it does not do', async () => {
  const { s3, client } = await startTestBuckets();
  const multipart = new CreateMultipartUploadCommand({ Bucket: 'plain', Key: 'x' });
  await expect(s3.send(multipart)).rejects.toMatchObject({
    name: 'NotImplemented',
    $metadata: { httpStatusCode: 501 },
  });
  const encrypted = { ServerSideEncryption: 'aws:kms' } as const;
  await expect(put(s3, 'x', 'x', encrypted)).rejects.toMatchObject({ name: 'NotImplemented' });
  await expect(put(s3, 'x', 'x', { Bucket: 'none' })).rejects.toMatchObject({ name: 'NoSuchBucket' });
  const wrongRegion = client({ region: 'us-east-1' });
  await expect(put(wrongRegion, 'x', 'x')).rejects.toMatchObject({ name: 'AuthorizationHeaderMalformed' });
});
