import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openCallLog } from '#infra/local/faults/call-log.ts';
import { openFaults } from '#infra/local/faults/open-faults.ts';
import { dynamoDbProtocol } from '#infra/local/gate/dynamodb-protocol.ts';
import { startGate } from '#infra/local/gate/gate.ts';
import { OPERATOR, openCredentials } from '#infra/local/invoke/credentials.ts';
import type { Access, Caller } from '#infra/local/permissions/access.ts';
import { type LaptopEngines, signedCalls } from '#test/support/signed-calls.ts';

/* The gate before an engine that only counts: what reaches it, and what its caller gets. */

let folder: string;
let engine: Server;
let reached: string[];
let asked: { caller: Caller; accesses: readonly Access[] }[];
let killed: (string | undefined)[][];
let refusal: string | undefined;
let now: Date;
let gate: Awaited<ReturnType<typeof startGate>>;
let engines: LaptopEngines;
let credentials: ReturnType<typeof openCredentials>;
const faults = openFaults();
const calls = openCallLog();

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'folkmoot-gate-'));
  [reached, asked, killed, refusal, now] = [[], [], [], undefined, new Date()];
  engine = createServer(async (req, res) => {
    let body = '';
    for await (const chunk of req) body += String(chunk);
    reached.push(body);
    res.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{"Item":{"pk":{"S":"1"}}}');
  });
  await new Promise<void>((resolve) => engine.listen(0, '127.0.0.1', resolve));
  credentials = openCredentials(join(folder, 'credentials.json'));
  gate = await startGate(
    dynamoDbProtocol({
      tableArn: (name) => `table/${name}`,
      partitionKeyOf: () => 'pk',
      streamArn: (own) => own,
    }),
    `http://127.0.0.1:${(engine.address() as AddressInfo).port}`,
    {
      ...{ region: 'eu-west-2', credentials, faults, calls },
      guard: {
        check: (caller, accesses) => {
          asked.push({ caller, accesses });
          return refusal;
        },
      },
      now: () => now,
      kill: (...who) => killed.push(who),
    },
  );
  const { accessKeyId, secretAccessKey } = credentials.of(OPERATOR);
  const nothing = { endpoint: '', buckets: {}, queues: {} };
  engines = {
    dynamodb: { endpoint: gate.endpoint, table: 'T' },
    ...{ s3: nothing, sqs: nothing, ses: nothing },
    ...{ region: 'eu-west-2', accessKeyId, secretAccessKey },
  };
});

afterEach(async () => {
  faults.clear();
  calls.clear();
  await gate.close();
  engine.close();
  rmSync(folder, { recursive: true });
});

const key = { TableName: 'T', Key: { pk: { S: '1' }, sk: { S: '2' } } };
const get = (as = credentials.of('web')) => signedCalls(engines, as).send('dynamodb', 'GetItem', key);
const inject = (rule: object) => {
  const result = faults.replace({ rules: [{ engine: 'dynamodb', ...rule }] });
  expect(result).toHaveProperty('view');
};
const errorOf = async (response: Response) => {
  const { __type, message } = (await response.json()) as { __type: string; message: string };
  return { status: response.status, type: __type.split('#')[1], message };
};

describe('a call', () => {
  it('that is signed and allowed reaches the engine as it came, and its answer goes back', async () => {
    const response = await get();
    expect([response.status, await response.json()]).toEqual([200, { Item: { pk: { S: '1' } } }]);
    expect(reached).toEqual([JSON.stringify(key)]);
    expect(asked).toMatchObject([
      {
        caller: { kind: 'function', name: 'web' },
        accesses: [{ action: 'dynamodb:GetItem', resource: 'table/T' }],
      },
    ]);
    expect(calls.list()).toEqual([{ n: 1, function: 'web', engine: 'dynamodb', operation: 'GetItem' }]);
  });

  it('of the operator is known as such, and not noted', async () => {
    await get(credentials.of(OPERATOR));
    expect(asked[0]?.caller).toEqual({ kind: 'operator' });
    expect(calls.list()).toEqual([]);
  });

  it('that is not allowed is refused with the reason', async () => {
    refusal = 'User: x is not authorized to perform: dynamodb:GetItem';
    expect(await errorOf(await get())).toEqual({
      status: 400,
      type: 'AccessDeniedException',
      message: refusal,
    });
    expect(reached).toEqual([]);
  });
});

