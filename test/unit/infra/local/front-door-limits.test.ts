import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '#infra/local/engine.ts';
import { startFrontDoor } from '#infra/local/http.ts';
import type { InvocationResult } from '#infra/local/invoke/function-definition.ts';
import type { Behaviour, HttpApi } from '#infra/local/template/inventory.ts';

const api: HttpApi = {
  id: 'api',
  executeArn: 'arn:aws:execute-api:eu-west-2:000000000000:api',
  routes: [{ key: '$default', function: 'web', timeoutMs: 100 }],
  throttle: undefined,
};
const behaviour: Behaviour = {
  pattern: '/*',
  methods: ['GET', 'POST'],
  origin: { kind: 'api', api: 'api' },
  requestHeaders: { 'x-origin-secret': 's'.repeat(40) },
  addedHeaders: [],
};
const result = (payload: object, status: InvocationResult['status'] = 'ok'): InvocationResult => ({
  status,
  payload: JSON.stringify(payload),
  durationMs: 1,
  requestId: 'r',
});
const answers: Record<string, () => Promise<InvocationResult>> = {
  '/late': () => new Promise(() => {}),
  '/throttled': async () => result({ errorType: 'TooManyRequestsException' }, 'throttled'),
  '/failed': async () => result({ errorType: 'Error' }, 'error'),
  '/neighbours': async () =>
    result({
      statusCode: 200,
      headers: {
        Connection: 'upgrade',
        'Transfer-Encoding': 'chunked',
        'Content-Length': '3',
        TE: 'a',
        'x-a': 'b',
      },
      body: 'whole',
    }),
};
const invoke = (_name: string, payload: string) => {
  const { rawPath } = JSON.parse(payload) as { rawPath: string };
  return (answers[rawPath] ?? (async () => result({ statusCode: 200, body: 'ok' })))();
};
const open = (behaviours: Behaviour[]) =>
  startFrontDoor({
    inventory: { region: 'eu-west-2', accountId: '000000000000', apis: [api], behaviours, deployments: [] },
    port: 0,
    publicUrl: 'http://127.0.0.1:1',
    now: () => new Date(),
    invoke,
    permissions: { mayInvoke: () => true, mayRead: () => true },
    throttled: true,
    buckets: { answer: () => ({ status: 404, headers: {} }) },
  });

let alone: Engine;
let behindCloudFront: Engine;
beforeAll(async () => {
  alone = await open([]);
  behindCloudFront = await open([behaviour]);
});
afterAll(() => Promise.all([alone.close(), behindCloudFront.close()]));

const get = async (door: Engine, path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${door.endpoint}${path}`, { headers });
  return [response.status, await response.text()];
};
const statusOf = async (door: Engine, path: string, headers?: Record<string, string>) =>
  (await get(door, path, headers))[0];

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
describe('the HTTP API', () => {
  it('gives up on a function after the time-out of the integration', async () => {
    expect(await get(alone, '/late')).toEqual([503, '{"message":"Service Unavailable"}']);
  });

  it('says that a function which is throttled is not available', async () => {
    expect(await get(alone, '/throttled')).toEqual([503, '{"message":"Service Unavailable"}']);
    expect(await get(alone, '/failed')).toEqual([500, '{"message":"Internal Server Error"}']);
  });

  it('takes 10,240 bytes of request line and headers', async () => {
    expect(await statusOf(alone, `/${'p'.repeat(9_500)}`)).toBe(200);
    expect(await statusOf(alone, '/', { 'x-long': 'a'.repeat(9_500) })).toBe(200);
    expect(await get(alone, '/', { 'x-long': 'a'.repeat(10_240) })).toEqual([
      431,
      '{"message":"Request Header Fields Too Large"}',
    ]);
    expect(await statusOf(alone, `/${'p'.repeat(10_240)}`)).toBe(431);
  });

  it('does not pass on what a function says between two neighbours', async () => {
    const response = await fetch(`${alone.endpoint}/neighbours`);
    expect(await response.text()).toBe('whole');
    expect(Object.fromEntries(response.headers)).toMatchObject({ 'content-length': '5', 'x-a': 'b' });
    expect(response.headers.get('te')).toBeNull();
    expect(response.headers.get('connection')).not.toBe('upgrade');
  });
});

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html
describe('CloudFront before it', () => {
  it('takes addresses of 8,192 bytes and requests of 32,768', async () => {
    expect(await statusOf(behindCloudFront, `/${'p'.repeat(8_100)}`)).toBe(200);
    expect(await statusOf(behindCloudFront, `/${'p'.repeat(8_192)}`)).toBe(413);
    expect(await statusOf(behindCloudFront, '/', { 'x-long': 'a'.repeat(20_000) })).toBe(431);
    expect(await statusOf(behindCloudFront, '/', { 'x-long': 'a'.repeat(32_768) })).toBe(413);
  });

  it('takes no GET with a body', async () => {
    const { promise, resolve } = Promise.withResolvers<number | undefined>();
    const headers = { 'content-length': '1' };
    request(behindCloudFront.endpoint, { method: 'GET', headers }, (res) => {
      res.resume();
      resolve(res.statusCode);
    }).end('a');
    expect(await promise).toBe(403);
  });
});
