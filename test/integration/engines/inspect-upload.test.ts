import { DeleteObjectCommand, GetObjectCommand, HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { expect, onTestFinished, test, vi } from 'vitest';
import { badFiles } from '#test/support/files/bad-files.ts';
import type { BadFile, FileMade, GoodFile } from '#test/support/files/file-made.ts';
import { goodFiles } from '#test/support/files/good-files.ts';
import { FUNCTION, startTestBuckets } from './support/start-buckets.ts';

/** The function as it is written, on the laptop's own S3. */

const BUCKET = 'kept';

type Handler = (event: unknown, context: unknown) => Promise<{ batchItemFailures: unknown[] }>;

const start = async () => {
  const { buckets, s3 } = await startTestBuckets();
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  vi.stubEnv('UPLOADS_BUCKET', BUCKET);
  vi.stubEnv('AWS_REGION', 'eu-west-2');
  vi.stubEnv('AWS_ENDPOINT_URL_S3', buckets.endpoint);
  vi.stubEnv('AWS_ACCESS_KEY_ID', FUNCTION.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', FUNCTION.secretAccessKey);
  vi.stubEnv('AWS_SESSION_TOKEN', FUNCTION.sessionToken);
  vi.resetModules();
  const { handler } = (await import('#functions/inspect-upload/handler.ts')) as unknown as {
    handler: Handler;
  };
  return { handler, s3 };
};

/** As the form of a browser does it. */
const upload = async (s3: S3Client, key: string, file: FileMade): Promise<void> => {
  const fields = { 'Content-Type': file.declaredType, 'x-amz-meta-name': encodeURIComponent(file.name) };
  const post = await createPresignedPost(s3, {
    ...{ Bucket: BUCKET, Key: key, Fields: fields },
    Conditions: [{ 'Content-Type': file.declaredType }, { 'x-amz-meta-name': encodeURIComponent(file.name) }],
  });
  const form = new FormData();
  for (const [name, value] of Object.entries(post.fields)) form.set(name, value);
  form.set('file', new Blob([new Uint8Array(await file.bytes())]));
  expect((await fetch(post.url, { method: 'POST', body: form })).status).toBeLessThan(300);
};

const eventOf = (key: string, versionId: string, size: number) => ({
  Records: [
    {
      messageId: 'm1',
      body: JSON.stringify({
        ...{ id: 'e1', source: 'aws.s3', 'detail-type': 'Object Created' },
        detail: { bucket: { name: BUCKET }, object: { key, size, 'version-id': versionId } },
      }),
    },
  ],
});

const find = <Made extends FileMade>(files: readonly Made[], what: string): Made => {
  const found = files.find((file) => file.what === what);
  if (!found) throw new Error(`No file is ${what}`);
  return found;
};

const look = async (s3: S3Client, Key: string): Promise<{ size: number; versionId: string }> => {
  const { ContentLength = 0, VersionId = '' } = await s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key }));
  return { size: ContentLength, versionId: VersionId };
};

const read = async (s3: S3Client, key: string): Promise<unknown> =>
  JSON.parse(
    (await (await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: key }))).Body?.transformToString()) ??
      '',
  );

test('a file that was uploaded by a form has its verdict beside it', async () => {
  const { handler, s3 } = await start();
  const files: (GoodFile | BadFile)[] = [
    find(goodFiles(), 'a PDF of 20 pages'),
    find(goodFiles(), 'a document with a chart and its workbook'),
    find(goodFiles(), 'a table in UTF-8 with a byte order mark, as Excel declares it'),
    find(badFiles(), 'a PDF whose script is packed away'),
    find(badFiles(), 'a name whose end is turned around'),
  ];
  for (const [index, file] of files.entries()) {
    const key = `files/upload-${index}/nonce`;
    await upload(s3, key, file);
    const { size, versionId } = await look(s3, key);
    const event = eventOf(key, versionId, size);
    // Twice, as a queue may deliver it.
    expect(await handler(event, {})).toEqual({ batchItemFailures: [] });
    expect(await handler(event, {})).toEqual({ batchItemFailures: [] });
    const expected =
      'fault' in file ? { outcome: 'refused', fault: file.fault } : { outcome: 'readable', type: file.type };
    expect(await read(s3, `inspected/${key}/${versionId}.json`)).toMatchObject({
      ...expected,
      key,
      versionId,
    });
  }
});

test('a file that was swept in the meantime is done with', async () => {
  const { handler, s3 } = await start();
  await upload(s3, 'files/a/b', find(goodFiles(), 'a PDF of one page'));
  const { size, versionId } = await look(s3, 'files/a/b');
  await s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'files/a/b', VersionId: versionId }));
  expect(await handler(eventOf('files/a/b', versionId, size), {})).toEqual({ batchItemFailures: [] });
  await expect(read(s3, `inspected/files/a/b/${versionId}.json`)).rejects.toThrow();
});

test('a file that is too large is refused unseen', async () => {
  const { handler, s3 } = await start();
  expect(await handler(eventOf('files/a/b', 'v1', 100_000_001), {})).toEqual({ batchItemFailures: [] });
  expect(await read(s3, 'inspected/files/a/b/v1.json')).toMatchObject({ fault: 'too-large' });
});

test('an event that is none comes again', async () => {
  const { handler } = await start();
  expect(await handler(eventOf('inspected/files/a/b', 'v1', 1), {})).toEqual({
    batchItemFailures: [{ itemIdentifier: 'm1' }],
  });
});
