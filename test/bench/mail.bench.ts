import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { systemClock } from '#adapters/system/clock.ts';
import { systemIds } from '#adapters/system/ids.ts';
import type { Mailing } from '#domain/mailings/mailing.ts';
import { SHARDS_OF_MAILING } from '#domain/mailings/mailing-ports.ts';
import type { RenderedMail } from '#domain/mailings/ports.ts';
import type { Recipient } from '#domain/mailings/recipient.ts';
import { sendShard } from '#domain/mailings/send-shard.ts';
import { mailLanguages } from '#web/mail/mail-language.ts';
import { mailRenderer } from '#web/mail/render-mail.ts';
import { type Comparison, throughputOf, timeOf } from './harness.ts';
import { type MailWorld, openMailWorld } from './mail-world.ts';

const RECIPIENTS = 400;
/** As many as the workers of a mailing have lanes. */
const AT_ONCE = 4 * SHARDS_OF_MAILING;
const PLENTY_OF_TIME = 900_000;

const site = {
  stage: 'bench',
  organisation: 'An authority',
  service: 'Folkmoot',
  phase: 'live' as const,
  contactEmail: 'contact@folkmoot.example',
  reportCrimeUrl: 'https://example.org/report',
};
const render = mailRenderer(site, mailLanguages, 'http://127.0.0.1:3000');

const someone = (): Recipient => {
  const email = `${randomUUID()}@example.org`;
  const key = createHash('sha256').update(email).digest('hex');
  return { key, email, language: 'en-GB', area: { code: 'E05099901', name: 'Millbrook' }, weekly: false };
};

const newMailing = (): Mailing => ({
  id: systemIds.next(),
  subject: 'What became of what you told us',
  source: 'You told us about ((area)).\n\nThis is what we have done since.',
  audience: { kind: 'wrote', areas: [] },
  ...{ replyTo: null, unit: 'bench', author: 'coordinator@folkmoot.example' },
  ...{ submittedBy: null, approvedBy: null, status: 'sending', pausedFrom: null, pausedFor: null },
  tolerated: { bounced: 0, complained: 0 },
  ...{ createdAt: systemClock.now(), sendAt: null, startedAt: null, finishedAt: null },
  ...{ total: RECIPIENTS, version: 1 },
});

const words: RenderedMail = render({
  message: {
    kind: 'mailing',
    subject: 'What became of what you told us',
    source: 'You told us about ((area)).\n\nThis is what we have done since.',
    area: { code: 'E05099901', name: 'Millbrook' },
    isTest: false,
    optOut: { unsubscribe: 'u'.repeat(110), preferences: 'p'.repeat(120) },
  },
  language: 'en-GB',
});

/** What nobody can do without: a message in a queue, a worker that takes it and sends, and the message gone. */
const sendRaw =
  ({ sqs, queueUrl: QueueUrl, postman }: MailWorld) =>
  () =>
    throughputOf(
      async () => {
        await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: someone().email }));
        const { Messages: [message] = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
        if (!message?.Body) throw new Error('The queue lost a message');
        const envelope = { id: randomUUID(), to: message.Body, replyTo: null, kind: 'mailing' as const };
        await postman.send({ ...envelope, correlationId: 'bench' }, words);
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
      },
      { count: RECIPIENTS, atOnce: AT_ONCE },
    );

const sendMailing = (world: MailWorld) => async (): Promise<number> => {
  const { stores, postman, pace } = world;
  const mailing = newMailing();
  await stores.facts.commit([stores.mailings.toAdd(mailing)]);
  await stores.ledger.enter(mailing.id, Array.from({ length: RECIPIENTS }, someone), systemClock.now());
  const ports = { ...stores, postman, pace, render, wait, weeklyCap: 3, log: () => {} };
  const send = sendShard({ ...ports, clock: systemClock, ids: systemIds });
  const step = (shard: number) => ({
    ...{ id: systemIds.next(), mailing: mailing.id, correlationId: 'bench' },
    work: { kind: 'send' as const, shard },
  });
  const elapsed = await timeOf(() =>
    Promise.all(
      Array.from({ length: SHARDS_OF_MAILING }, (_, shard) => send(step(shard), () => PLENTY_OF_TIME)),
    ),
  );
  const { accepted } = await stores.ledger.counts(mailing.id);
  if (accepted !== RECIPIENTS) throw new Error(`${accepted} of ${RECIPIENTS} were sent`);
  return (RECIPIENTS / elapsed) * 1000;
};

const run = promisify(execFile);
const freezer = join(import.meta.dirname, 'freeze-audience.ts');

/** FOLKMOOT_BENCH_FROZEN=1000000 measures what the gate measures with fewer people. */
const MANY = Number(process.env.FOLKMOOT_BENCH_FROZEN || 20_000);
const FEW = MANY >= 1_000_000 ? 10_000 : 2_000;

/** Without room to put off collecting garbage, or the measure would be how much of it there was. */
const TIGHT = ['--max-old-space-size=64', '--max-semi-space-size=4'];

/** The most memory that a process had in use which has frozen an audience of so many, in MB. */
const memoryOf = async (people: number): Promise<number> => {
  const { stdout } = await run(process.execPath, [...TIGHT, freezer, String(people)], {
    maxBuffer: 1_000_000,
  });
  return Number(stdout.trim().split('\n').at(-1));
};

export const comparisons: readonly Comparison[] = [
  {
    name: 'a mailing',
    baseline: 'a message sent, received and deleted on the queue, and the same mail to SES, as many at once',
    subject: 'the workers of a mailing: claim, place in the flow, letter, SES, ledger and counts',
    unit: 'recipients/s',
    aim: { atLeast: 0.3 },
    rounds: { full: 9, short: 3 },
    prepare: async () => {
      const world = await openMailWorld();
      return { baseline: sendRaw(world), subject: sendMailing(world), close: world.close };
    },
  },
  {
    name: 'memory of a frozen audience',
    baseline: `a process that freezes an audience of a tenth or less`,
    subject: `a process that freezes an audience of many, page by page`,
    unit: 'MB',
    aim: { atMost: 1.3 },
    rounds: { full: 1, short: 1 },
    warmUps: 0,
    prepare: async () => ({ baseline: () => memoryOf(FEW), subject: () => memoryOf(MANY) }),
  },
];
