import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { GetSendQuotaCommand, SESClient, SendEmailCommand, SendRawEmailCommand } from '@aws-sdk/client-ses';
import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import { describe, expect, onTestFinished, test } from 'vitest';
import { messageSchema } from '#functions/mail-events/event.ts';
import { type BusEvent, openEventBus } from '#infra/local/events/event-bus.ts';
import { type MailOptions, startMail } from '#infra/local/mail.ts';
import { dataFolder } from './support/data-folder.ts';
import { hostEngine } from './support/host-engine.ts';
import { configurationSet, mailEvents } from './support/mail-options.ts';

const FROM = 'no-reply@folkmoot.example';
const TO = 'resident@example.org';

function client(endpoint: string, maxAttempts = 1): SESClient {
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'operator-secret' };
  const ses = new SESClient({ endpoint, region: 'eu-west-2', credentials, maxAttempts });
  onTestFinished(() => ses.destroy());
  return ses;
}

async function start(dataDir: string, options: Partial<MailOptions> = {}) {
  const mail = await startMail({ dataDir, now: () => new Date('2027-03-28T00:30:00Z'), ...options });
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
  expect(await ses.send(new GetSendQuotaCommand())).toMatchObject({
    ...{ Max24HourSend: 50_000, MaxSendRate: 100, SentLast24Hours: 1 },
  });
});

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

// https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas-errors.html
test('takes a second’s worth of mail at once, and more as time goes by', async () => {
  const { mail, ses } = await start(await dataFolder(), { limits: { perSecond: 2, perDay: 1000 } });
  const raw = await compose('quick');
  const sending = await Promise.allSettled(Array.from({ length: 30 }, () => send(ses, raw)));
  const refused = sending.filter(({ status }) => status === 'rejected');
  expect((await mail.list()).length).toBe(30 - refused.length);
  // Thirty take a while to arrive, in which some room is made.
  expect(refused.length).toBeGreaterThanOrEqual(10);
  for (const refusal of refused) {
    expect(refusal).toMatchObject({
      reason: {
        name: 'Throttling',
        message: 'Maximum sending rate exceeded.',
        $metadata: { httpStatusCode: 400 },
      },
    });
  }
  await wait(1_000);
  for (let time = 0; time < 2; time += 1) await send(ses, raw);
});

test('takes so much in 24 hours of its clock, without what goes to the simulator', async () => {
  let now = new Date('2027-03-28T00:30:00Z');
  const dataDir = await dataFolder();
  const limits = { perSecond: 100, perDay: 3 };
  const first = await start(dataDir, { now: () => now, limits });
  const raw = await compose('daily');
  const exhausted = { name: 'Throttling', message: 'Daily message quota exceeded.' };
  await send(first.ses, raw, { Destinations: [TO, 'second@example.org'] });
  await send(first.ses, raw, { Destinations: ['bounce+1@simulator.amazonses.com'] });
  await expect(send(first.ses, raw, { Destinations: [TO, 'second@example.org'] })).rejects.toMatchObject(
    exhausted,
  );
  now = new Date('2027-03-28T12:30:00Z');
  await send(first.ses, raw);
  await first.mail.close();
  const { ses } = await start(dataDir, { now: () => now, limits });
  expect(await ses.send(new GetSendQuotaCommand())).toMatchObject({ Max24HourSend: 3, SentLast24Hours: 3 });
  await expect(send(ses, raw)).rejects.toMatchObject(exhausted);
  now = new Date('2027-03-29T00:30:01Z');
  await send(ses, raw);
  expect(await ses.send(new GetSendQuotaCommand())).toMatchObject({ SentLast24Hours: 2 });
});

