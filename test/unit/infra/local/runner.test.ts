import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Clock, realClock } from '#infra/local/clock.ts';
import { openCredentials } from '#infra/local/invoke/credentials.ts';
import { type Runner, startRunner } from '#infra/local/invoke.ts';

const folder = mkdtempSync(join(tmpdir(), 'folkmoot-runner-'));
let runner: Runner;
let offset = 0;
const clock: Clock = { ...realClock(), offset: () => offset };

const sources = {
  works: `
let calls = 0;
export const handler = async (event, context) => {
  calls += 1;
  if (event.wait) await new Promise((resolve) => setTimeout(resolve, event.wait));
  if (event.reject) Promise.reject(new Error('nobody waits'));
  if (event.log) console.log('a line in the log');
  return { calls, pid: process.pid, now: Date.now(), left: context.getRemainingTimeInMillis(), id: context.awsRequestId };
};`,
  eats: `
let calls = 0;
export const handler = async ({ kind, megabytes = 0, wait = 0 }) => {
  calls += 1;
  const eaten = [];
  for (let eatenMb = 0; eatenMb < megabytes; eatenMb += 2) {
    eaten.push(kind === 'heap' ? new Array(262_144).fill(0.5) : Buffer.alloc(2 * 1024 * 1024, 1));
    await new Promise((resolve) => setImmediate(resolve));
  }
  await new Promise((resolve) => setTimeout(resolve, wait));
  return { calls, pid: process.pid, eaten: eaten.length };
};`,
  broken: `throw new RangeError('at load');`,
  absent: `export const other = 1;`,
  layered: `
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
export const handler = async () => ['plain', 'both', 'versioned'].map((name) => require(name));`,
  callback: `export const handler = (event, context, callback) => callback(null, 1);`,
};

