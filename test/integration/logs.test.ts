import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Visitor } from '#test/support/http-client.ts';
import { waitFor } from '#test/support/laptop.ts';
import { type Ground, openProduct } from '#test/support/product-laptop.ts';
import { decide, leaveOwn, openSubmission, previewAnswer, sendAnswer } from './support/steps.ts';

const laptop = openProduct();
const folder = join(laptop.dataDir, 'logs');

interface Line {
  readonly message: string;
  readonly correlationId: string;
  readonly [field: string]: unknown;
}

const readLog = (name: string): string => readFileSync(join(folder, `${name}.log`), 'utf8');
const readAll = (): string =>
  readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');

const linesOf = (name: string): readonly Line[] =>
  readLog(name)
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line);

const requestsOf = (name: string): readonly Line[] =>
  linesOf(name).filter(({ message }) => /^request (completed|failed)$/.test(message));

let ground: Ground;
let ward: string;
let coordinator: Visitor;

beforeAll(async () => {
  ground = await laptop.addBorough('Logging', ['Kanarie']);
  ward = ground.wards[0]?.code ?? '';
  coordinator = await laptop.staff('coordinator');
});

test('there is one line for each request, whatever comes of it', async () => {
  const before = [requestsOf('public-web').length, requestsOf('staff-web').length] as const;
  const person = laptop.visitor();
  const get = ['/', '/areas', `/areas/${ward}`, '/nothing', '/areas/%00', '/healthz', '/cookies?x=y'];
  for (const path of get) await person.send(path);
  await person.send('/', { method: 'HEAD' });
  await person.send('/', { method: 'POST', body: 'x' });
  await person.send(`/areas/${ward}/priorities/new`, { method: 'POST', body: new URLSearchParams() });
  for (const path of ['/staff', '/staff/inbox', '/sign-in', '/sign-in/callback?code=x'])
    await person.send(path);
  for (const path of ['/staff', '/staff/submissions/nobody', '/staff/nothing']) await coordinator.send(path);
  const expected = [before[0] + 10, before[1] + 7];
  const counted = () => [requestsOf('public-web').length, requestsOf('staff-web').length];
  await waitFor(counted, ([web = 0, staff = 0]) => web >= (expected[0] ?? 0) && staff >= (expected[1] ?? 0));
  expect(counted()).toEqual(expected);
  for (const line of [...requestsOf('public-web').slice(-10), ...requestsOf('staff-web').slice(-7)]) {
    expect(line).toMatchObject({
      level: 'INFO',
      method: expect.stringMatching(/^(GET|HEAD|POST)$/),
      route: expect.stringMatching(/^(none|\/[\w\-/{}]*)$/),
      status: expect.any(Number),
      durationMs: expect.any(Number),
      correlationId: expect.stringMatching(/^[\w-]{8,}$/),
    });
  }
});

test('one number leads from the request to its mail, and is in no other request', async () => {
  const email = ground.address('follow-me');
  await leaveOwn(laptop.visitor(), ward, { text: 'Follow me', email });
  const [mail] = await laptop.waitForMail(1, email);
  const id = mail?.headers['X-Folkmoot-Correlation-ID'] ?? '';
  const found = (name: string) => linesOf(name).filter(({ correlationId }) => correlationId === id);
  for (const name of ['public-web', 'relay-outbox', 'send-mail']) {
    await waitFor(
      () => found(name),
      (lines) => lines.length > 0,
    );
  }
  expect(found('public-web')).toMatchObject([
    {
      message: 'request completed',
      method: 'POST',
      route: '/areas/{code}/priorities/new/{step}',
      status: 303,
    },
  ]);
  expect(found('relay-outbox')).toMatchObject([{ message: 'mail announced', mail: mail?.tags.delivery }]);
  expect(found('send-mail')).toMatchObject([
    { message: 'mail sent', mail: mail?.tags.delivery, kind: 'submission-received' },
  ]);
});

test('when many mails go at once, each can be followed', async () => {
  const emails = Array.from({ length: 8 }, (_, index) => ground.address(`many-${index}`));
  await Promise.all(emails.map((email) => leaveOwn(laptop.visitor(), ward, { text: 'One of many', email })));
  for (const email of emails) {
    const [mail] = await laptop.waitForMail(1, email);
    const id = mail?.headers['X-Folkmoot-Correlation-ID'];
    for (const name of ['public-web', 'relay-outbox', 'send-mail']) {
      const lines = () => linesOf(name).filter(({ correlationId }) => correlationId === id);
      await waitFor(lines, ({ length }) => length > 0);
      expect(lines(), `${name} ${id}`).toHaveLength(1);
    }
  }
});

describe('nothing that a person wrote or is called', () => {
  const canary = `Kanarienvogel${Date.now()}`;
  const email = `${canary.toLowerCase()}@example.org`;
  let reference: string;

  beforeAll(async () => {
    const person = laptop.visitor();
    const start = `/areas/${ward}/priorities/new`;
    reference = (await leaveOwn(person, ward, { text: `${canary} text`, email })).reference;
    const first = await person.open(start);
    await person.submit(first, { text: `${canary} too long `.repeat(100) });
    await person.open(`/areas?q=${canary}`);
    await person.open(`/${canary}?${canary}=${canary}`);
    await person.open(`/areas/${canary}/priorities/new?draft=${canary}`);
    await person.open(start, { headers: { 'user-agent': canary, referer: `http://x.example/${canary}` } });
    await person.open(start, { method: 'POST', body: new URLSearchParams({ csrf: canary, text: canary }) });
    await person.open(start, { method: 'POST', body: canary, headers: { 'content-type': 'text/plain' } });
    const submission = await openSubmission(laptop, coordinator, reference);
    const form = await decide(coordinator, submission, {
      decision: 'adopt',
      title: `${canary} title`,
      description: `${canary} description`,
    });
    await sendAnswer(coordinator, await previewAnswer(coordinator, form, `${canary} answer`));
    await coordinator.open(`/staff/submissions/${canary}?x=${canary}`);
    await laptop.visitor().open(`/sign-in?returnTo=/staff/${canary}`);
    await laptop.visitor().open(`/sign-in/callback?code=${canary}&state=${canary}`);
    await laptop.waitForMail(2, email);
  });

  test('is in any log', () => {
    const logs = readAll();
    expect(logs.length).toBeGreaterThan(1000);
    expect(logs.toLowerCase().includes(canary.toLowerCase())).toBe(false);
    expect(logs.includes(reference)).toBe(false);
  });

  test('neither is anybody’s address, of the public or of staff, nor a cookie, a token or a draft', () => {
    const logs = readAll();
    expect(logs.match(/[\w.+-]+(?:@|%40)[\w-]+\.[\w.]+/g) ?? []).toEqual([]);
    expect(logs.includes(coordinator.cookieNamed('__Host-session') ?? '')).toBe(false);
    // Secrets have 43 characters; numbers of requests and mails have 36.
    expect(logs.match(/(?<![\w-])[\w-]{43}(?![\w-])/g) ?? []).toEqual([]);
  });

  test('the lines hold nothing but what the catalogue of log messages names', () => {
    const known = new Set([
      ...['timestamp', 'level', 'message', 'correlationId', 'method', 'route', 'status', 'durationMs'],
      ...['fault', 'mail', 'kind', 'schedule', 'result', 'mailing', 'step'],
    ]);
    for (const name of ['public-web', 'staff-web', 'relay-outbox', 'send-mail', 'mail-area-digests']) {
      for (const line of linesOf(name)) {
        expect([name, ...Object.keys(line).filter((key) => !known.has(key))]).toEqual([name]);
      }
    }
  });
});