describe('what becomes of a mail', () => {
  const typesOf = (told: readonly BusEvent[]) => told.map(({ detail }) => detail.eventType);

  async function startTold(dataDir: string) {
    const { mail, ses } = await start(dataDir, { events: mailEvents });
    const told: BusEvent[] = [];
    const teller = mail.tellEvents(async (event) => {
      told.push(event);
    });
    const settled = async () => {
      while (!teller.settled()) await wait(5);
    };
    return { mail, ses, told, settled };
  }

  const sendTo = async (ses: SESClient, to: string, ConfigurationSetName = configurationSet) =>
    send(ses, await compose('told'), {
      ...{ Destinations: [to], ConfigurationSetName },
      Tags: [{ Name: 'delivery', Value: '01J-abc' }],
    });

  // https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html#send-email-simulator
  test.each([
    ['resident@example.org', ['Send', 'Delivery'], {}],
    ['success@simulator.amazonses.com', ['Send', 'Delivery'], {}],
    ['bounce@simulator.amazonses.com', ['Send', 'Bounce'], ['Permanent', 'General']],
    ['Bounce+x.1@simulator.amazonses.com', ['Send', 'Bounce'], ['Permanent', 'General']],
    [
      'suppressionlist@simulator.amazonses.com',
      ['Send', 'Bounce'],
      ['Permanent', 'OnAccountSuppressionList'],
    ],
    ['softbounce+2@simulator.amazonses.com', ['Send', 'Bounce'], ['Transient', 'MailboxFull']],
    ['complaint@simulator.amazonses.com', ['Send', 'Delivery', 'Complaint'], {}],
    ['ooto@simulator.amazonses.com', ['Send', 'Delivery'], {}],
    ['bounce@simulator.amazonses.com.example.org', ['Send', 'Delivery'], {}],
  ])('to %s is told: %j', async (to, types, bounce) => {
    const { ses, told, settled } = await startTold(await dataFolder());
    const { MessageId } = await sendTo(ses, to);
    await settled();
    expect(typesOf(told)).toEqual(types);
    for (const { detail } of told) {
      expect(detail.mail).toMatchObject({
        ...{ messageId: MessageId, source: FROM, destination: [to], timestamp: '2027-03-28T00:30:00.000Z' },
        tags: { delivery: ['01J-abc'], 'ses:configuration-set': [configurationSet] },
      });
    }
    if (!Array.isArray(bounce)) return;
    expect(told[1]?.detail.bounce).toMatchObject({
      ...{ bounceType: bounce[0], bounceSubType: bounce[1], timestamp: '2027-03-28T00:30:00.000Z' },
      bouncedRecipients: [{ emailAddress: to, action: 'failed' }],
    });
  });

  test('is told as far as its configuration set wants it', async () => {
    const { ses, told, settled } = await startTold(await dataFolder());
    await sendTo(ses, 'bounce@simulator.amazonses.com', 'only-bounces');
    await sendTo(ses, TO, 'another');
    await send(ses, await compose('no set'));
    await settled();
    expect(typesOf(told)).toEqual(['Bounce']);
  });

  test('in the shape of AWS: every event is one that mail-events takes', async () => {
    const { ses, told, settled } = await startTold(await dataFolder());
    for (const mailbox of ['success', 'bounce', 'softbounce', 'complaint'])
      await sendTo(ses, `${mailbox}@simulator.amazonses.com`);
    await settled();
    const bodies: unknown[] = [];
    const targets = [{ queue: 'q', failureQueue: undefined }];
    const rule = { name: 'r', arn: 'r', logicalId: 'R', targets };
    const put = openEventBus({
      ...mailEvents,
      rules: [
        { ...rule, pattern: { source: ['aws.ses'], detail: { mail: { tags: { delivery: ['01J-abc'] } } } } },
        { ...rule, pattern: { source: ['aws.s3'] } },
      ],
      sendMessage: async (_, body) => void bodies.push(JSON.parse(body)),
    });
    for (const event of told) await put(event);
    expect(bodies[0]).toMatchObject({
      ...{ version: '0', 'detail-type': 'Email Sent', source: 'aws.ses', account: '000000000000' },
      ...{ time: '2027-03-28T00:30:00Z', region: 'eu-west-2' },
      resources: [`arn:aws:ses:eu-west-2:000000000000:configuration-set/${configurationSet}`],
    });
    const kinds = bodies.map((body) => messageSchema.parse(body).kind).sort();
    expect(kinds).toEqual(
      [
        ...['sent', 'sent', 'sent', 'sent', 'delivered', 'delivered'],
        ...['bounced-hard', 'bounced-soft', 'complained'],
      ].sort(),
    );
  });

  test('is told again until somebody has it, also after a restart, and then no more', async () => {
    const dataDir = await dataFolder();
    const first = await start(dataDir, { events: mailEvents });
    await sendTo(first.ses, TO);
    first.mail.tellEvents(async () => {
      throw new Error('nobody there');
    });
    await sendTo(first.ses, TO);
    await first.mail.close();
    const second = await startTold(dataDir);
    await second.settled();
    expect(typesOf(second.told).sort()).toEqual(['Delivery', 'Delivery', 'Send', 'Send']);
    await second.mail.close();
    const third = await startTold(dataDir);
    await third.settled();
    expect(third.told).toEqual([]);
  });

  test('is not forgotten when the mailbox is emptied', async () => {
    const { mail, ses, told } = await startTold(await dataFolder());
    await Promise.all(Array.from({ length: 20 }, () => sendTo(ses, TO)));
    await mail.clear();
    expect(told).toHaveLength(40);
    expect(await mail.list()).toEqual([]);
  });

  test('is told of every acknowledged mail and of none that is not there, when the laptop is killed', async () => {
    const dataDir = await dataFolder();
    const hosted = await hostEngine('mail', dataDir);
    const ses = client(hosted.endpoint);
    const acknowledged: string[] = [];
    const sendUntilKilled = async () => {
      for (;;) {
        const { MessageId = '' } = await sendTo(ses, 'bounce@simulator.amazonses.com');
        acknowledged.push(MessageId);
        if (acknowledged.length === 40) void hosted.kill();
      }
    };
    await Promise.allSettled(Array.from({ length: 4 }, sendUntilKilled));
    const { mail, told, settled } = await startTold(dataDir);
    await settled();
    const kept = (await mail.list()).map(({ id }) => id);
    const idsOf = (type: string) =>
      told
        .filter(({ detail }) => detail.eventType === type)
        .map(({ detail }) => (detail.mail as { messageId: string }).messageId);
    for (const type of ['Send', 'Bounce']) {
      expect(idsOf(type)).toEqual(expect.arrayContaining(acknowledged));
      expect(kept).toEqual(expect.arrayContaining(idsOf(type)));
    }
    expect(await readdir(join(dataDir, 'mail'))).toHaveLength(kept.length * 2);
  });
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
  const second = await start(dataDir, { now: () => new Date('2020-01-01T00:00:00Z') });
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
