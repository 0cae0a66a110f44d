import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { expect, test } from 'vitest';
import { startTestBuckets } from './support/start-buckets.ts';

const OURS = 'https://consult.example.org';

const start = () =>
  startTestBuckets(undefined, undefined, {
    buckets: [
      { name: 'silent', versioned: false },
      {
        name: 'uploads',
        versioned: true,
        corsRules: [
          {
            origins: [OURS, 'https://*.example.net'],
            methods: ['POST'],
            headers: ['x-amz-*'],
            exposedHeaders: ['ETag'],
            maxAgeSeconds: 3600,
          },
        ],
      },
    ],
  });

const preflight = (url: string, origin: string, headers: Record<string, string> = {}) =>
  fetch(url, {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'POST', ...headers },
  });

test('a browser is told that a page of ours may send a form', async () => {
  const { buckets } = await start();
  const res = await preflight(`${buckets.endpoint}/uploads`, OURS, {
    'access-control-request-headers': 'X-Amz-Date',
  });
  expect(res.status).toBe(200);
  expect(Object.fromEntries(res.headers)).toMatchObject({
    'access-control-allow-origin': OURS,
    'access-control-allow-methods': 'POST',
    'access-control-allow-headers': 'x-amz-date',
    'access-control-max-age': '3600',
    vary: expect.stringContaining('Origin'),
  });
});

test('and that no other page may, nothing else, and nowhere else', async () => {
  const { buckets } = await start();
  const refused: [path: string, origin: string, headers?: Record<string, string>][] = [
    ['/uploads', 'https://evil.example.org'],
    ['/uploads', 'http://consult.example.org'],
    ['/uploads', 'https://example.net'],
    ['/uploads', OURS, { 'access-control-request-method': 'PUT' }],
    ['/uploads', OURS, { 'access-control-request-headers': 'authorization' }],
    ['/silent', OURS],
    ['/nowhere', OURS],
  ];
  for (const [path, origin, headers] of refused) {
    const res = await preflight(`${buckets.endpoint}${path}`, origin, headers);
    expect([res.status, res.headers.get('access-control-allow-origin')], `${path} ${origin}`).toEqual([
      403,
      null,
    ]);
    expect(await res.text()).toContain('<Code>AccessForbidden</Code>');
  }
  expect((await preflight(`${buckets.endpoint}/uploads`, 'https://a.example.net')).status).toBe(200);
});

test('a script of ours reads the answer to its form, a refusal too; one of others does not', async () => {
  const { s3 } = await start();
  const { url, fields } = await createPresignedPost(s3, {
    ...{ Bucket: 'uploads', Key: 'files/1', Expires: 600 },
    Conditions: [['content-length-range', 1, 4]],
  });
  const send = (origin: string, file: string) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    form.set('file', new Blob([file]));
    return fetch(url, { method: 'POST', body: form, headers: { origin } });
  };
  const taken = await send(OURS, 'x');
  expect([taken.status, taken.headers.get('access-control-allow-origin')]).toEqual([204, OURS]);
  expect(taken.headers.get('access-control-expose-headers')).toBe('ETag');
  const refused = await send(OURS, 'too long');
  expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([400, OURS]);
  expect((await send('https://evil.example.org', 'x')).headers.has('access-control-allow-origin')).toBe(
    false,
  );
});
