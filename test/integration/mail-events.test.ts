import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { keys } from '#adapters/dynamo/keys.ts';
import type { Mail } from '#domain/mailings/message.ts';
import { type MailStores, openMailStores } from '#test/soak/mail-stores.ts';
import { waitFor } from '#test/support/laptop.ts';
import { openProduct } from '#test/support/product-laptop.ts';
import { openQueues, type Queues } from './support/queues.ts';

const laptop = openProduct();
let queues: Queues;
let table: MailStores['table'];

beforeAll(async () => {
  queues = await openQueues(laptop);
  ({ table } = await openMailStores(laptop, (await laptop.store()).clock));
});

/** What is known of a mail. */
async function stateOf({ id }: Mail): Promise<unknown> {
  return (await table.get(keys.mail(id)))?.delivery;
}

const untilIs = async (mail: Mail, state: string): Promise<void> => {
  const known = await waitFor(
    () => stateOf(mail),
    (found) => found === state,
  );
  expect(known).toBe(state);
};

/** What the function wrote about a mail. */
async function toldOf({ correlationId }: Mail): Promise<string> {
  const log = await readFile(join(laptop.dataDir, 'logs/mail-events.log'), 'utf8').catch(() => '');
  return log
    .split('\n')
    .filter((line) => line.includes(correlationId))
    .join('\n');
}

const suppressionOf = async ({ to }: Mail) => {
  const { suppressions, keyOfRecipient } = await laptop.store();
  return suppressions.find(keyOfRecipient(to));
};

const aMail = (to: string): Mail => ({
  id: randomUUID(),
  to,
  replyTo: null,
  language: 'en-GB',
  message: {
    kind: 'submission-received',
    reference: 'AB3CD4EF',
    area: { code: 'E05000001', name: 'Letterbox' },
    text: 'Posted by hand.',
    supports: null,
    answerBy: null,
  },
  correlationId: randomUUID(),
  postedAt: '2027-03-09T10:00:00.000Z',
});

async function post(mail: Mail): Promise<void> {
  const { outbox, facts } = await laptop.store();
  await facts.commit([outbox.toPost(mail)]);
}

const AT = expect.any(String);

test.each([
  ['success', 'delivered', null],
  ['bounce', 'bounced', { bounced: AT, complained: null }],
  ['softbounce', 'bounced', { bounced: null, softBounces: 1 }],
  ['complaint', 'complained', { bounced: null, complained: AT }],
])('a mail to %s@simulator.amazonses.com ends as %s', async (mailbox, state, suppression) => {
  const mail = aMail(`${mailbox}+${randomUUID()}@simulator.amazonses.com`);
  await post(mail);
  await untilIs(mail, state);
  const known = await suppressionOf(mail);
  if (suppression === null) expect(known).toBeNull();
  else expect(known).toMatchObject(suppression);
  const told = await toldOf(mail);
  expect(told).toContain(`"mail":"${mail.id}"`);
  expect(told).not.toContain('simulator');
});

test('what cannot be read leaves its neighbours alone, and is not told of as ours', async () => {
  const mail = aMail(`bounce+${randomUUID()}@simulator.amazonses.com`);
  const before = (await queues.count('mail-events')).inHand;
  await Promise.all(
    ['no JSON at all', '{"source":"aws.ses"}'].map((body) => queues.send('mail-events', body)),
  );
  await post(mail);
  await untilIs(mail, 'bounced');
  // Hidden until the queue's visibility time-out has passed: they come again, and end among the dead letters.
  await waitFor(
    () => queues.count('mail-events'),
    ({ waiting, inHand }) => waiting === 0 && inHand === before + 2,
  );
});

test('events that come again are counted once', async () => {
  await laptop.console('/faults', {
    method: 'PUT',
    body: JSON.stringify({
      rules: [{ engine: 'sqs', function: 'mail-events', effect: 'duplicate', count: 4 }],
    }),
  });
  const mail = aMail(`softbounce+${randomUUID()}@simulator.amazonses.com`);
  await post(mail);
  await untilIs(mail, 'bounced');
  await laptop.settle();
  await laptop.console('/faults', { method: 'DELETE' });
  expect(await suppressionOf(mail)).toMatchObject({ bounced: null, softBounces: 1 });
});
