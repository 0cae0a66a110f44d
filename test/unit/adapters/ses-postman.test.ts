import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { mockClient } from 'aws-sdk-client-mock';
import PostalMime from 'postal-mime';
import { beforeEach, describe, expect, test } from 'vitest';
import { connect, SesPostman } from '#adapters/ses/postman.ts';
import type { Mail } from '#domain/mailings/message.ts';
import { envelopeOf, MailRefused, MailThrottled, MailUnacceptable } from '#domain/mailings/ports.ts';
import { FixedClock } from '#test/support/fixed-clock.ts';
import { aMail } from '#test/support/stores/records.ts';

const client = new SESClient({ region: 'eu-west-2' });
const ses = mockClient(client);
const settings = {
  sender: { name: 'Folkmoot of Marshwick', address: 'no-reply@folkmoot.example' },
  configurationSet: 'folkmoot-test',
};
const words = {
  subject: 'We have what you said',
  text: 'Dear neighbour\n',
  html: '<p>Dear neighbour</p>',
  oneClickUrl: null,
};

const open = () => new SesPostman(settings, new FixedClock('2026-11-23T09:30:00.000Z'), client);

const sentRequest = () => {
  const [call] = ses.commandCalls(SendRawEmailCommand);
  if (!call) throw new Error('Nothing was sent');
  return call.args[0].input;
};

const sentMessage = () => PostalMime.parse(sentRequest().RawMessage?.Data ?? '');

const failWith = (fault: object) =>
  ses.on(SendRawEmailCommand).rejects(Object.assign(new Error('secret'), fault));

beforeEach(() => {
  ses.reset();
  ses.on(SendRawEmailCommand).resolves({ MessageId: 'service-1' });
});

describe('a mail that is sent', () => {
  test('answers with the id of the service', async () => {
    expect(await open().send(envelopeOf(aMail()), words)).toBe('service-1');
  });

  test('names its envelope, its configuration set and its tags', async () => {
    const mail = aMail();
    await open().send(envelopeOf(mail), words);
    expect(sentRequest()).toMatchObject({
      Source: 'no-reply@folkmoot.example',
      Destinations: ['resident@example.org'],
      ConfigurationSetName: 'folkmoot-test',
      Tags: [
        { Name: 'delivery', Value: mail.id },
        { Name: 'kind', Value: 'submission-received' },
      ],
    });
  });

  test('says from whom and when it is, where a reply goes, and that a machine has sent it', async () => {
    const mail = aMail();
    await open().send(envelopeOf(mail), words);
    const message = await sentMessage();
    const headers = Object.fromEntries(message.headers.map(({ key, value }) => [key, value]));
    expect(message).toMatchObject({
      from: { name: 'Folkmoot of Marshwick', address: 'no-reply@folkmoot.example' },
      to: [{ name: '', address: 'resident@example.org' }],
      replyTo: [{ name: '', address: 'millbrook@folkmoot.example' }],
      subject: 'We have what you said',
      messageId: `<${mail.id}@folkmoot.example>`,
      date: '2026-11-23T09:30:00.000Z',
    });
    expect(headers).toMatchObject({
      'auto-submitted': 'auto-generated',
      'x-auto-response-suppress': 'All',
      'x-folkmoot-correlation-id': 'correlation-1',
    });
    expect(Object.keys(headers).filter((name) => name.startsWith('list-'))).toEqual([]);
  });

  test('says how to leave by one click, where it is not essential: RFC 8058', async () => {
    const oneClickUrl = `https://folkmoot.example/unsubscribe/${'long-token-'.repeat(20)}`;
    await open().send(envelopeOf(aMail()), { ...words, oneClickUrl });
    const { headers } = await sentMessage();
    const ofList = headers.filter(({ key }) => key.startsWith('list-'));
    // One https address, in angle brackets; and just that in the other header. Neither may come twice.
    expect(Object.fromEntries(ofList.map(({ key, value }) => [key, value]))).toEqual({
      'list-unsubscribe': `<${oneClickUrl}>`,
      'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
    });
    expect(ofList).toHaveLength(2);
    // A folded address is one that some readers cannot put together again.
    const lines = Buffer.from(sentRequest().RawMessage?.Data ?? '')
      .toString()
      .split('\r\n');
    expect(lines).toContain(`List-Unsubscribe: <${oneClickUrl}>`);
  });

  test('holds text and HTML as they were rendered', async () => {
    const text = 'Line one\n\n.hidden dot\nFrom here 😀 مرحبا\n'.concat('long '.repeat(400));
    const html = `<p lang="ar" dir="rtl">مرحبا 😀</p><p>${'long '.repeat(400)}</p>`;
    await open().send(envelopeOf(aMail({ replyTo: null })), { ...words, text, html });
    const message = await sentMessage();
    expect(message.text?.replaceAll('\r\n', '\n').trimEnd()).toBe(text.trimEnd());
    expect(message.html?.replaceAll('\r\n', '\n').trimEnd()).toBe(html);
    expect(message.replyTo).toBeUndefined();
    expect(message.attachments).toEqual([]);
  });

  test.each([
    'Grüße aus Köln – 警察 und 👮🏽‍♀️',
    `${'👩🏽‍🚒'.repeat(40)} ${'long '.repeat(40)}end`,
    'a =?utf-8?Q?=0D=0ABcc:_thief@example.org?= b',
    '=?utf-8?B?DQpCY2M6IHRoaWVmQGV4YW1wbGUub3Jn?=',
    'plain =? and ?=',
  ])('keeps its subject: %s', async (subject) => {
    await open().send(envelopeOf(aMail()), { ...words, subject });
    expect((await sentMessage()).subject).toBe(subject);
    const [header = ''] = Buffer.from(sentRequest().RawMessage?.Data ?? '')
      .toString()
      .split('\r\n\r\n');
    for (const line of header.split('\r\n')) expect(line.length).toBeLessThan(999);
    expect(header).not.toMatch(/^Bcc/m);
  });

  test('cannot smuggle in a header or another recipient', async () => {
    const evil = 'Hello\r\nBcc: thief@example.org\r\n\r\n<p>body</p>\u0000';
    const mail: Mail = { ...aMail(), correlationId: evil };
    await open().send(envelopeOf(mail), { ...words, subject: evil });
    const message = await sentMessage();
    expect(message.subject).toBe('Hello Bcc: thief@example.org <p>body</p>');
    expect(message.headers.map(({ key }) => key)).not.toContain('bcc');
    expect(message.headers.find(({ key }) => key === 'x-folkmoot-correlation-id')?.value).toBe(
      'Hello Bcc: thief@example.org <p>body</p>',
    );
    expect(sentRequest().Destinations).toEqual(['resident@example.org']);
    expect(message.text).toContain('Dear neighbour');
  });
});

