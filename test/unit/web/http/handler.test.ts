import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { WARD } from '#test/support/stores/records.ts';
import type { HttpReply } from '#web/http/event.ts';
import { securityHeaders } from '#web/http/security-headers.ts';
import { GONE_WARD, openWorld, PRACTITIONER, type World } from '../world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});

const NEW = `/areas/${WARD}/priorities/new`;
const titleOf = ({ body }: HttpReply) => /<title>([^<]*)<\/title>/.exec(body)?.[1] ?? '';

/** What every answer has to carry, whatever it is. */
const expectSafe = (reply: HttpReply) => {
  expect(reply.headers).toMatchObject(securityHeaders);
  const policy = reply.headers['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe|\*|data:|http/);
  if (/s-maxage/.test(reply.headers['cache-control'] ?? '')) expect(reply.cookies).toBeUndefined();
  if (reply.cookies) expect(reply.headers['cache-control']).toBe('no-store');
  expect(reply.headers['cache-control']).toBeDefined();
};

describe('pages that are the same for everybody', () => {
  const addresses = () => [
    '/',
    '/areas',
    '/areas?q=mill',
    `/areas/${WARD}`,
    `/areas/${GONE_WARD}`,
    '/accessibility',
    '/privacy',
    '/cookies',
  ];

  test('may be kept by shared caches, set no cookie and hold no token, whoever asks', async () => {
    const browser = world.visitor();
    await browser.get(NEW);
    for (const address of addresses()) {
      const reply = await browser.get(address);
      expectSafe(reply);
      expect(reply.statusCode, address).toBe(200);
      expect(reply.headers['cache-control']).toMatch(/^public, max-age=0, s-maxage=\d+, must-revalidate$/);
      expect(reply.cookies).toBeUndefined();
      expect(reply.body).not.toContain('name="csrf"');
    }
  });

  test('look the same to somebody who is signed in elsewhere', async () => {
    const staff = await world.signedIn();
    const visitor = world.visitor();
    const anonymous = await visitor.get('/');
    visitor.cookie = staff.cookie;
    expect((await visitor.get('/')).body).toBe(anonymous.body);
    expect(anonymous.body).not.toContain(PRACTITIONER.post);
  });

  test('hold one inline script, which the policy names by its hash', async () => {
    const { body, headers } = await world.visitor().get('/');
    const inline = [...body.matchAll(/<script>([^<]*)<\/script>/g)].map(([, script = '']) => script);
    expect(inline).toHaveLength(1);
    const hash = createHash('sha256')
      .update(inline[0] ?? '')
      .digest('base64');
    expect(headers['content-security-policy']).toContain(`'sha256-${hash}'`);
    expect(body).not.toMatch(/ on\w+="|javascript:|<style|<iframe/);
  });
});

describe('pages with a form', () => {
  test('open a visit: a cookie that only this site can read or set, and nothing that is kept', async () => {
    const reply = await world.visitor().get(NEW);
    expectSafe(reply);
    expect(reply.headers['cache-control']).toBe('no-store');
    expect(reply.cookies).toHaveLength(1);
    expect(reply.cookies?.[0]).toMatch(/^__Host-session=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax$/);
  });

  test('keep the visit, and set its cookie once', async () => {
    const browser = world.visitor();
    const first = await browser.get(NEW);
    const again = await browser.get(NEW);
    expect(first.cookies).toHaveLength(1);
    expect(again.cookies).toBeUndefined();
    expect(again.headers['cache-control']).toBe('no-store');
  });

  test.each(['', 'x', 'A'.repeat(43), `${'A'.repeat(42)}=`, '../../etc', '%00'])(
    'open a visit of their own when the cookie is none of ours: %j',
    async (id) => {
      const reply = await world.visitor().send(NEW, { cookies: ['other=1', `__Host-session=${id}`] });
      expect(reply.cookies?.[0]).toMatch(/^__Host-session=[\w-]{43};/);
      expect(reply.cookies?.[0]).not.toContain(`=${id};`);
    },
  );

  test('open another visit when its time is over', async () => {
    const browser = world.visitor();
    await browser.get(NEW);
    world.clock.advance(4);
    expect((await browser.get(NEW)).cookies).toHaveLength(1);
  });

  test('give two visitors two visits and two tokens', async () => {
    const [one, other] = [world.visitor(), world.visitor()];
    await one.get(NEW);
    await other.get(NEW);
    expect(one.cookie).not.toBe(other.cookie);
    expect(one.csrf).not.toBe(other.csrf);
  });
});

describe('a post', () => {
  const fields = (csrf: string) => `csrf=${csrf}&text=The+lamps+are+broken.`;

  test('that is refused gives back what was typed, unless another site made it up', async () => {
    const body = 'csrf=stale&version=3&answer=The+lamps+%3Cb%3Eare%3C%2Fb%3E%0D%0Abroken.';
    const staff = await world.signedIn();
    const post = { method: 'POST', body, cookies: [] };
    const answered = async (headers: Record<string, string>) =>
      (await staff.send('/staff/submissions/any/answer', { ...post, headers })).body;
    const page = await answered({ 'sec-fetch-site': 'same-origin' });
    expect(page).toContain('You are no longer signed in');
    expect(page).toMatch(
      /<textarea[^>]* readonly>\nThe lamps &lt;b&gt;are&lt;\/b&gt;\r\nbroken.<\/textarea>/,
    );
    expect(page.match(/<textarea/g)).toHaveLength(1);
    for (const site of ['cross-site', 'same-site'])
      expect(await answered({ 'sec-fetch-site': site })).not.toContain('lamps');
  });

  test('that is refused gives back each thing that was typed, and nothing that was not', async () => {
    const staff = await world.signedIn();
    const body = new URLSearchParams({
      ...{ csrf: 'stale', version: '3', opened: 'age', website: '', handle: 'h', borough: 'E09000999' },
      ...{ decision: 'adopt', title: 'Lamps', description: ' ', to: 'Council' },
    }).toString();
    const { body: page } = await staff.send('/staff/submissions/any', { method: 'POST', body, cookies: [] });
    const typed = [...page.matchAll(/<textarea[^>]*>\n([^<]*)<\/textarea>/g)].map(([, words]) => words);
    expect(typed).toEqual(['Lamps', 'Council']);
  });

  test.each([
    ['/staff/priorities/any?from=inbox', '/staff/priorities/any?from=inbox'],
    ['/staff/sessions/end', '/staff/sessions'],
    ['/staff/sessions/end-all', '/staff/sessions'],
  ])('to %s of somebody who is signed out leads to a page that there is, in a new tab', async (to, from) => {
    const staff = await world.signedIn();
    const link = `<a class="govuk-link" href="${from}" rel="noreferrer noopener" target="_blank">`;
    const out = await staff.send(to, { method: 'POST', body: 'csrf=stale', cookies: [] });
    expect(out.statusCode).toBe(403);
    expect(out.body).toContain(`${link}Sign in and open the page again (opens in a new tab)</a>`);
    const anew = await staff.send(to, { method: 'POST', body: 'csrf=stale' });
    expect(anew.statusCode).toBe(403);
    expect(titleOf(anew)).toContain('You have signed in again since you opened this page');
    expect(anew.body).toContain(`${link}Open the page again (opens in a new tab)</a>`);
  });

  test('with the token of its visit is taken', async () => {
    const browser = world.visitor();
    await browser.get(NEW);
    for (const base64 of [true, false]) {
      const reply = await browser.send(NEW, { method: 'POST', body: fields(browser.csrf), base64 });
      expectSafe(reply);
      expect(reply.statusCode).toBe(303);
    }
  });

  test.each<[string, (own: string, foreign: string) => string]>([
    ['without a token', () => 'text=x'],
    ['with an empty token', () => fields('')],
    ['with the token of another visit', (_, foreign) => fields(foreign)],
    ['with its token twice', (own) => `${fields(own)}&csrf=${own}`],
    ['with its token and another', (own, foreign) => `${fields(own)}&csrf=${foreign}`],
    ['with a part of its token', (own) => fields(own.slice(0, -1))],
    ['with more than its token', (own) => fields(`${own}A`)],
    ['with its token in other letters', (own) => fields(own.toLowerCase())],
    ['without a body', () => ''],
  ])('%s is refused', async (_, body) => {
    const [browser, stranger] = [world.visitor(), world.visitor()];
    await browser.get(NEW);
    await stranger.get(NEW);
    const reply = await browser.send(NEW, { method: 'POST', body: body(browser.csrf, stranger.csrf) });
    expectSafe(reply);
    expect(reply.statusCode).toBe(403);
    expect(reply.body).toContain('Nothing was sent');
  });

  test('without a visit, with one that has ended, or from another site is refused', async () => {
    const browser = world.visitor();
    await browser.get(NEW);
    const post = { method: 'POST', body: fields(browser.csrf) };
    expect((await browser.send(NEW, { ...post, cookies: [] })).statusCode).toBe(403);
    const crossSite = { ...post, headers: { 'sec-fetch-site': 'cross-site' } };
    expect((await browser.send(NEW, crossSite)).statusCode).toBe(403);
    expect(
      (await browser.send(NEW, { ...post, headers: { 'sec-fetch-site': 'same-origin' } })).statusCode,
    ).toBe(303);
    world.clock.advance(4.1);
    expect((await browser.send(NEW, post)).statusCode).toBe(403);
  });

  test.each([
    ['application/json', 400],
    ['text/plain', 400],
    ['multipart/form-data; boundary=x', 400],
    ['', 400],
    ['application/x-www-form-urlencoded; charset=utf-8', 303],
    ['Application/X-WWW-Form-Urlencoded', 303],
  ])('of the type %j: %d', async (type, status) => {
    const browser = world.visitor();
    await browser.get(NEW);
    const body = fields(browser.csrf);
    const reply = await browser.send(NEW, { method: 'POST', body, headers: { 'content-type': type } });
    expect(reply.statusCode).toBe(status);
  });

  test.each<[string, (csrf: string) => string, number]>([
    ['with a field too many', (csrf) => `${fields(csrf)}${'&a=b'.repeat(199)}`, 413],
    ['with ten thousand fields', (csrf) => `${fields(csrf)}${'&a'.repeat(10_000)}`, 413],
    ['with a field of a megabyte', (csrf) => `${fields(csrf)}${'a'.repeat(1_000_000)}`, 413],
    [
      'with fields that nobody knows',
      (csrf) => `${fields(csrf)}&__proto__=1&constructor=2&toString=3&=4&&`,
      303,
    ],
    ['with broken escapes', (csrf) => `${fields(csrf)}%ZZ%&%E0%A4%A`, 303],
  ])('%s', async (_, body, status) => {
    const browser = world.visitor();
    await browser.get(NEW);
    const reply = await browser.send(NEW, { method: 'POST', body: body(browser.csrf) });
    expectSafe(reply);
    expect(reply.statusCode).toBe(status);
  });
});

describe('addresses', () => {
  test.each([
    '/nothing',
    '/areas/E05000000',
    '/areas/E05000000/priorities/new',
    '/areas/%E0%A4%A',
    '/areas/%',
    '/areas/__proto__',
    '/areas/../staff',
    '//evil.example',
    '/priorities/nothing',
    '/priorities/constructor/support',
    `/areas/${WARD}/priorities/new/nothing`,
    `/areas/${WARD}/priorities`,
    '/staff',
    '/.env',
    `/${'a'.repeat(5000)}`,
    '/areas/<script>alert(1)</script>',
  ])('%s is a page that says that there is none', async (address) => {
    const reply = await world.visitor().get(address);
    expectSafe(reply);
    // A further page of the form that nobody has begun leads to its first.
    if (reply.statusCode === 303) expect(reply.headers.location).toBe(NEW);
    else {
      expect(reply.statusCode).toBe(404);
      expect(reply.headers['cache-control']).toBe('no-store');
      expect(titleOf(reply)).toContain('Page not found');
    }
    expect(reply.body).not.toContain('<script>alert');
  });

  test('with a slash at the end are the same pages', async () => {
    for (const address of ['/areas', `/areas/${WARD}`, '/privacy']) {
      const [plain, slash] = [await world.visitor().get(address), await world.visitor().get(`${address}/`)];
      expect(slash.statusCode).toBe(200);
      expect(titleOf(slash)).toBe(titleOf(plain));
    }
  });

  test('that are asked for by HEAD are answered as by GET, without the page', async () => {
    for (const address of ['/', NEW, '/nothing', '/healthz']) {
      const [get, head] = [
        await world.visitor().get(address),
        await world.visitor().send(address, { method: 'HEAD' }),
      ];
      expect(head.body).toBe('');
      expect(head.statusCode).toBe(get.statusCode);
      expect(head.headers).toEqual(get.headers);
    }
  });

  test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'post', 'ANY'])('take no %s', async (method) => {
    const reply = await world.visitor().send('/', { method });
    expectSafe(reply);
    expect(reply.statusCode).toBe(404);
  });

  test('a page that only shows takes no post', async () => {
    expect((await world.visitor().send('/privacy', { method: 'POST', body: 'a=b' })).statusCode).toBe(404);
  });

  test('say that the service is there', async () => {
    const reply = await world.visitor().get('/healthz');
    expect(reply).toMatchObject({
      statusCode: 200,
      body: 'ok',
      headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    });
  });
});

