import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FunctionStatistics } from '#infra/local/invoke/statistics.ts';
import { waitFor } from '#test/support/laptop.ts';
import { type LaptopEngines, type SignedCalls, signedCalls } from '#test/support/signed-calls.ts';
import { synthesizeLimits, VISIBILITY_SECONDS } from './fixture/limits-app.ts';
import { type Fixture, startFixture } from './fixture/start-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'folkmoot-limits-'));
const record = join(folder, 'record.jsonl');
let laptop: Fixture;
let engines: LaptopEngines;
let call: SignedCalls['call'];

beforeAll(async () => {
  laptop = await startFixture({ folder, record, cloudAssembly: synthesizeLimits(folder, record) });
  engines = await laptop.console<LaptopEngines>('/engines');
  call = signedCalls(engines).call;
});
afterAll(async () => {
  await laptop?.close();
  rmSync(folder, { recursive: true, force: true });
});

const get = async (path: string) => {
  const response = await fetch(`${laptop.publicUrl}${path}`);
  return { status: response.status, body: await response.json() };
};
const invoke = (name: string, does: string) =>
  laptop.console<{ status: string; result: unknown }>(`/functions/${name}/invoke`, {
    method: 'POST',
    body: JSON.stringify({ does }),
  });
const statisticsOf = async (wanted: string) => {
  const all = await laptop.console<FunctionStatistics[]>('/functions');
  return all.find(({ name }) => name === wanted);
};
const throttles = async () => (await statisticsOf('narrow'))?.throttles ?? 0;
const internalError = { status: 500, body: { message: 'Internal Server Error' } };

interface Seen {
  text: string;
  receives?: string;
}
const seen = (): Seen[] => laptop.lines('narrow').flatMap(({ records }) => records as Seen[]);
const timesSeen = (text: string): number => seen().filter((one) => one.text === text).length;
/** Receives and deletes. */
const take = async (queue: string): Promise<string[]> => {
  const QueueUrl = engines.sqs.queues[queue];
  const { Messages = [] } = await call<{ Messages?: { Body: string; ReceiptHandle: string }[] }>(
    'sqs',
    'ReceiveMessage',
    { QueueUrl, MaxNumberOfMessages: 10 },
  );
  for (const { ReceiptHandle } of Messages) await call('sqs', 'DeleteMessage', { QueueUrl, ReceiptHandle });
  return Messages.map(({ Body }) => Body);
};
const untilNarrowWaits = () => waitFor(() => existsSync(`${record}.waits`), Boolean);
const letGo = async (): Promise<void> => {
  await untilNarrowWaits();
  writeFileSync(`${record}.may-go-on`, '');
};
const put = (sk: string) =>
  call('dynamodb', 'PutItem', {
    TableName: engines.dynamodb.table,
    Item: { pk: { S: 'p' }, sk: { S: sk } },
  });

describe('a function that takes too much', () => {
  // https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html
  it('of time is stopped at its timeout, and starts cold again', async () => {
    await invoke('brief', 'nothing');
    const [answer, result] = await Promise.all([get('/brief/sleep'), invoke('brief', 'sleep')]);
    expect(answer).toEqual(internalError);
    expect(result).toMatchObject({
      status: 'timeout',
      result: {
        errorType: 'Sandbox.Timedout',
        errorMessage: expect.stringMatching(/Task timed out after 1\.00 seconds$/),
      },
    });
    expect(await invoke('brief', 'nothing')).toMatchObject({ status: 'ok', result: { calls: 1 } });
  });

  // https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
  // https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-invocation.html
  it.runIf(process.platform === 'linux').each(['buffers', 'heap'])(
    'of memory, as %s, is killed, and starts cold again',
    async (does) => {
      expect(await get(`/hungry/${does}`)).toEqual(internalError);
      expect(await invoke('hungry', does)).toMatchObject({
        status: 'error',
        result: {
          errorType: 'Runtime.OutOfMemory',
          errorMessage: expect.stringMatching(/Error: Runtime exited with error: signal: killed$/),
        },
      });
      expect(await invoke('hungry', 'nothing')).toMatchObject({ status: 'ok', result: { calls: 1 } });
      expect((await statisticsOf('hungry'))?.maxRssMb).toBeGreaterThan(256);
      const log = readFileSync(join(laptop.dataDir, 'logs/hungry.log'), 'utf8');
      expect(log).toMatch(/^hungry: used \d{3} MB of memory, its setting is 128 MB\.$/m);
    },
  );

  // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html (invocation payload: 6 MB)
  it('to answer fails, and lives on', async () => {
    expect(await get('/large')).toEqual(internalError);
    expect(await invoke('wide', 'large')).toMatchObject({
      status: 'error',
      result: {
        errorType: 'Function.ResponseSizeTooLarge',
        errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
      },
    });
    const next = await invoke('wide', 'nothing');
    expect((next.result as { calls: number }).calls).toBeGreaterThan(1);
  });
});

