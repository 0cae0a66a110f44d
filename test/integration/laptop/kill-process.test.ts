import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { realClock } from '#infra/local/clock.ts';
import { listen } from '#infra/local/engine/listen.ts';
import type { Engine } from '#infra/local/engine.ts';
import { openCredentials } from '#infra/local/invoke/credentials.ts';
import { type Runner, startRunner } from '#infra/local/invoke.ts';

const root = join(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'folkmoot-kill-process-'));

const clients = `
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendRawEmailCommand, SESClient } from '@aws-sdk/client-ses';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
const calls = {
  dynamodb: () => new DynamoDBClient().send(new GetItemCommand({ TableName: 't', Key: { pk: { S: 'a' } } })),
  s3: () => new S3Client({ forcePathStyle: true }).send(new HeadObjectCommand({ Bucket: 'b', Key: 'k' })),
  ses: () => new SESClient().send(new SendRawEmailCommand({ RawMessage: { Data: Buffer.from('a') } })),
  sqs: () => new SQSClient().send(new SendMessageCommand({ QueueUrl: process.env.AWS_ENDPOINT_URL_SQS + '/q', MessageBody: 'a' })),
};
export const handler = ({ client }) => calls[client]();
`;

/** Answers nothing, ever; `called` is the next request that it sees. */
let engine: Engine;
let called: Promise<IncomingMessage>;
let onCall: (req: IncomingMessage) => void;
let runner: Runner;

beforeAll(async () => {
  await build({
    stdin: { contents: clients, resolveDir: root },
    outfile: join(folder, 'clients/index.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: {
      js: "import { createRequire as cr } from 'node:module'; const require = cr(import.meta.url);",
    },
  });
  engine = await listen('silent', 0, async (req) => onCall(req), { closingGraceMs: 10 });
  const { endpoint } = engine;
  const define = (name: string, code: string, environment = {}) => ({
    name,
    code,
    handler: 'index.handler',
    environment,
    memoryMb: 512,
    timeoutSeconds: 120,
  });
  runner = await startRunner({
    functions: [
      define('clients', join(folder, 'clients')),
      define('relay-outbox', join(root, 'build/functions/relay-outbox'), {
        MAIL_QUEUE_URL: `${endpoint}/000000000000/mail`,
        MAILINGS_QUEUE_URL: `${endpoint}/000000000000/mailings`,
        DOCUMENTS_QUEUE_URL: `${endpoint}/000000000000/documents`,
      }),
    ],
    region: 'eu-west-2',
    accountId: '000000000000',
    endpoints: { dynamodb: endpoint, s3: endpoint, ses: endpoint, sqs: endpoint },
    credentials: openCredentials(join(folder, 'credentials.json')),
    clock: realClock(),
    logDir: join(folder, 'logs'),
  });
});
afterAll(async () => {
  await runner.close();
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});
const expectCall = () => {
  called = new Promise((resolve) => {
    onCall = resolve;
  });
};
beforeEach(expectCall);

const traceOf = (req: IncomingMessage): string => String(req.headers['x-amzn-trace-id']);
const killed = { errorType: 'Runtime.ExitError', errorMessage: expect.stringContaining('signal: killed') };

// https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html: the SDKs send the trace header along.
it.each(['dynamodb', 's3', 'ses', 'sqs'])(
  'a call of the SDK for %s tells which process calls',
  async (client) => {
    const first = runner.invoke('clients', JSON.stringify({ client }));
    const trace = traceOf(await called);
    expect(trace).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/);
    expectCall();
    const second = runner.invoke('clients', JSON.stringify({ client }));
    const other = traceOf(await called);
    expect(other).not.toBe(trace);

    expect(runner.killProcess('clients', trace)).toBe(true);
    expect(JSON.parse((await first).payload)).toMatchObject(killed);
    expect(await Promise.race([second, Promise.resolve('still runs')])).toBe('still runs');
    expect(runner.killProcess('clients', other)).toBe(true);
    expect(JSON.parse((await second).payload)).toMatchObject(killed);
    expect(runner.killProcess('clients', other)).toBe(false);
  },
);

it('the functions of the product send it, too; without a trace, what works is killed', async () => {
  const event = readFileSync(join(root, 'events/relay-outbox/two-mails.json'), 'utf8');
  const run = runner.invoke('relay-outbox', event);
  expect(traceOf(await called)).toMatch(/^Root=1-/);
  expect(runner.killProcess('relay-outbox')).toBe(true);
  expect(JSON.parse((await run).payload)).toMatchObject(killed);
  expect(runner.killProcess('nobody')).toBe(false);
});