beforeAll(async () => {
  for (const [name, source] of Object.entries(sources)) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'index.mjs'), source);
  }
  const define = (name: keyof typeof sources, more = {}) => ({
    name,
    code: join(folder, name),
    handler: 'index.handler',
    environment: {},
    memoryMb: 256,
    timeoutSeconds: 5,
    ...more,
  });
  runner = await startRunner({
    functions: [
      define('works', { reservedConcurrency: 2 }),
      define('eats', { memoryMb: 128, timeoutSeconds: 9 }),
      { ...define('works', { reservedConcurrency: 0 }), name: 'never' },
      { ...define('works'), name: 'patient' },
      define('broken'),
      define('absent'),
      define('callback'),
      define('layered', { layers: [makeLayer('first'), makeLayer('second')] }),
      { ...define('layered'), name: 'bare' },
    ],
    region: 'eu-west-2',
    accountId: '000000000000',
    endpoints: {},
    credentials: openCredentials(join(folder, 'credentials.json')),
    clock,
    logDir: join(folder, 'logs'),
  });
});
afterAll(async () => {
  await runner.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A layer with a package that is in this one alone, and two that are in both. */
function makeLayer(name: string): string {
  const layer = join(folder, `layer-${name}`);
  const packages = {
    [`nodejs/node_modules/${name === 'first' ? 'plain' : 'other'}`]: name,
    'nodejs/node_modules/both': name,
    [`nodejs/${name === 'first' ? 'node24/' : ''}node_modules/versioned`]: name,
  };
  for (const [path, value] of Object.entries(packages)) {
    mkdirSync(join(layer, path), { recursive: true });
    writeFileSync(join(layer, path, 'index.js'), `module.exports = '${value}';`);
  }
  return layer;
}

type Answer = { status: string } & Record<string, unknown>;

const invoke = async (name: string, event: object = {}): Promise<Answer> => {
  const { status, payload } = await runner.invoke(name, JSON.stringify(event));
  return { status, ...(JSON.parse(payload) as Record<string, unknown>) };
};

describe('a function', () => {
  it('is kept warm between invocations', async () => {
    const first = await invoke('works');
    const second = await invoke('works');
    expect(first).toMatchObject({ status: 'ok', calls: 1 });
    expect(second).toMatchObject({ calls: 2, pid: first.pid });
    expect(second.id).not.toBe(first.id);
    expect(second.left).toBeGreaterThan(4_000);
  });

  // https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html
  it('finds the packages of its layers, of the last one first, and those for its Node.js before any', async () => {
    const { payload } = await runner.invoke('layered', '{}');
    expect(JSON.parse(payload)).toEqual(['first', 'second', 'first']);
    expect(await invoke('bare')).toMatchObject({
      status: 'error',
      errorMessage: expect.stringContaining("Cannot find module 'plain'"),
    });
  });

  // https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
  it('refuses what goes beyond its reserved concurrency', async () => {
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => invoke('works', { wait: 100 })));
    expect(answers.map(({ status }) => status).sort()).toEqual([
      ...['ok', 'ok'],
      ...['throttled', 'throttled', 'throttled'],
    ]);
    expect(answers.find(({ status }) => status === 'throttled')).toMatchObject({
      errorType: 'TooManyRequestsException',
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    });
    const [works] = runner.statistics();
    expect(works?.throttles).toBe(3);
    expect(await invoke('never')).toMatchObject({ status: 'throttled' });
  });

  it('waits its turn where nothing is reserved', async () => {
    const answers = await Promise.all([1, 2, 3, 4, 5, 6].map(() => invoke('patient', { wait: 50 })));
    expect(answers.every(({ status }) => status === 'ok')).toBe(true);
    expect(new Set(answers.map(({ pid }) => pid)).size).toBeLessThanOrEqual(4);
  });

  // https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
  it.runIf(process.platform === 'linux').each(['buffers', 'heap'])(
    'that takes twice its memory is killed, as %s, and starts cold again',
    async (kind) => {
      const before = await invoke('eats');
      const statistics = () => runner.statistics().find(({ name }) => name === 'eats');
      const coldStarts = statistics()?.coldStarts ?? 0;
      expect(await invoke('eats', { kind, megabytes: 400 })).toMatchObject({
        status: 'error',
        errorType: 'Runtime.OutOfMemory',
        errorMessage: expect.stringMatching(
          /^RequestId: [0-9a-f-]{36} Error: Runtime exited with error: signal: killed$/,
        ),
      });
      const after = await invoke('eats');
      expect(after).toMatchObject({ status: 'ok', calls: 1 });
      expect(after.pid).not.toBe(before.pid);
      expect(statistics()?.coldStarts).toBe(coldStarts + 1);
      expect(statistics()?.maxRssMb).toBeGreaterThan(256);
    },
  );

  it.runIf(process.platform === 'linux')('that takes more than its memory is reported, once', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => {});
    for (const kind of ['buffers', 'buffers']) {
      expect(await invoke('eats', { kind, megabytes: 110 })).toMatchObject({ status: 'ok' });
    }
    const reports = said.mock.calls.map(([line]) => String(line)).filter((line) => line.startsWith('eats:'));
    said.mockRestore();
    expect(reports).toEqual([
      expect.stringMatching(/^eats: used \d{3} MB of memory, its setting is 128 MB\.$/),
    ]);
    await expect
      .poll(() => readFileSync(join(folder, 'logs/eats.log'), 'utf8'))
      .toContain('its setting is 128 MB');
  });

  it('sees the clock of the laptop, which may move between two invocations', async () => {
    offset = 365 * 86_400_000;
    expect(Math.abs(Number((await invoke('works')).now) - Date.now() - offset)).toBeLessThan(2_000);
    offset = 0;
    expect(Math.abs(Number((await invoke('works')).now) - Date.now())).toBeLessThan(2_000);
  });

  it('ends when it leaves a promise behind that fails', async () => {
    await invoke('works', { reject: true, wait: 50 });
    expect(await invoke('works')).toMatchObject({ status: 'ok' });
  });

  it('writes to its own log', async () => {
    await invoke('works', { log: true });
    await expect
      .poll(() => readFileSync(join(folder, 'logs/works.log'), 'utf8'))
      .toContain('a line in the log');
  });

  it.each([
    ['broken', 'RangeError'],
    ['absent', 'Runtime.HandlerNotFound'],
    ['callback', 'Runtime.CallbackHandlerDeprecated'],
  ])('that cannot start answers why: %s', async (name, errorType) => {
    expect(await invoke(name)).toMatchObject({ status: 'error', errorType });
  });

  it('has credentials of its own, the same after a restart', () => {
    const again = openCredentials(join(folder, 'credentials.json'));
    expect(again.of('works')).toEqual(runner.credentialsOf('works'));
    expect(again.ownerOf(again.of('works').accessKeyId)).toBe('works');
    expect(again.of('works').accessKeyId).not.toBe(again.of('broken').accessKeyId);
    expect(runner.credentialsOf('nobody')).toBeUndefined();
  });

  it('has to exist', async () => {
    await expect(runner.invoke('nobody', '{}')).rejects.toThrow(/no function "nobody"/);
  });
});