describe('a batch that holds one bad record', () => {
  // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
  it('of a queue: only that one comes again, and ends among the dead letters', async () => {
    const QueueUrl = engines.sqs.queues.work;
    const Entries = ['one', 'bad message', 'two'].map((MessageBody, at) => ({ Id: `${at}`, MessageBody }));
    await call('sqs', 'SendMessageBatch', { QueueUrl, Entries });
    for (const times of [1, 2, 3]) {
      await waitFor(
        () => timesSeen('bad message'),
        (seenNow) => seenNow >= times,
      );
      expect(timesSeen('bad message')).toBe(times);
      await laptop.pass(VISIBILITY_SECONDS);
    }
    const dead = await waitFor(
      () => take('dead'),
      (messages) => messages.length > 0,
    );
    expect(dead).toEqual(['bad message']);
    expect(
      seen()
        .filter(({ text }) => text === 'bad message')
        .map(({ receives }) => receives),
    ).toEqual([...['1', '2', '3']]);
    expect([timesSeen('one'), timesSeen('two')]).toEqual([1, 1]);
  });

  // https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
  it('of a stream: it is tried alone and given up, in order, with a note of where it stands', async () => {
    for (const sk of ['first', 'bad record', 'last']) await put(sk);
    const [note = '{}'] = await waitFor(
      () => take('given-up'),
      (messages) => messages.length > 0,
    );
    const order = () => seen().map(({ text }) => text);
    await waitFor(order, (texts) => texts.lastIndexOf('last') > texts.lastIndexOf('bad record'));
    expect([timesSeen('first'), timesSeen('bad record')]).toEqual([1, 2]);
    expect(JSON.parse(note)).toMatchObject({
      requestContext: {
        functionArn: 'arn:aws:lambda:eu-west-2:000000000000:function:narrow',
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: 2,
      },
      DDBStreamBatchInfo: { batchSize: 1, streamArn: expect.stringContaining('/stream/') },
    });
  });
});

// https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
describe('beyond a reserved concurrency', () => {
  it('a person is told that the service is not available', async () => {
    const asked = [get('/narrow/wait'), get('/narrow/wait')];
    expect(await Promise.race(asked)).toEqual({ status: 503, body: { message: 'Service Unavailable' } });
    expect(await invoke('wide', 'nothing')).toMatchObject({ status: 'ok' });
    await letGo();
    const answers = await Promise.all(asked);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 503]);
    expect(await throttles()).toBe(1);
  });

  it('a message comes again after its visibility time-out', async () => {
    const busy = invoke('narrow', 'wait');
    await untilNarrowWaits();
    const before = await throttles();
    await laptop.send('patient');
    await waitFor(throttles, (times) => times > before);
    await letGo();
    expect((await busy).status).toBe('ok');
    expect(timesSeen('patient')).toBe(0);
    await laptop.pass(VISIBILITY_SECONDS);
    await waitFor(
      () => timesSeen('patient'),
      (times) => times > 0,
    );
    expect(seen().find(({ text }) => text === 'patient')?.receives).toBe('2');
  });

  it('a record of a stream waits, however few attempts it has', async () => {
    const busy = invoke('narrow', 'wait');
    await untilNarrowWaits();
    const before = await throttles();
    await put('waits');
    // Its mapping has two attempts.
    await waitFor(throttles, (times) => times > before + 2);
    await letGo();
    expect((await busy).status).toBe('ok');
    await waitFor(
      () => timesSeen('waits'),
      (times) => times > 0,
    );
    expect(timesSeen('waits')).toBe(1);
    expect(await take('given-up')).toEqual([]);
  });
});
