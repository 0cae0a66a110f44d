import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost, type PresignedPostOptions } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { expect, test } from 'vitest';
import { FUNCTION, OPERATOR, startTestBuckets } from './support/start-buckets.ts';

const SKEWED = '2027-03-28T00:30:00Z';
const object = { Bucket: 'plain', Key: 'folder/x y.txt' };

async function refusal(res: Response): Promise<string> {
  return `${res.status} ${/<Code>(.*)<\/Code>/.exec(await res.text())?.[1]}`;
}

/** The machine's clock, so that the presigner and the engine agree however long a test takes, and a test can move it. */
function liveClock() {
  let aheadMs = 0;
  return {
    now: () => new Date(Date.now() + aheadMs),
    advance: (seconds: number) => {
      aheadMs += seconds * 1000;
    },
  };
}

function upload(
  url: string,
  fields: Record<string, string>,
  file: string,
  more: Record<string, string> = {},
) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...fields, ...more })) form.set(name, value);
  form.set('file', new Blob([file]), 'holiday plan.pdf');
  return fetch(url, { method: 'POST', body: form, redirect: 'manual' });
}

function presignPost(s3: S3Client, more: Partial<PresignedPostOptions> = {}) {
  return createPresignedPost(s3, {
    ...{ Bucket: 'plain', Key: 'uploads/1/report.pdf', Expires: 600 },
    Conditions: [['content-length-range', 1, 100], { 'Content-Type': 'application/pdf' }],
    Fields: { 'Content-Type': 'application/pdf' },
    ...more,
  });
}

test('takes the operator and a function with its session; no other secret, key or token', async () => {
  const { client } = await startTestBuckets();
  const list = (credentials: typeof OPERATOR & { sessionToken?: string }) =>
    client({ credentials }).send(new ListObjectsV2Command({ Bucket: 'plain' }));
  await list(OPERATOR);
  await list(FUNCTION);
  const wrong = list({ ...OPERATOR, secretAccessKey: 'guessed' });
  await expect(wrong).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
  await expect(list({ ...OPERATOR, accessKeyId: 'X' })).rejects.toMatchObject({ name: 'InvalidAccessKeyId' });
  const { sessionToken: _, ...withoutToken } = FUNCTION;
  await expect(list(withoutToken)).rejects.toMatchObject({ name: 'InvalidToken' });
  await expect(list({ ...FUNCTION, sessionToken: 'x' })).rejects.toMatchObject({ name: 'InvalidToken' });
});

test('refuses a request that was changed after it was signed', async () => {
  const { client } = await startTestBuckets();
  const changes: ((request: { method: string; path: string; query: object; headers: object }) => void)[] = [
    (request) => Object.assign(request, { path: '/kept/x' }),
    (request) => Object.assign(request.query, { 'x-id': 'other' }),
    (request) => Object.assign(request.headers, { 'x-amz-meta-added': '1' }),
    (request) => Object.assign(request.headers, { 'content-type': 'text/html' }),
    (request) => Object.assign(request, { method: 'DELETE' }),
  ];
  for (const change of changes) {
    const s3 = client();
    s3.middlewareStack.add(
      (next) => (args) => {
        change(args.request as Parameters<typeof change>[0]);
        return next(args);
      },
      { step: 'finalizeRequest', priority: 'low', name: 'tamper' },
    );
    const put = new PutObjectCommand({ ...object, Body: 'x', ContentType: 'text/plain' });
    await expect(s3.send(put), String(change)).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  }
});

test('takes a header signed by either clock, and no other time', async () => {
  const { client } = await startTestBuckets(() => new Date(SKEWED));
  const list = (systemClockOffset: number) =>
    client({ systemClockOffset }).send(new ListObjectsV2Command({ Bucket: 'plain' }));
  await list(0);
  await list(Date.parse(SKEWED) - Date.now());
  await expect(list(-16 * 60_000)).rejects.toMatchObject({ name: 'RequestTimeTooSkewed' });
});

test('presigned addresses work until they expire, and only as they were signed', async () => {
  const clock = liveClock();
  const { s3 } = await startTestBuckets(clock.now);
  const put = new PutObjectCommand({ ...object, ContentType: 'text/plain' });
  const putUrl = await getSignedUrl(s3, put, {
    ...{ expiresIn: 60, signableHeaders: new Set(['content-type']), unhoistableHeaders: new Set<string>() },
  });
  const putAs = (type: string) =>
    fetch(putUrl, { method: 'PUT', body: 'hello', headers: { 'content-type': type } });
  expect(await refusal(await putAs('text/html'))).toBe('403 SignatureDoesNotMatch');
  const getUrl = await getSignedUrl(s3, new GetObjectCommand(object), { expiresIn: 60 });
  expect(await refusal(await fetch(getUrl))).toBe('404 NoSuchKey');
  await s3.send(new PutObjectCommand({ ...object, Body: 'hello' }));
  expect(await (await fetch(getUrl)).text()).toBe('hello');
  const tampered = [
    getUrl.replace('x%20y', 'x%20z'),
    getUrl.replace('X-Amz-Expires=60', 'X-Amz-Expires=600'),
    `${getUrl}&response-content-type=text%2Fhtml`,
    getUrl.replace(/Signature=./, 'Signature=g'),
  ];
  for (const url of tampered) expect(await refusal(await fetch(url)), url).toBe('403 SignatureDoesNotMatch');
  const extra = await fetch(getUrl, { headers: { 'x-amz-meta-a': '1' } });
  expect(await refusal(extra)).toBe('403 AccessDenied');
  expect((await fetch(getUrl, { method: 'DELETE' })).status).toBe(403);
  clock.advance(61);
  expect(await refusal(await fetch(getUrl))).toBe('403 AccessDenied');
  clock.advance(-3600);
  expect(await refusal(await fetch(getUrl))).toBe('403 AccessDenied');
});