describe('a call is refused before anybody is asked', () => {
  afterEach(() => {
    expect(reached).toEqual([]);
    expect(asked).toEqual([]);
  });

  it.each([
    ['another secret', (own: object) => ({ ...own, secretAccessKey: 'x' }), 'InvalidSignatureException'],
    ['another token', (own: object) => ({ ...own, sessionToken: 'x' }), 'UnrecognizedClientException'],
    [
      'an unknown key',
      (own: object) => ({ ...own, accessKeyId: 'ASIAUNKNOWN' }),
      'UnrecognizedClientException',
    ],
  ])('with %s', async (_, change, type) => {
    const response = await get(change(credentials.of('web')) as ReturnType<typeof credentials.of>);
    expect((await errorOf(response)).type).toBe(type);
  });

  it('without a signature', async () => {
    const response = await fetch(gate.endpoint, { method: 'POST', body: JSON.stringify(key) });
    expect((await errorOf(response)).type).toBe('MissingAuthenticationTokenException');
  });

  it('for another region', async () => {
    engines = { ...engines, region: 'us-east-1' };
    expect((await errorOf(await get())).type).toBe('InvalidSignatureException');
  });

  it('with another body than the one that was signed', async () => {
    const original = globalThis.fetch;
    globalThis.fetch = (url, init) => original(url, { ...init, body: '{"TableName":"Other"}' });
    const response = await get().finally(() => {
      globalThis.fetch = original;
    });
    expect((await errorOf(response)).type).toBe('InvalidSignatureException');
  });
});

describe('a date', () => {
  const operator = () => get(credentials.of(OPERATOR));
  afterEach(() => vi.useRealTimers());

  it('is right by the laptop’s clock or by the machine’s', async () => {
    now = new Date('2030-01-01T00:00:00Z');
    expect((await operator()).status).toBe(200);
    vi.useFakeTimers({ now, toFake: ['Date'] });
    expect((await operator()).status).toBe(200);
  });

  it('of neither is refused, unless a function signed: the clock may be moved while it runs', async () => {
    vi.useFakeTimers({ now: new Date('2031-01-01T00:00:00Z'), toFake: ['Date'] });
    // What the gate takes for the machine's clock was captured before.
    expect((await errorOf(await operator())).type).toBe('InvalidSignatureException');
    expect((await get()).status).toBe(200);
  });
});

describe('a fault', () => {
  it.each([
    ['throttle', 400, 'ThrottlingException'],
    ['error', 500, 'InternalServerError'],
  ])('%s is answered in the words of the service, and nothing happens', async (effect, status, type) => {
    inject({ effect, count: 1 });
    expect(await errorOf(await get())).toMatchObject({ status, type });
    expect(reached).toEqual([]);
    expect((await get()).status).toBe(200);
    expect(faults.read().rules).toMatchObject([{ matched: 2, fired: 1 }]);
  });

  it('reset breaks the connection before anything happens', async () => {
    inject({ effect: 'reset' });
    await expect(get()).rejects.toThrow();
    expect(reached).toEqual([]);
  });

  it('delay is late, and then as ever', async () => {
    inject({ effect: 'delay', delayMs: 80 });
    const began = performance.now();
    expect((await get()).status).toBe(200);
    expect(performance.now() - began).toBeGreaterThanOrEqual(79);
  });

  it.each([
    ['timeout-before', 0],
    ['timeout-after', 1],
  ])('%s gives no answer; the engine was called %i times', async (effect, times) => {
    inject({ effect });
    const answered = await Promise.race([
      get().then(() => 'answered'),
      new Promise((resolve) => setTimeout(resolve, 120, 'silence')),
    ]);
    expect(answered).toBe('silence');
    expect(reached).toHaveLength(times);
  });

  it('kill ends the process that calls, and nothing happens', async () => {
    inject({ effect: 'kill', function: 'web' });
    await expect(get()).rejects.toThrow();
    expect(killed).toEqual([['web', undefined]]);
    expect(reached).toEqual([]);
  });

  it('of one function leaves the others alone', async () => {
    inject({ effect: 'throttle', function: 'other' });
    expect((await get()).status).toBe(200);
    expect((await get(credentials.of('other'))).status).toBe(400);
  });
});
