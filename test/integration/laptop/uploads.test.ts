import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { waitFor } from '#test/support/laptop.ts';
import { type LaptopEngines, signedCalls } from '#test/support/signed-calls.ts';
import { type Fixture, startFixture } from './fixture/start-fixture.ts';
import { PAGE, synthesizeUploads } from './fixture/uploads-app.ts';

const NOON = new Date('2027-03-09T12:00:00Z');
/** For what the machine's clock signs: the laptop's is months ahead. */
const A_YEAR = 31_536_000;
const folder = mkdtempSync(join(tmpdir(), 'folkmoot-uploads-'));
let laptop: Fixture;
let engines: LaptopEngines & { malware: string };
let s3: S3Client;
let Bucket: string;

beforeAll(async () => {
  laptop = await startFixture(
    { folder, record: join(folder, 'record.jsonl'), cloudAssembly: synthesizeUploads(folder) },
    { startAt: NOON, malware: { silent: false, socket: '/nowhere', database: '/nowhere' } },
  );
  engines = await laptop.console('/engines');
  Bucket = engines.s3.buckets.uploads ?? '';
  const { accessKeyId, secretAccessKey, region } = engines;
  s3 = new S3Client({
    ...{ endpoint: engines.s3.endpoint, region, forcePathStyle: true },
    credentials: { accessKeyId, secretAccessKey },
  });
});
afterAll(async () => {
  s3?.destroy();
  await laptop?.close();
  rmSync(folder, { recursive: true, force: true });
});

const messages: Record<string, Record<string, unknown>[]> = { created: [], scanned: [] };

/** Everything that came into a queue up to now. */
async function eventsIn(queue: 'created' | 'scanned') {
  const { call } = signedCalls(engines);
  const QueueUrl = engines.sqs.queues[queue];
  const { Messages = [] } = await call<{ Messages?: { Body: string; ReceiptHandle: string }[] }>(
    'sqs',
    'ReceiveMessage',
    { QueueUrl, MaxNumberOfMessages: 10 },
  );
  for (const { Body, ReceiptHandle } of Messages) {
    messages[queue]?.push(JSON.parse(Body));
    await call('sqs', 'DeleteMessage', { QueueUrl, ReceiptHandle });
  }
  return messages[queue] ?? [];
}
const put = (Key: string) => s3.send(new PutObjectCommand({ Bucket, Key, Body: 'hello' }));

it('what is uploaded, and what is found in it, comes into the queues of the rules', async () => {
  const { VersionId } = await put('files/1');
  await put('inspected/files/1.json');
  await put('elsewhere');
  const created = await waitFor(
    () => eventsIn('created'),
    (events) => events.length >= 2,
  );
  const [scanned] = await waitFor(
    () => eventsIn('scanned'),
    (events) => events.length >= 1,
  );
  const envelope = { version: '0', account: '000000000000', region: 'eu-west-2' };
  expect(created.find(({ detail }) => JSON.stringify(detail).includes('"files/1"'))).toMatchObject({
    ...envelope,
    time: expect.stringMatching(/^2027-03-09T12:\d\d:\d\dZ$/),
    source: 'aws.s3',
    'detail-type': 'Object Created',
    resources: [`arn:aws:s3:::${Bucket}`],
    detail: { bucket: { name: Bucket }, object: { key: 'files/1', 'version-id': VersionId } },
  });
  expect(scanned).toMatchObject({
    ...envelope,
    source: 'aws.guardduty',
    resources: [expect.stringMatching(/^arn:aws:guardduty:eu-west-2:000000000000:malware-protection-plan\//)],
    detail: {
      scanStatus: 'SKIPPED',
      s3ObjectDetails: { bucketName: Bucket, objectKey: 'files/1', versionId: VersionId },
    },
  });
  expect((await eventsIn('created')).length).toBe(2);
  expect((await eventsIn('scanned')).length).toBe(1);
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'files/1' }));
  expect(head.TagCount).toBe(1);
});

it('a script of a page of ours may send a form, which comes to the same', async () => {
  const asking = { origin: PAGE, 'access-control-request-method': 'POST' };
  const { url, fields } = await createPresignedPost(s3, { Bucket, Key: 'elsewhere/form', Expires: A_YEAR });
  const preflight = await fetch(url, { method: 'OPTIONS', headers: asking });
  expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([200, PAGE]);
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', new Blob(['hello']), 'a.txt');
  const sent = await fetch(url, { method: 'POST', body: form, headers: { origin: PAGE } });
  expect([sent.status, sent.headers.get('access-control-allow-origin')]).toEqual([204, PAGE]);
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'elsewhere/form' }));
  expect(head.ETag).toBe(sent.headers.get('etag'));
});

it('the console says what looks for malware', async () => {
  expect(engines.malware).toMatch(/^nothing: ClamAV is not installed/);
  const page = await fetch(`${laptop.consoleUrl}/engines`, { headers: { accept: 'text/html' } });
  expect(await page.text()).toContain('Malware is looked for by');
});

it('a step of the clock waits until everything is told, and leaves no file in quarantine that is a week old', async () => {
  await put('files/2');
  await laptop.pass(9 * 86_400);
  await waitFor(
    () => eventsIn('created'),
    (events) => events.length >= 3,
  );
  expect((await eventsIn('created')).length).toBe(3);
  const gone = s3.send(new HeadObjectCommand({ Bucket, Key: 'files/2' }));
  await expect(gone).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } });
});