test('a presigned PUT takes its body whatever the checksum of nothing in its address says', async () => {
  const { client, s3 } = await startTestBuckets();
  for (const requestChecksumCalculation of ['WHEN_REQUIRED', 'WHEN_SUPPORTED'] as const) {
    const signer = client({ requestChecksumCalculation });
    const url = await getSignedUrl(signer, new PutObjectCommand(object), { expiresIn: 60 });
    const body = `hello ${requestChecksumCalculation}`;
    expect((await fetch(url, { method: 'PUT', body })).status).toBe(200);
    const got = await s3.send(new GetObjectCommand(object));
    expect(await got.Body?.transformToString()).toBe(body);
  }
});

test('refuses what is not signed at all', async () => {
  const { buckets } = await startTestBuckets();
  for (const [method, path] of [
    ['GET', '/'],
    ['GET', '/plain/x'],
    ['PUT', '/plain/x'],
    ['POST', '/plain'],
    ['OPTIONS', '/plain/x'],
  ]) {
    const res = await fetch(`${buckets.endpoint}${path}`, { method: method ?? '' });
    expect(await refusal(res), `${method} ${path}`).toBe('403 AccessDenied');
  }
  const form = await upload(`${buckets.endpoint}/plain`, { key: 'x' }, 'x');
  expect(await refusal(form)).toBe('403 AccessDenied');
});

test('a presigned form uploads what its policy allows', async () => {
  const { client, s3, told, settled } = await startTestBuckets();
  const { url, fields } = await presignPost(client({ credentials: FUNCTION }), {
    ...{
      Key: `uploads/1/\${filename}`,
      Fields: { 'Content-Type': 'application/pdf', success_action_status: '201' },
    },
  });
  const res = await upload(url, fields, '%PDF-1.7 hello');
  expect(res.status).toBe(201);
  expect(await res.text()).toContain('<Key>uploads/1/holiday plan.pdf</Key>');
  const got = await s3.send(new GetObjectCommand({ Bucket: 'plain', Key: 'uploads/1/holiday plan.pdf' }));
  expect(got.ContentType).toBe('application/pdf');
  expect(await got.Body?.transformToString()).toBe('%PDF-1.7 hello');
  await settled();
  expect(told).toMatchObject([
    { detail: { reason: 'POST Object', object: { key: 'uploads/1/holiday plan.pdf', size: 14 } } },
  ]);
});

test('a presigned form redirects where its policy says', async () => {
  const { s3 } = await startTestBuckets();
  const Fields = {
    'Content-Type': 'application/pdf',
    success_action_redirect: 'http://127.0.0.1:3000/done?a=1',
  };
  const { url, fields } = await presignPost(s3, { Fields });
  const res = await upload(url, fields, 'x');
  expect(res.status).toBe(303);
  expect(new URL(res.headers.get('location') ?? '').searchParams.get('key')).toBe('uploads/1/report.pdf');
});

test('a presigned form refuses everything that its policy does not allow', async () => {
  const clock = liveClock();
  const { s3, client } = await startTestBuckets(clock.now);
  const { url, fields } = await presignPost(s3);
  const attempt = async (file: string, more: Record<string, string> = {}, to = url) =>
    refusal(await upload(to, fields, file, more));
  expect(await attempt('')).toBe('400 EntityTooSmall');
  expect(await attempt('x'.repeat(101))).toBe('400 EntityTooLarge');
  expect(await attempt('x', { 'Content-Type': 'text/html' })).toBe('403 AccessDenied');
  expect(await attempt('x', { key: 'uploads/2/other.pdf' })).toBe('403 AccessDenied');
  expect(await attempt('x', { key: '../x' })).toBe('400 InvalidURI');
  expect(await attempt('x', { 'x-amz-meta-added': '1' })).toBe('403 AccessDenied');
  expect(await attempt('x', {}, url.replace('/plain', '/kept'))).toBe('403 AccessDenied');
  expect(await attempt('x', { 'X-Amz-Signature': '0'.repeat(64) })).toBe('403 SignatureDoesNotMatch');
  const wider = JSON.stringify({ expiration: '2099-01-01T00:00:00Z', conditions: [] });
  expect(await attempt('x', { Policy: Buffer.from(wider).toString('base64') })).toBe(
    '403 SignatureDoesNotMatch',
  );
  const signedByOther = await presignPost(
    client({ credentials: { ...OPERATOR, secretAccessKey: 'guessed' } }),
  );
  expect(await refusal(await upload(url, signedByOther.fields, 'x'))).toBe('403 SignatureDoesNotMatch');
  clock.advance(601);
  expect(await attempt('x')).toBe('403 AccessDenied');
  clock.advance(-300);
  expect((await upload(url, fields, 'x')).status).toBe(204);
});
