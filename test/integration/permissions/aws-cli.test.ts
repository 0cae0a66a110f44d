import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { awsAs, findAws, type RunAws } from '#test/support/aws-cli.ts';
import { startLaptop, type TestLaptop } from '#test/support/laptop.ts';
import type { CallerCredentials, LaptopEngines } from '#test/support/signed-calls.ts';

/*
 * AWS's own command line tool, an independent client: with an operator's credentials it may do everything that the
 * engines know, with a function's credentials what that function is granted.
 */

const aws = findAws();
const folder = mkdtempSync(join(tmpdir(), 'folkmoot-aws-'));
let laptop: TestLaptop;
let engines: LaptopEngines;

beforeAll(async () => {
  laptop = await startLaptop({ env: { FOLKMOOT_USAGE: '' } });
  engines = await laptop.console<LaptopEngines>('/engines');
});
afterAll(async () => {
  await laptop.stop();
  rmSync(folder, { recursive: true, force: true });
});

const runAs = (credentials: CallerCredentials): RunAws => awsAs(engines, credentials, folder);
const operator: RunAws = (...args) => runAs(engines)(...args);
const asFunction =
  (name: string): RunAws =>
  async (...args) =>
    runAs(await laptop.console<CallerCredentials>(`/credentials/${name}`))(...args);

const text = (value: string) => JSON.stringify({ S: value });
const item = (pk: string) => `{"pk":${text(pk)},"sk":${text('1')}}`;

describe.runIf(aws)('aws with an operator’s credentials', () => {
  it('lists, writes and reads the table', async () => {
    const { table } = engines.dynamodb;
    expect(JSON.parse((await operator('dynamodb', 'list-tables')).out).TableNames).toEqual([table]);
    const put = await operator('dynamodb', 'put-item', '--table-name', table, '--item', item('cli'));
    expect(put).toMatchObject({ code: 0 });
    const got = await operator('dynamodb', 'get-item', '--table-name', table, '--key', item('cli'));
    expect(JSON.parse(got.out).Item).toEqual({ pk: { S: 'cli' }, sk: { S: '1' } });
  });

  it('lists, writes and reads a bucket', async () => {
    const bucket = engines.s3.buckets.uploads ?? '';
    const file = join(folder, 'minutes.txt');
    writeFileSync(file, 'What was said');
    expect(await operator('s3', 'cp', file, `s3://${bucket}/a/minutes.txt`)).toMatchObject({ code: 0 });
    expect((await operator('s3', 'ls', `s3://${bucket}/a/`)).out).toContain('minutes.txt');
    expect((await operator('s3', 'cp', `s3://${bucket}/a/minutes.txt`, '-')).out).toBe('What was said');
  });

  it('lists, writes and reads a queue', async () => {
    const { QueueUrls } = JSON.parse((await operator('sqs', 'list-queues')).out);
    const url = QueueUrls.find((name: string) => name.endsWith('-missed'));
    const sent = await operator('sqs', 'send-message', '--queue-url', url, '--message-body', 'hello');
    expect(sent).toMatchObject({ code: 0 });
    const received = await operator('sqs', 'receive-message', '--queue-url', url);
    expect(JSON.parse(received.out).Messages[0].Body).toBe('hello');
  });

  it('asks for the quota of mail', async () => {
    expect(JSON.parse((await operator('ses', 'get-send-quota')).out)).toMatchObject({ MaxSendRate: 100 });
  });
});

describe.runIf(aws)('aws with a function’s credentials', () => {
  it('does what the function is granted', async () => {
    const { table } = engines.dynamodb;
    const key = ['--table-name', table, '--key', item('cli')];
    expect(await asFunction('public-web')('dynamodb', 'get-item', ...key)).toMatchObject({ code: 0 });
    const url = engines.sqs.queues.mail ?? '';
    const sent = await asFunction('relay-outbox')(
      'sqs',
      'send-message',
      '--queue-url',
      url,
      '--message-body',
      '{}',
    );
    expect(sent).toMatchObject({ code: 0, err: '' });
  });

  it.each([
    ['public-web', 'dynamodb', ['scan'], 'dynamodb:Scan'],
    ['send-mail', 'dynamodb', ['delete-item', '--key', item('cli')], 'dynamodb:DeleteItem'],
    ['relay-outbox', 'dynamodb', ['get-item', '--key', item('cli')], 'dynamodb:GetItem'],
  ] as const)('%s is refused %s %j, by name', async (name, service, [operation, ...more], action) => {
    const { table } = engines.dynamodb;
    const { code, err } = await asFunction(name)(service, operation, '--table-name', table, ...more);
    expect(code).toBe(1);
    expect(err).toContain('(AccessDeniedException)');
    expect(err).toMatch(
      new RegExp(
        `User: arn:aws:sts::\\d{12}:assumed-role/\\S+/folkmoot-laptop-${name} is not authorized to perform: ${action} on resource: arn:aws:dynamodb:\\S+:table/${table} `,
      ),
    );
  });

  it('is refused the queue, the bucket and the mail that are not its own', async () => {
    const web = asFunction('public-web');
    const url = engines.sqs.queues.mail ?? '';
    const bucket = engines.s3.buckets.uploads ?? '';
    const refused = await Promise.all([
      web('sqs', 'send-message', '--queue-url', url, '--message-body', '{}'),
      web('s3api', 'list-objects-v2', '--bucket', bucket),
      web('s3api', 'get-object', '--bucket', bucket, '--key', 'a/minutes.txt', join(folder, 'stolen')),
      web('ses', 'get-send-quota'),
    ]);
    for (const { code, err } of refused) {
      expect(code).toBe(1);
      expect(err).toMatch(/\(AccessDenied\).* is not authorized to perform: /s);
    }
  });

  it('is told so in S3’s words, however much is under way when it is refused', async () => {
    const credentials = await laptop.console<CallerCredentials>('/credentials/public-web');
    const { region, s3 } = engines;
    const client = new S3Client({
      endpoint: s3.endpoint,
      region,
      credentials,
      forcePathStyle: true,
      maxAttempts: 1,
    });
    const Body = Buffer.alloc(8_000_000);
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const put = client.send(new PutObjectCommand({ Bucket: s3.buckets.uploads, Key: 'large', Body }));
      await expect(put).rejects.toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
    }
    client.destroy();
  });

  it('is refused when the secret, the token or the body is not what it was', async () => {
    const own = await laptop.console<CallerCredentials>('/credentials/public-web');
    const key = ['--table-name', engines.dynamodb.table, '--key', item('cli')];
    const wrongSecret = runAs({ ...own, secretAccessKey: `${own.secretAccessKey}x` });
    const withoutToken = runAs({ accessKeyId: own.accessKeyId, secretAccessKey: own.secretAccessKey });
    const [wrong, without] = await Promise.all([
      wrongSecret('dynamodb', 'get-item', ...key),
      withoutToken('dynamodb', 'get-item', ...key),
    ]);
    expect(wrong.err).toContain('InvalidSignatureException');
    expect(without.err).toContain('UnrecognizedClientException');
  });
});
