import { PutObjectCommand } from '@aws-sdk/client-s3';
import { expect, onTestFinished, test } from 'vitest';
import { findFreePort } from '#infra/local/free-port.ts';
import { startFrontDoor } from '#infra/local/http.ts';
import { startTestBuckets } from './support/start-buckets.ts';

const Key = 'documents/files/1/minutes of may.pdf';
const path = '/documents/files/1/minutes%20of%20may.pdf';
const stored = {
  ContentType: 'application/pdf',
  CacheControl: 'public, max-age=120',
  ContentDisposition: 'inline; filename="minutes.pdf"',
};

async function start({ mayRead = true } = {}) {
  const { buckets, s3 } = await startTestBuckets();
  await s3.send(new PutObjectCommand({ Bucket: 'plain', Key, Body: '%PDF-1.7 hello', ...stored }));
  const port = await findFreePort();
  const origin = { kind: 'bucket', bucket: 'plain', distributionArn: 'arn' } as const;
  const addedHeaders = [
    { name: 'content-security-policy', value: "default-src 'none'", override: true },
    { name: 'cache-control', value: 'no-store', override: false },
  ];
  const door = await startFrontDoor({
    inventory: {
      ...{ region: 'eu-west-2', accountId: '000000000000', apis: [], deployments: [] },
      behaviours: [
        { pattern: '/documents/files/*', methods: ['GET', 'HEAD'], origin, requestHeaders: {}, addedHeaders },
      ],
    },
    ...{ port, publicUrl: `http://127.0.0.1:${port}`, now: () => new Date(), throttled: false, buckets },
    invoke: () => Promise.reject(new Error('no function is behind this door')),
    permissions: { mayInvoke: () => false, mayRead: () => mayRead },
  });
  onTestFinished(() => door.close());
  return (headers: Record<string, string> = {}, { method = 'GET', at = path } = {}) =>
    fetch(`${door.endpoint}${at}`, { method, headers });
}

test('a file is handed out as it was stored, with the headers of the entrance', async () => {
  const get = await start();
  const res = await get();
  expect(res.status).toBe(200);
  expect(Object.fromEntries(res.headers)).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': 'inline; filename="minutes.pdf"',
    'content-length': '14',
    'cache-control': 'public, max-age=120',
    'accept-ranges': 'bytes',
    'content-security-policy': "default-src 'none'",
  });
  expect(await res.text()).toBe('%PDF-1.7 hello');
  const head = await get({}, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '14', '']);
});

test('whoever has it already is told so, and whoever wants a part gets that part', async () => {
  const get = await start();
  const etag = (await get()).headers.get('etag') ?? '';
  const unchanged = await get({ 'if-none-match': etag });
  expect([unchanged.status, await unchanged.text()]).toEqual([304, '']);
  const part = await get({ range: 'bytes=1-3' });
  expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
    206,
    'bytes 1-3/14',
    'PDF',
  ]);
  expect((await get({ range: 'bytes=1-3', 'if-range': etag })).status).toBe(206);
  expect((await get({ range: 'bytes=1-3', 'if-range': '"another"' })).status).toBe(200);
  expect((await get({ range: 'bytes=99-' })).status).toBe(416);
});

test('what is not there is said to be missing, and what may not be read is refused', async () => {
  const get = await start();
  const missing = await get({}, { at: '/documents/files/2/x.pdf' });
  expect([missing.status, await missing.text()]).toEqual([404, expect.stringContaining('NoSuchKey')]);
  expect((await get({}, { at: '/documents/files/..%2F..%2Fx' })).status).toBe(404);
  const closed = await start({ mayRead: false });
  expect((await closed()).status).toBe(403);
});