describe('a mail that is not sent', () => {
  test.each([
    ['MessageRejected', 400],
    ['MailFromDomainNotVerifiedException', 400],
    ['ConfigurationSetDoesNotExistException', 400],
    ['AccessDenied', 403],
  ])('is refused when SES says %s', async (name, httpStatusCode) => {
    failWith({ name, $metadata: { httpStatusCode } });
    await expect(open().send(envelopeOf(aMail()), words)).rejects.toEqual(new MailRefused(name));
  });

  test('is never taken when SES says that it is the address', async () => {
    failWith({ name: 'InvalidParameterValue', $metadata: { httpStatusCode: 400 } });
    const sending = open().send(envelopeOf(aMail()), words);
    await expect(sending).rejects.toEqual(new MailUnacceptable('InvalidParameterValue'));
  });

  test.each([
    ['Throttling', 400],
    ['TooManyRequestsException', 429],
    ['LimitExceededException', 400],
  ])('waits for its turn when SES says %s', async (name, httpStatusCode) => {
    failWith({ name, $metadata: { httpStatusCode } });
    await expect(open().send(envelopeOf(aMail()), words)).rejects.toEqual(new MailThrottled(name));
  });

  test.each([{ code: 'ECONNREFUSED' }, { code: 'ENOTFOUND' }, { name: 'CredentialsProviderError' }])(
    'is refused when nothing could reach SES: %o',
    async (fault) => {
      failWith(fault);
      await expect(open().send(envelopeOf(aMail()), words)).rejects.toBeInstanceOf(MailRefused);
    },
  );

  test.each([
    { name: 'InternalFailure', $metadata: { httpStatusCode: 500 } },
    { name: 'ServiceUnavailable', $metadata: { httpStatusCode: 503 } },
    { name: 'RequestTimeout', $metadata: { httpStatusCode: 408 } },
    { name: 'TimeoutError' },
    { code: 'ECONNRESET' },
  ])('is in doubt after %o', async (fault) => {
    failWith(fault);
    const thrown: unknown = await open()
      .send(envelopeOf(aMail()), words)
      .catch((error: unknown) => error);
    expect(thrown).toMatchObject(fault);
    expect(thrown).not.toBeInstanceOf(MailRefused);
  });

  test('is in doubt when SES answers without an id', async () => {
    ses.on(SendRawEmailCommand).resolves({});
    await expect(open().send(envelopeOf(aMail()), words)).rejects.not.toBeInstanceOf(MailRefused);
  });
});

test('the connection tries once, whatever else is asked of it', async () => {
  expect(await connect({ region: 'eu-west-2', maxAttempts: 5 }).config.maxAttempts()).toBe(1);
});
