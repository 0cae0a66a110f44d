import { describe, expect, it } from 'vitest';
import type { EngineCall } from '#infra/local/gate/protocol.ts';
import { sesProtocol } from '#infra/local/gate/ses-protocol.ts';
import { sqsProtocol } from '#infra/local/gate/sqs-protocol.ts';

const queueArn = 'arn:aws:sqs:eu-west-2:000000000000:work';
const sqs = sqsProtocol((name) => queueArn.replace(/work$/, name), '000000000000');

const needsOfSqs = (operation: string, body: object) => {
  const headers = { 'x-amz-target': `AmazonSQS.${operation}` };
  const call = sqs.describe({ headers, body: Buffer.from(JSON.stringify(body)) }) as EngineCall;
  return call.accesses.map(({ action, resource }) => `${action} ${resource}`);
};

describe('what an operation on SQS has to be allowed', () => {
  const QueueUrl = 'http://127.0.0.1:9324/000000000000/work';

  it.each([
    ['SendMessage', { QueueUrl }, `sqs:SendMessage ${queueArn}`],
    ['SendMessageBatch', { QueueUrl }, `sqs:SendMessage ${queueArn}`],
    ['DeleteMessageBatch', { QueueUrl }, `sqs:DeleteMessage ${queueArn}`],
    ['ChangeMessageVisibilityBatch', { QueueUrl }, `sqs:ChangeMessageVisibility ${queueArn}`],
    ['ReceiveMessage', { QueueUrl }, `sqs:ReceiveMessage ${queueArn}`],
    ['GetQueueUrl', { QueueName: 'work' }, `sqs:GetQueueUrl ${queueArn}`],
    ['ListQueues', {}, 'sqs:ListQueues *'],
  ])('%s', (operation, body, need) => {
    expect(needsOfSqs(operation, body)).toEqual([need]);
  });

  it.each(['?', '#', '%3f', '\\', '/'])('an address with %s in it is that of no queue', (trick) => {
    const url = `${QueueUrl}${trick}/000000000000/other`;
    expect(needsOfSqs('ReceiveMessage', { QueueUrl: url })[0]).not.toBe(
      'sqs:ReceiveMessage arn:aws:sqs:eu-west-2:000000000000:other',
    );
    expect(needsOfSqs('ReceiveMessage', { QueueUrl: url })[0]).not.toBe(`sqs:ReceiveMessage ${queueArn}`);
  });

  it('a refusal has both names that an SDK may look for', () => {
    const { status, headers, body } = sqs.answerError(
      {
        name: 'EngineError',
        message: 'no',
        ...sqs.denied,
      },
      {},
    );
    expect(status).toBe(403);
    expect(headers['x-amzn-query-error']).toBe('AccessDenied;Sender');
    expect(JSON.parse(body).__type).toBe('com.amazonaws.sqs#AccessDeniedException');
  });
});

const ses = sesProtocol({
  identityArn: (name) => `identity/${name}`,
  configurationSetArn: (name) => `configuration-set/${name}`,
  identities: ['folkmoot.example', 'desk@other.example'],
});

const needsOfSes = async (params: Record<string, string>) => {
  const body = Buffer.from(new URLSearchParams(params).toString());
  const call = await ses.describe({ headers: {}, body });
  return call.accesses.map(({ resource, context }) => [resource, context?.['ses:FromAddress']?.[0]]);
};

const raw = (from: string) =>
  Buffer.from(`From: ${from}\r\nTo: a@example.org\r\n\r\nText`).toString('base64');

describe('what a mail has to be allowed', () => {
  it.each([
    [
      'the domain of its From',
      { 'RawMessage.Data': raw('Desk <no-reply@Folkmoot.example>') },
      'identity/folkmoot.example',
    ],
    [
      'the envelope before the header',
      { Source: 'x@elsewhere.example', 'RawMessage.Data': raw('a@folkmoot.example') },
      'identity/elsewhere.example',
    ],
    [
      'an address that is an identity of its own',
      { Source: '"A, b" <desk@other.example>' },
      'identity/desk@other.example',
    ],
  ])('%s', async (_, params, resource) => {
    const [[first] = []] = await needsOfSes({ Action: 'SendRawEmail', ...params });
    expect(first).toBe(resource);
  });

  it('the configuration set, too, when it names one', async () => {
    const mail = {
      Action: 'SendRawEmail',
      ConfigurationSetName: 'main',
      'RawMessage.Data': raw('a@folkmoot.example'),
    };
    expect((await needsOfSes(mail)).map(([resource]) => resource)).toEqual([
      'identity/folkmoot.example',
      'configuration-set/main',
    ]);
  });

  it('the configuration set of its header, which the engine goes by, too', async () => {
    const text = 'From: a@folkmoot.example\r\nX-SES-CONFIGURATION-SET: other\r\n\r\nText';
    const mail = { Action: 'SendRawEmail', 'RawMessage.Data': Buffer.from(text).toString('base64') };
    expect((await needsOfSes(mail)).map(([resource]) => resource)).toContain('configuration-set/other');
  });

  it.each([
    [
      'the envelope and the header differ',
      { Source: 'a@folkmoot.example', 'RawMessage.Data': raw('evil@evil.example') },
    ],
    ['there are two in the header', { 'RawMessage.Data': raw('a@folkmoot.example, evil@evil.example') }],
  ])('every sender, when %s', async (_, params) => {
    const resources = (await needsOfSes({ Action: 'SendRawEmail', ...params })).map(([resource]) => resource);
    expect(resources).toContain('identity/folkmoot.example');
    expect(resources.some((resource) => resource !== 'identity/folkmoot.example')).toBe(true);
  });

  it('nothing in particular, for who asks how much may be sent', async () => {
    const body = Buffer.from(new URLSearchParams({ Action: 'GetSendQuota' }).toString());
    expect(await ses.describe({ headers: {}, body })).toEqual({
      operation: 'GetSendQuota',
      accesses: [{ action: 'ses:GetSendQuota', resource: '*' }],
    });
  });

  it('a message that cannot be read belongs to nobody, and is left to the engine', async () => {
    expect(await needsOfSes({ Action: 'SendRawEmail', 'RawMessage.Data': '' })).toEqual([['identity/', '']]);
  });
});
