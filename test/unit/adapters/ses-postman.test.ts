import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { mockClient } from 'aws-sdk-client-mock';
import PostalMime from 'postal-mime';
import { beforeEach, describe, expect, test } from 'vitest';
import { connect, SesPostman } from '#adapters/ses/postman.ts';
import type { Mail } from '#domain/mailings/message.ts';
import { MailRefused } from '#domain/mailings/ports.ts';
import { FixedClock } from '#test/support/fixed-clock.ts';
import { aMail } from '#test/support/stores/records.ts';

const client = new SESClient({ region: 'eu-west-2' });
const ses = mockClient(client);
const settings = {
  sender: { name: 'Folkmoot of Marshwick', address: 'no-reply@folkmoot.example' },
  configurationSet: 'folkmoot-test',
};
const words = { subject: 'We have what you said', text: 'Dear neighbour\n', html: '<p>Dear neighbour</p>' };

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
    expect(await open().send(aMail(), words)).toBe('service-1');
  });

  test('names its envelope, its configuration set and its tags', async () => {
    const mail = aMail();
    await open().send(mail, words);
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
    await open().send(mail, words);
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

  test('holds text and HTML as they were rendered', async () => {
    const text = 'Line one\n\n.hidden dot\nFrom here 😀 مرحبا\n'.concat('long '.repeat(400));
    const html = `<p lang="ar" dir="rtl">مرحبا 😀</p><p>${'long '.repeat(400)}</p>`;
    await open().send(aMail({ replyTo: null }), { ...words, text, html });
    const message = await sentMessage();
    expect(message.text?.replaceAll('\r\n', '\n').trimEnd()).toBe(text.trimEnd());
    expect(message.html?.replaceAll('\r\n', '\n').trimEnd()).toBe(html);
    expect(message.replyTo).toBeUndefined();
    expect(message.attachments).toEqual([]);
  });

  test('cannot smuggle in a header or another recipient', async () => {
    const evil = 'Hello\r\nBcc: thief@example.org\r\n\r\n<p>body</p>\u0000';
    const mail: Mail = { ...aMail(), correlationId: evil };
    await open().send(mail, { ...words, subject: evil });
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
    ['InvalidParameterValue', 400],
    ['Throttling', 400],
    ['AccessDenied', 403],
    ['TooManyRequestsException', 429],
  ])('is refused when SES says %s', async (name, httpStatusCode) => {
    failWith({ name, $metadata: { httpStatusCode } });
    await expect(open().send(aMail(), words)).rejects.toEqual(new MailRefused(name));
  });

  test.each([{ code: 'ECONNREFUSED' }, { code: 'ENOTFOUND' }, { name: 'CredentialsProviderError' }])(
    'is refused when nothing could reach SES: %o',
    async (fault) => {
      failWith(fault);
      await expect(open().send(aMail(), words)).rejects.toBeInstanceOf(MailRefused);
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
      .send(aMail(), words)
      .catch((error: unknown) => error);
    expect(thrown).toMatchObject(fault);
    expect(thrown).not.toBeInstanceOf(MailRefused);
  });

  test('is in doubt when SES answers without an id', async () => {
    ses.on(SendRawEmailCommand).resolves({});
    await expect(open().send(aMail(), words)).rejects.not.toBeInstanceOf(MailRefused);
  });
});

test('the connection tries once, whatever else is asked of it', async () => {
  expect(await connect({ region: 'eu-west-2', maxAttempts: 5 }).config.maxAttempts()).toBe(1);
});
