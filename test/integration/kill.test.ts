import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findFreePort } from '#infra/local/free-port.ts';
import type { PageSeen, Visitor } from '#test/support/http-client.ts';
import { inParallel } from '#test/support/http-client.ts';
import { startLaptop, type TestLaptop, waitFor } from '#test/support/laptop.ts';
import { type Ground, openProduct } from '#test/support/product-laptop.ts';
import { openQueues } from './support/queues.ts';
import { prepareOwn, readReference } from './support/steps.ts';

const PREPARED = 80;
const KILL_AFTER = 30;
const AT_ONCE = 8;
/** Of one batch of the mail queue, for each process of the worker. */
const IN_DOUBT_AT_MOST = 40;

interface Sent {
  readonly index: number;
  readonly email: string;
  /** Where the answer to "Send" led; undefined when there was none. */
  readonly received: string | undefined;
}

const dataDir = mkdtempSync(join(tmpdir(), 'folkmoot-kill-'));
let port: number;
let running: TestLaptop;
let ground: Ground;
let people: { person: Visitor; check: PageSeen; email: string }[];
let sent: Sent[];

const start = () => startLaptop({ dataDir, port, env: { FOLKMOOT_ABUSE_LIMITS: 'off' } });

beforeAll(async () => {
  port = await findFreePort();
  running = await start();
  const laptop = openProduct(dataDir);
  ground = await laptop.addBorough('Killington', ['Burst']);
  people = await inParallel(Array.from({ length: PREPARED }), AT_ONCE, async (_, index) => {
    const person = laptop.visitor();
    const email = ground.address(`witness-${index}`);
    const ward = ground.wards[0]?.code ?? '';
    return { person, email, check: await prepareOwn(person, ward, { text: `Witness ${index}`, email }) };
  });
});

afterAll(async () => {
  await running?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

test('the laptop is killed in the middle of a burst of submissions', async () => {
  let acknowledged = 0;
  const send = async ({ person, check, email }: (typeof people)[number], index: number): Promise<Sent> => {
    try {
      const { url, body } = person.fill(check);
      const response = await person.send(url, { method: 'POST', body });
      expect(response.status).toBe(303);
      acknowledged += 1;
      if (acknowledged === KILL_AFTER) void running.kill();
      return { index, email, received: response.headers.get('location') ?? undefined };
    } catch (fault) {
      // The connection was lost: nobody knows whether it arrived.
      if (!(fault instanceof TypeError)) throw fault;
      return { index, email, received: undefined };
    }
  };
  sent = await inParallel(people, AT_ONCE, send);
  expect(sent.filter(({ received }) => received).length).toBeGreaterThanOrEqual(KILL_AFTER);
  expect(sent.filter(({ received }) => !received).length).toBeGreaterThan(0);
  await running.kill();
});

test('after the restart everything that was acknowledged is there, under its reference', async () => {
  running = await start();
  const { submissions } = await openProduct(dataDir).store();
  const { items } = await submissions.inbox([ground.borough.code], { after: null, size: 1000 });
  const texts = items.map(({ text }) => text);
  expect(new Set(texts).size).toBe(texts.length);
  for (const { index, received } of sent) {
    if (received === undefined) continue;
    const page = await (people[index] as (typeof people)[number]).person.open(received);
    const stored = await submissions.findByReference(readReference(page));
    expect(stored?.text).toBe(`Witness ${index}`);
    expect(texts).toContain(`Witness ${index}`);
  }
});

test('who got no answer presses "Send" again: it is stored once', async () => {
  const { submissions } = await openProduct(dataDir).store();
  for (const { index } of sent.filter(({ received }) => received === undefined)) {
    const { person, check } = people[index] as (typeof people)[number];
    const { url, body } = person.fill(check);
    readReference(await person.open(url, { method: 'POST', body }));
  }
  const { items } = await submissions.inbox([ground.borough.code], { after: null, size: 1000 });
  expect(items.map(({ text }) => text).sort()).toEqual(people.map((_, index) => `Witness ${index}`).sort());
});

test('each gets the confirmation once; what was being sent at that moment is held back in doubt, not sent twice', async () => {
  const laptop = openProduct(dataDir);
  const queues = await openQueues(laptop);
  const mailsTo = async () => {
    const all = await laptop.mail();
    return people.map(({ email }) => all.filter(({ to }) => to.includes(email)).length);
  };
  // What the killed worker had in hand comes again when its visibility time-out of six minutes is over.
  for (let attempt = 1; attempt <= 6; attempt += 1) {
    await waitFor(mailsTo, (counts) => counts.every((count) => count > 0) || attempt > 1);
    await laptop.clock(new Date(Date.parse(await laptop.clock()) + 7 * 60_000).toISOString());
  }
  const counts = await mailsTo();
  const missing = counts.filter((count) => count === 0).length;
  expect(counts.filter((count) => count > 1)).toEqual([]);
  expect(missing).toBeLessThanOrEqual(IN_DOUBT_AT_MOST);
  expect((await queues.count('mail-dead-letters')).waiting).toBe(missing);
});
