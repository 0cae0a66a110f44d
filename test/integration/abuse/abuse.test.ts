import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connect } from '#adapters/dynamo/table.ts';
import type { PageSeen, Visitor } from '#test/support/http-client.ts';
import { startLaptop, type TestLaptop } from '#test/support/laptop.ts';
import { openProduct, type ProductLaptop } from '#test/support/product-laptop.ts';

interface Engines {
  readonly dynamodb: { readonly endpoint: string; readonly table: string };
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const WORDS = 'The lamps in the underpass have been broken since March.';

let laptop: TestLaptop;
let product: ProductLaptop;
let ward: string;
let now = Date.parse('2027-03-09T10:00:00Z');

beforeAll(async () => {
  // With limits, as people meet them.
  laptop = await startLaptop({ now: new Date(now).toISOString(), env: { FOLKMOOT_ABUSE_LIMITS: '' } });
  product = openProduct(laptop.dataDir);
  const { wards } = await product.addBorough('Limitham', ['Quiet ward']);
  ward = wards[0]?.code ?? '';
}, 180_000);

afterAll(() => laptop?.stop());

/** Moves the console's clock: every function sees it. */
const pass = async (seconds: number): Promise<void> => {
  now = Math.max(now, Date.parse(await laptop.clock())) + seconds * 1000;
  await laptop.clock(new Date(now).toISOString());
};

// Far enough from what the test before has counted.
beforeEach(() => pass(3 * 3600));

const openForm = (person: Visitor): Promise<PageSeen> => person.open(`/areas/${ward}/priorities/new`);

/** As long as a form has to have been open. */
const FORM_MS = 2_000;

/** Opens the form and sends it; once more when the machine took so long that it was not at once. */
const submitAtOnce = async (person: Visitor): Promise<PageSeen> => {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const begun = performance.now();
    const answer = await person.submit(await openForm(person), { text: WORDS });
    if (performance.now() - begun < FORM_MS) return answer;
  }
  throw new Error('The machine is too busy to send anything at once');
};

/** Posts ten at a time until one is refused; answers with how many were not. */
const postUntilRefused = async (post: () => Promise<number>): Promise<number> => {
  let passed = 0;
  for (let rounds = 0; rounds < 60; rounds += 1) {
    const statuses = await Promise.all(Array.from({ length: 10 }, post));
    passed += statuses.filter((status) => status !== 429).length;
    if (statuses.includes(429)) return passed;
  }
  throw new Error(`${passed} posts passed and none was refused`);
};