describe('a fault', () => {
  const CANARY = 'canary@example.org 12 Canary Lane';

  test('is a plain page with the number under which it was logged', async () => {
    world.areas.directory = () => Promise.reject(new Error(`${CANARY}\n    at canary (canary:1:1)`));
    const reply = await world.visitor().get('/');
    expectSafe(reply);
    expect(reply.statusCode).toBe(500);
    expect(reply.headers['cache-control']).toBe('no-store');
    expect(reply.body).toContain('request-1');
    expect(reply.body).not.toMatch(/canary|Error:|\.ts:/i);
    expect(world.lines).toMatchObject([
      {
        level: 'ERROR',
        name: 'request failed',
        details: {
          method: 'GET',
          route: '/',
          correlationId: 'request-1',
          fault: expect.stringMatching(/^Error at /),
        },
      },
    ]);
    expect(JSON.stringify(world.lines)).not.toContain('canary');
  });

  test('of the session store is one too, and nothing is half done', async () => {
    world.sessions.save = () => Promise.reject(new Error('no answer'));
    expect((await world.visitor().get(NEW)).statusCode).toBe(500);
  });
});

describe('the log', () => {
  test('has one line for each request, which names the route and never the address', async () => {
    const browser = world.visitor();
    await browser.get(`/areas/${WARD}?q=canary`);
    await browser.get('/canary/of/nobody');
    await browser.send('/', { method: 'HEAD' });
    await browser.send(NEW, { method: 'POST', body: 'text=canary' });
    expect(
      world.lines.map(({ level, name, details }) => [
        level,
        name,
        details.method,
        details.route,
        details.status,
      ]),
    ).toEqual([
      ['INFO', 'request completed', 'GET', '/areas/{code}', 200],
      ['INFO', 'request completed', 'GET', 'none', 404],
      ['INFO', 'request completed', 'HEAD', '/', 200],
      ['INFO', 'request completed', 'POST', '/areas/{code}/priorities/new', 403],
    ]);
    for (const { details } of world.lines) {
      expect(details.correlationId).toBe('request-1');
      expect(details.durationMs).toBeGreaterThanOrEqual(0);
    }
    expect(JSON.stringify(world.lines)).not.toContain('canary');
    expect(JSON.stringify(world.lines)).not.toContain(WARD);
  });
});
