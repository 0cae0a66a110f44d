import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { GetSendQuotaCommand, SESClient, SendEmailCommand, SendRawEmailCommand } from '@aws-sdk/client-ses';
import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import { expect, onTestFinished, test } from 'vitest';
import { startMail } from '#infra/local/mail.ts';
import { dataFolder } from './support/data-folder.ts';
import { hostEngine } from './support/host-engine.ts';

const FROM = 'no-reply@folkmoot.example';
const TO = 'resident@example.org';

function client(endpoint: string, maxAttempts = 1): SESClient {
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'operator-secret' };
  const ses = new SESClient({ endpoint, region: 'eu-west-2', credentials, maxAttempts });
  onTestFinished(() => ses.destroy());
  return ses;
}

async function start(dataDir: string, now = () => new Date('2027-03-28T00:30:00Z')) {
  const mail = await startMail({ dataDir, now });
  onTestFinished(() => mail.close());
  return { mail, ses: client(mail.endpoint) };
}

function compose(subject: string, more: Record<string, unknown> = {}): Promise<Buffer> {
  const composer = new MailComposer({
    ...{ from: `Ward team <${FROM}>`, to: TO, subject, text: 'Grüße & ✓\n', html: '<p>Grüße</p>' },
    headers: { 'List-Unsubscribe': '<https://folkmoot.example/unsubscribe/x>' },
    ...more,
  });
  return composer.compile().build();
}

function send(ses: SESClient, raw: Uint8Array, more: Partial<SendRawEmailCommand['input']> = {}) {
  return ses.send(
    new SendRawEmailCommand({ Source: FROM, Destinations: [TO], RawMessage: { Data: raw }, ...more }),
  );
}

test('keeps a mail byte for byte and lists what is in it', async () => {
  const { mail, ses } = await start(await dataFolder());
  const raw = await compose('Your priority · Ihre Priorität');
  const { MessageId } = await send(ses, raw, {
    Destinations: [TO, `Second person <second@example.org>`],
    ConfigurationSetName: 'folkmoot-mail',
    Tags: [{ Name: 'delivery', Value: '01J-abc' }],
  });
  const [listed] = await mail.list();
  expect(listed).toMatchObject({
    ...{ id: MessageId, at: '2027-03-28T00:30:00.000Z', from: FROM, to: [TO, 'second@example.org'] },
    ...{ subject: 'Your priority · Ihre Priorität' },
    ...{ configurationSet: 'folkmoot-mail', tags: { delivery: '01J-abc' } },
  });
  expect(listed?.text.trim()).toBe('Grüße & ✓');
  expect(listed?.html.trim()).toBe('<p>Grüße</p>');
  expect(listed?.headers['List-Unsubscribe']).toBe('<https://folkmoot.example/unsubscribe/x>');
  expect(Object.keys(listed ?? {}).sort()).toEqual(
    ['at', 'configurationSet', 'from', 'headers', 'html', 'id', 'subject', 'tags', 'text', 'to'].sort(),
  );
  expect(await mail.eml(MessageId ?? '')).toEqual(raw);
  expect(await mail.eml('../../etc/passwd')).toBeUndefined();
});

test('lists newest first, by address, and forgets when emptied', async () => {
  const { mail, ses } = await start(await dataFolder());
  await send(ses, await compose('first'));
  await send(ses, await compose('second'), { Destinations: ['Other@Example.org'] });
  expect((await mail.list()).map(({ subject }) => subject)).toEqual(['second', 'first']);
  expect((await mail.list({ to: 'other@example.org' })).map(({ subject }) => subject)).toEqual(['second']);
  await mail.clear();
  expect(await mail.list()).toEqual([]);
});

test('takes recipients, configuration set and tags from the headers when the envelope has none', async () => {
  const { mail, ses } = await start(await dataFolder());
  const headers = { 'X-SES-CONFIGURATION-SET': 'from-header', 'X-SES-MESSAGE-TAGS': 'kind=answer, id=7' };
  const raw = await compose('from headers', { cc: 'copy@example.org', headers });
  await send(ses, raw, { Source: undefined, Destinations: undefined });
  expect((await mail.list())[0]).toMatchObject({
    ...{ to: [TO, 'copy@example.org'], configurationSet: 'from-header', tags: { kind: 'answer', id: '7' } },
  });
});

