import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { MemoryPace } from '#adapters/memory/pace.ts';
import { MemoryPostman } from '#adapters/memory/postman.ts';
import { connect, SesPostman } from '#adapters/ses/postman.ts';
import { DeliveryInDoubt, deliverMail } from '#domain/mailings/deliver-mail.ts';
import { envelopeOf, MailRefused, type Postman, type RenderedMail } from '#domain/mailings/ports.ts';
import { startMail } from '#infra/local/mail.ts';
import { FixedClock } from '#test/support/fixed-clock.ts';
import { openMemoryStores } from '#test/support/stores/memory-stores.ts';
import { aMail } from '#test/support/stores/records.ts';

interface Opened {
  readonly postman: Postman;
  /** To whom mails have gone, with their subjects. */
  readonly sent: () => Promise<[string, string][]>;
}

const clock = new FixedClock();
const words: RenderedMail = {
  subject: 'We have what you said',
  text: 'Dear 😀',
  html: '<p>Dear 😀</p>',
  oneClickUrl: null,
};

const openSes = async (): Promise<Opened> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'folkmoot-contract-'));
  const mailbox = await startMail({ dataDir, now: () => new Date(clock.now()) });
  const client = connect({
    endpoint: mailbox.endpoint,
    region: 'eu-west-2',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  onTestFinished(async () => {
    client.destroy();
    await mailbox.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const sender = { name: 'Folkmoot', address: 'no-reply@folkmoot.example' };
  return {
    postman: new SesPostman({ sender, configurationSet: 'folkmoot-test' }, clock, client),
    sent: async () => (await mailbox.list()).map(({ to, subject }) => [to.join(), subject]),
  };
};

const openMemory = async (): Promise<Opened> => {
  const postman = new MemoryPostman();
  return { postman, sent: async () => postman.sent.map(({ mail, words }) => [mail.to, words.subject]) };
};

const openDelivery = async (postman: Postman) => {
  const stores = openMemoryStores(clock);
  const mail = aMail();
  await stores.facts.commit([stores.outbox.toPost(mail)]);
  return {
    mail,
    deliver: deliverMail({
      ...stores,
      postman,
      pace: new MemoryPace(clock),
      wait: async () => {},
      render: () => words,
      log: () => {},
    }),
  };
};

describe.each([
  ['memory', openMemory],
  ["the laptop's SES", openSes],
])('a postman: %s', (_, open) => {
  test('takes mails, each under an id of its own', async () => {
    const { postman, sent } = await open();
    const first = await postman.send(envelopeOf(aMail()), words);
    const second = await postman.send(envelopeOf(aMail({ to: 'other@example.org' })), words);
    expect(first).not.toBe('');
    expect(second).not.toBe(first);
    expect((await sent()).sort()).toEqual([
      ['other@example.org', words.subject],
      ['resident@example.org', words.subject],
    ]);
  });

  test('is given a mail once, however often it is announced', async () => {
    const { postman, sent } = await open();
    const { mail, deliver } = await openDelivery(postman);
    await deliver(mail);
    await deliver(mail);
    expect(await sent()).toEqual([['resident@example.org', words.subject]]);
  });
});

test("the laptop's SES refuses an address that is none, and nothing is sent", async () => {
  const { postman, sent } = await openSes();
  await expect(postman.send(envelopeOf(aMail({ to: 'no address' })), words)).rejects.toBeInstanceOf(
    MailRefused,
  );
  expect(await sent()).toEqual([]);
});

test('a mail that was refused is sent when it is announced again', async () => {
  const postman = new MemoryPostman();
  postman.faults.push(new MailRefused('Throttling'));
  const { mail, deliver } = await openDelivery(postman);
  await expect(deliver(mail)).rejects.toBeInstanceOf(MailRefused);
  await deliver(mail);
  expect(postman.sent).toHaveLength(1);
});

test('a mail in doubt is not sent again', async () => {
  const postman = new MemoryPostman();
  postman.faults.push(new Error('no answer'));
  const { mail, deliver } = await openDelivery(postman);
  await expect(deliver(mail)).rejects.toThrow('no answer');
  await expect(deliver(mail)).rejects.toBeInstanceOf(DeliveryInDoubt);
  expect(postman.sent).toHaveLength(0);
});