describe('a burst of posts', () => {
  test('is answered 429 with the time to wait and with what was typed, and passes after that time', async () => {
    const person = product.visitor();
    const form = await openForm(person);
    await pass(5);
    const post = async (): Promise<Response> => {
      const { url, body } = person.fill(form, { text: WORDS });
      return person.send(url, { method: 'POST', body });
    };
    const begun = performance.now();
    const passed = await postUntilRefused(async () => (await post()).status);
    // The window slides on while they come: one more for each second.
    const seconds = Math.ceil((performance.now() - begun) / 1000);
    expect(passed).toBeGreaterThanOrEqual(60);
    expect(passed).toBeLessThanOrEqual(60 + seconds);
    const last = await post();
    expect(last.status).toBe(429);
    const page = await last.text();
    expect(page).toContain('Too much came from your connection at once');
    expect(page).toContain(WORDS);
    const wait = Number(last.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    await pass(wait + 1);
    expect((await post()).status).toBe(303);
  }, 120_000);

  test('of one address leaves others alone', async () => {
    const person = product.visitor();
    const form = await openForm(person);
    await pass(5);
    const { url, body } = person.fill(form, { text: WORDS });
    const send = (localAddress: string): Promise<number> =>
      new Promise((resolve, reject) => {
        const headers = {
          'content-type': 'application/x-www-form-urlencoded',
          cookie: person.cookie,
          origin: url.origin,
        };
        const outgoing = request(url, { method: 'POST', headers, localAddress }, (incoming) => {
          incoming.resume();
          resolve(incoming.statusCode ?? 0);
        });
        outgoing.on('error', reject).end(body.toString());
      });
    await postUntilRefused(() => send('127.0.0.1'));
    expect(await send('127.0.0.2')).toBe(303);
  }, 120_000);

  test('leaves no address and no session in the table or the logs', async () => {
    const person = product.visitor();
    const form = await openForm(person);
    await pass(5);
    await person.submit(form, { text: WORDS });
    const { dynamodb, region, ...credentials } = await laptop.console<Engines>('/engines');
    const client = connect({ endpoint: dynamodb.endpoint, region, credentials });
    const { Items = [] } = await client.send(new ScanCommand({ TableName: dynamodb.table }));
    client.destroy();
    const limits = Items.filter(({ entity }) => entity?.S === 'limit');
    expect(limits.length).toBeGreaterThan(0);
    for (const item of limits) {
      expect(Object.keys(item).sort()).toEqual(['count', 'entity', 'expiresAt', 'pk', 'sk']);
      expect(item.pk?.S).toMatch(/^LIMIT#[0-9a-f]{64}$/);
    }
    const logs = join(laptop.dataDir, 'logs');
    const text = readdirSync(logs)
      .map((name) => readFileSync(join(logs, name), 'utf8'))
      .join('\n');
    expect(text).toContain('"limit reached"');
    expect(text).not.toContain('127.0.0.');
  });
});

describe('the form', () => {
  test('sent at once is shown again with what was typed, and taken the second time', async () => {
    const person = product.visitor();
    const quick = await submitAtOnce(person);
    expect(quick.status).toBe(400);
    expect(quick.source).toContain('That was very quick.');
    expect(quick.source).toContain(WORDS);
    await pass(2);
    const page = await person.submit(quick, {});
    expect(page.html.heading).toBe('What is it about?');
  });

  test('filled in by a program is shown again, with the field emptied', async () => {
    const person = product.visitor();
    const form = await openForm(person);
    await pass(5);
    const again = await person.submit(form, { text: WORDS, website: 'https://example.org' });
    expect(again.status).toBe(400);
    expect(again.source).toContain('a field that has to stay empty');
    expect((await person.submit(again, {})).html.heading).toBe('What is it about?');
  });
});

describe('sign-ins', () => {
  /** Proves at the issuer to be somebody who has no account here. */
  const fail = async (): Promise<number> => {
    const visitor = product.visitor();
    const choice = await visitor.open('/sign-in');
    const action = new URL(choice.html.forms[0]?.action ?? '', choice.url);
    const body = new URLSearchParams({ email: 'nobody@example.org' });
    return (await visitor.open(action, { method: 'POST', body })).status;
  };

  test('that fail are limited for the account, and for nobody else in the same place', async () => {
    for (let signedIn = 0; signedIn < 12; signedIn += 1) await product.staff('practitioner');
    const statuses = [];
    for (let failed = 0; failed < 11; failed += 1) statuses.push(await fail());
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(403));
    expect(statuses[10]).toBe(429);
    await product.staff('practitioner');
    await pass(1300);
    expect(await fail()).toBe(403);
  }, 120_000);

  test('that answer no question of ours keep nobody out', async () => {
    for (let made = 0; made < 30; made += 1) {
      const visitor = product.visitor();
      await visitor.send('/sign-in');
      expect((await visitor.send('/sign-in/callback?code=none&state=none')).status).toBe(403);
    }
    await product.staff('practitioner');
  }, 120_000);
});

describe('when the table cannot count', () => {
  test('people are let in, and the log says so', async () => {
    const person = product.visitor();
    const form = await openForm(person);
    await pass(5);
    const rule = { engine: 'dynamodb', operation: 'UpdateItem', function: 'public-web', effect: 'error' };
    await laptop.console('/faults', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ rules: [rule] }),
    });
    const page = await person.submit(form, { text: WORDS });
    await laptop.console('/faults', { method: 'DELETE' });
    expect(page.html.heading).toBe('What is it about?');
    const log = readFileSync(join(laptop.dataDir, 'logs', 'public-web.log'), 'utf8');
    expect(log).toContain('"limit not counted"');
  });
});