test('refuses what SES refuses, and keeps nothing of it', async () => {
  const { mail, ses } = await start(await dataFolder());
  const good = await compose('good');
  const refused = { name: 'InvalidParameterValue' };
  const noFrom = Buffer.from(`To: ${TO}\r\nSubject: x\r\n\r\nx\r\n`);
  await expect(send(ses, noFrom)).rejects.toMatchObject({ message: "Missing required header 'From'." });
  const noTo = Buffer.from(`From: ${FROM}\r\nSubject: x\r\n\r\nx\r\n`);
  await expect(send(ses, noTo, { Destinations: undefined })).rejects.toMatchObject(refused);
  const twoSubjects = Buffer.from(`From: ${FROM}\r\nTo: ${TO}\r\nSubject: x\r\nSubject: y\r\n\r\nx\r\n`);
  await expect(send(ses, twoSubjects)).rejects.toMatchObject({ message: "Duplicate header 'Subject'." });
  const huge = await compose('huge', { attachments: [{ content: Buffer.alloc(8 * 1024 * 1024) }] });
  await expect(send(ses, huge)).rejects.toMatchObject(refused);
  const malformed = [
    'nobody',
    'a@b',
    'a b@example.org',
    '@example.org',
    'a@-example.org',
    'a..b@example.org',
  ];
  for (const address of [...malformed, 'a@example.org\r\nBcc: x@example.org', 'ä@example.org', '']) {
    await expect(send(ses, good, { Destinations: [address] }), address).rejects.toMatchObject(refused);
  }
  const crowd = Array.from({ length: 51 }, (_, i) => `p${i}@example.org`);
  await expect(send(ses, good, { Destinations: crowd })).rejects.toMatchObject(refused);
  await expect(send(ses, good, { Tags: [{ Name: 'a b', Value: 'x' }] })).rejects.toMatchObject(refused);
  expect(await mail.list()).toEqual([]);
});

test('takes a message just under 10 MB, and answers the quota', async () => {
  const { mail, ses } = await start(await dataFolder());
  const large = await compose('large', { attachments: [{ content: Buffer.alloc(7 * 1024 * 1024, 1) }] });
  const { MessageId } = await send(ses, large);
  expect((await mail.eml(MessageId ?? ''))?.equals(large)).toBe(true);
  expect(await ses.send(new GetSendQuotaCommand())).toMatchObject({ SentLast24Hours: 1 });
});

test('says so when it does not know an action', async () => {
  const { ses } = await start(await dataFolder());
  const other = new SendEmailCommand({
    Source: FROM,
    Destination: { ToAddresses: [TO] },
    Message: undefined,
  });
  await expect(ses.send(other)).rejects.toMatchObject({ name: 'InvalidAction' });
});

test('keeps the order and the mails over a restart, also when the clock went back', async () => {
  const dataDir = await dataFolder();
  const first = await start(dataDir);
  await send(first.ses, await compose('before'));
  await first.mail.close();
  const second = await start(dataDir, () => new Date('2020-01-01T00:00:00Z'));
  await send(second.ses, await compose('after'));
  expect((await second.mail.list()).map(({ subject }) => subject)).toEqual(['after', 'before']);
});

test('loses no acknowledged mail to SIGKILL, and lists no half one', async () => {
  const dataDir = await dataFolder();
  const hosted = await hostEngine('mail', dataDir);
  const ses = client(hosted.endpoint);
  const raw = await compose('burst');
  const acknowledged: string[] = [];
  const sendUntilKilled = async () => {
    for (;;) {
      const { MessageId = '' } = await send(ses, raw);
      acknowledged.push(MessageId);
      if (acknowledged.length === 60) void hosted.kill();
    }
  };
  await Promise.allSettled(Array.from({ length: 8 }, sendUntilKilled));
  const { mail } = await start(dataDir);
  const kept = await mail.list();
  expect(acknowledged.length).toBeGreaterThanOrEqual(60);
  expect(kept.map(({ id }) => id)).toEqual(expect.arrayContaining(acknowledged));
  for (const { id } of kept) expect(await mail.eml(id)).toEqual(raw);
  expect(await readdir(join(dataDir, 'mail'))).toHaveLength(kept.length * 2);
});
