import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Mail } from '#domain/mailings/message.ts';
import { waitFor } from '#test/support/laptop.ts';
import { type Ground, openProduct } from '#test/support/product-laptop.ts';
import { openQueues, type Queues } from './support/queues.ts';
import { leaveOwn } from './support/steps.ts';

const laptop = openProduct();
let ground: Ground;
let ward: string;
let queues: Queues;

beforeAll(async () => {
  ground = await laptop.addBorough('Posting', ['Letterbox']);
  ward = ground.wards[0]?.code ?? '';
  queues = await openQueues(laptop);
});

/** The queue's visibility time-out is six minutes: what failed comes again when it is over. */
const passSevenMinutes = async (): Promise<void> => {
  const now = Date.parse(await laptop.clock());
  await laptop.clock(new Date(now + 7 * 60_000).toISOString());
};

const untilEmpty = () =>
  waitFor(
    () => queues.count('mail'),
    ({ waiting, inHand }) => waiting + inHand === 0,
  );

const aMail = (to: string): Mail => ({
  id: randomUUID(),
  to,
  replyTo: null,
  language: 'en-GB',
  message: {
    kind: 'submission-received',
    reference: 'AB3CD4EF',
    area: { code: ward, name: 'Letterbox' },
    text: 'Posted by hand.',
    supports: null,
    answerBy: null,
  },
  correlationId: randomUUID(),
  postedAt: '2027-03-09T10:00:00.000Z',
});

/** Puts mails into the outbox as the program does, and announces them more often than the program would. */
async function post(mails: readonly Mail[], announcements: number): Promise<void> {
  const { outbox, facts } = await laptop.store();
  await facts.commit(mails.map((mail) => outbox.toPost(mail)));
  const messages = Array.from({ length: announcements }, () => mails).flat();
  await Promise.all(
    messages.map(({ id, correlationId }) => queues.send('mail', JSON.stringify({ id, correlationId }))),
  );
}

describe('a mail that is announced more than once', () => {
  test('long after it was sent: it is not sent again', async () => {
    const email = ground.address('announced-again');
    await leaveOwn(laptop.visitor(), ward, { text: 'Announce me again', email });
    const [mail] = await laptop.waitForMail(1, email);
    await laptop.settle();
    const body = JSON.stringify({ id: mail?.tags.delivery, correlationId: 'again' });
    for (let time = 0; time < 3; time += 1) await queues.send('mail', body);
    await untilEmpty();
    await laptop.settle();
    expect(await laptop.mail(email)).toHaveLength(1);
    expect(await queues.count('mail')).toEqual({ waiting: 0, inHand: 0 });
  });

  test('while it is being sent: 20 mails announced five times each at once are 20 mails', async () => {
    const mails = Array.from({ length: 20 }, (_, index) => aMail(ground.address(`at-once-${index}`)));
    await post(mails, 5);
    for (const { to } of mails) expect(await laptop.waitForMail(1, to)).toHaveLength(1);
    // An announcement that met a mail in hand comes again: by then it was sent.
    await passSevenMinutes();
    await untilEmpty();
    for (const { to } of mails) expect(await laptop.mail(to)).toHaveLength(1);
    expect(await queues.count('mail')).toEqual({ waiting: 0, inHand: 0 });
  });
});

test('messages that nobody can read leave their neighbours alone, and end among the dead letters', async () => {
  const before = (await queues.count('mail-dead-letters')).waiting;
  const mails = Array.from({ length: 10 }, (_, index) => aMail(ground.address(`neighbour-${index}`)));
  const poison = [
    'no JSON at all',
    '{"id":""}',
    JSON.stringify({ id: randomUUID(), correlationId: 'a mail that is not there' }),
  ];
  const sending = poison.map((body) => queues.send('mail', body));
  await post(mails, 1);
  await Promise.all(sending);
  for (const { to } of mails) expect(await laptop.waitForMail(1, to)).toHaveLength(1);
  for (let attempt = 1; attempt <= 6; attempt += 1) {
    await passSevenMinutes();
    const dead = (await queues.count('mail-dead-letters')).waiting - before;
    if (attempt < 4) expect(dead).toBe(0);
    if (dead === poison.length) break;
  }
  expect((await queues.count('mail-dead-letters')).waiting - before).toBe(poison.length);
  expect(await untilEmpty()).toEqual({ waiting: 0, inHand: 0 });
  for (const { to } of mails) expect(await laptop.mail(to)).toHaveLength(1);
});

test('a mail that is put back from the dead letters after it was sent is not sent again', async () => {
  const mail = aMail(ground.address('redriven'));
  await post([mail], 1);
  await laptop.waitForMail(1, mail.to);
  // The program announces it, too: of the two, the one that met it in hand comes again.
  await passSevenMinutes();
  await queues.send('mail', JSON.stringify({ id: mail.id, correlationId: mail.correlationId }));
  expect(await untilEmpty()).toEqual({ waiting: 0, inHand: 0 });
  await laptop.settle();
  expect(await laptop.mail(mail.to)).toHaveLength(1);
});
