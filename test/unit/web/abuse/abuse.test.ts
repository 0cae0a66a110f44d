import { describe, expect, test } from 'vitest';
import type { Limits } from '#domain/abuse/ports.ts';
import { WARD } from '#test/support/stores/records.ts';
import { type AbuseLimits, addressLimits } from '#web/http/abuse.ts';
import type { HttpReply } from '#web/http/event.ts';
import type { Browser } from '../browser.ts';
import { openWorld, type World } from '../world.ts';

const LIMITS: AbuseLimits = {
  postsPerMinute: 6,
  postsPerHour: 20,
  submissionsPerHour: 2,
  failedSignInsPerTenMinutes: 3,
  failedSignInsOfNetworkPerTenMinutes: 5,
  formSeconds: 2,
};
const WIDE: AbuseLimits = { ...LIMITS, postsPerMinute: 1000, postsPerHour: 1000 };
const NEW = `/areas/${WARD}/priorities/new`;
const WORDS = 'The lamps in the underpass are broken.';
const SECOND = 1 / 3600;

const titleOf = ({ body }: HttpReply) => /<title>([^<]*)<\/title>/.exec(body)?.[1] ?? '';
const hiddenAge = ({ body }: HttpReply) => /name="opened" value="([^"]*)"/.exec(body)?.[1] ?? '';

/** Opens the first page and posts it after so many seconds, with whatever else is in the form. */
const write = async (
  world: World,
  browser: Browser,
  pause = 10,
  fields: Readonly<Record<string, string>> = {},
): Promise<HttpReply> => {
  const opened = hiddenAge(await browser.get(NEW));
  world.clock.advance(pause * SECOND);
  return browser.post(NEW, { text: WORDS, website: '', opened, ...fields });
};

describe('a guarded form', () => {
  test('is taken from a person who needed some seconds', async () => {
    const world = await openWorld({ abuseLimits: WIDE });
    expect((await write(world, world.visitor())).statusCode).toBe(303);
  });

  test('is out of sight and out of reach of people, and says what it is to those who meet it', async () => {
    const { body } = await (await openWorld({ abuseLimits: WIDE })).visitor().get(NEW);
    expect(body).toMatch(
      /<div class="app-left-empty" aria-hidden="true">\s*<label for="website">Leave this field empty/,
    );
    expect(body).toMatch(
      /<input id="website" name="website" type="text" value="" tabindex="-1" autocomplete="off">/,
    );
    expect(body).not.toContain('style=');
  });

  test('that was sent too quickly is shown again with all that was typed, and taken when it is sent again', async () => {
    const world = await openWorld({ abuseLimits: WIDE });
    const browser = world.visitor();
    const reply = await write(world, browser, 1.9);
    expect(reply.statusCode).toBe(400);
    expect(reply.body).toContain('That was very quick. Check what you entered and continue again');
    expect(reply.body).toContain(WORDS);
    world.clock.advance(0.1 * SECOND);
    const again = await browser.post(NEW, { text: WORDS, website: '', opened: hiddenAge(reply) });
    expect(again.statusCode).toBe(303);
  });

  test.each([
    ['left out', () => '', /could not tell when/],
    [
      'made up',
      (age: string) => age.replace(/^./, (first) => (first === 'm' ? 'l' : 'm')),
      /could not tell when|more than a day/,
    ],
    ['from the future', () => `${(Date.parse('2026-12-23') || 0).toString(36)}.x`, /could not tell when/],
    ['signed by somebody else', (age: string) => `${age.slice(0, -2)}xx`, /could not tell when/],
    ['no time', () => 'abc.def', /could not tell when/],
  ])('whose age is %s is shown again, and nothing is lost', async (_, change, words) => {
    const world = await openWorld({ abuseLimits: WIDE });
    const browser = world.visitor();
    const age = hiddenAge(await browser.get(NEW));
    world.clock.advance(10 * SECOND);
    const reply = await browser.post(NEW, { text: WORDS, website: '', opened: change(age) });
    expect(reply.statusCode).toBe(400);
    expect(reply.body).toMatch(words);
    expect(reply.body).toContain(WORDS);
    world.clock.advance(10 * SECOND);
    const again = await browser.post(NEW, { text: WORDS, website: '', opened: hiddenAge(reply) });
    expect(again.statusCode).toBe(303);
  });

  test('of one visit is worth nothing in another', async () => {
    const world = await openWorld({ abuseLimits: WIDE });
    const foreign = hiddenAge(await world.visitor().get(NEW));
    expect((await write(world, world.visitor(), 10, { opened: foreign })).statusCode).toBe(400);
  });

  test('with something in the empty field is shown again with the field emptied; the log says that and no more', async () => {
    const world = await openWorld({ abuseLimits: WIDE });
    const browser = world.visitor();
    const reply = await write(world, browser, 10, { website: 'https://spam.example' });
    expect(reply.statusCode).toBe(400);
    expect(reply.body).toContain('Something filled in a field that has to stay empty');
    expect(reply.body).not.toContain('spam.example');
    expect(reply.body).toContain(WORDS);
    expect(world.lines).toContainEqual(
      expect.objectContaining({
        name: 'form turned away',
        details: expect.objectContaining({ reason: 'filled' }),
      }),
    );
    expect(JSON.stringify(world.lines)).not.toMatch(/spam|underpass/);
    const again = await browser.post(NEW, { text: WORDS, website: '', opened: hiddenAge(reply) });
    expect(again.statusCode).toBe(303);
  });

  test('asks for no age where nothing is limited', async () => {
    const world = await openWorld();
    const browser = world.visitor();
    await browser.get(NEW);
    expect((await browser.post(NEW, { text: WORDS })).statusCode).toBe(303);
  });
});

describe('limits of what is posted', () => {
  test('answer 429 with the time to wait, and keep what was typed', async () => {
    const world = await openWorld({ abuseLimits: LIMITS });
    const browser = world.visitor();
    for (let sent = 0; sent < LIMITS.postsPerMinute; sent += 1)
      expect((await write(world, browser, 2)).statusCode).toBe(303);
    const reply = await write(world, browser, 2);
    expect(reply.statusCode).toBe(429);
    expect(titleOf(reply)).toMatch(/^Too much came from your connection at once/);
    expect(reply.body).toContain(WORDS);
    expect(reply.body).toMatch(/Try again in (a minute|2 minutes)\./);
    const seconds = Number(reply.headers['retry-after']);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(120);
    world.clock.advance(seconds * SECOND);
    expect((await write(world, browser)).statusCode).toBe(303);
    expect(world.lines).toContainEqual(
      expect.objectContaining({
        level: 'WARN',
        name: 'limit reached',
        details: { limit: 'posts a minute', correlationId: 'request-1' },
      }),
    );
  });

  test('hold for a network, however many visits it opens, and for no other', async () => {
    const world = await openWorld({ abuseLimits: LIMITS });
    for (let sent = 0; sent < LIMITS.postsPerMinute; sent += 1) await write(world, world.visitor(), 2);
    expect((await write(world, world.visitor(), 2)).statusCode).toBe(429);
    const stranger = world.visitor();
    stranger.from = '198.51.100.7';
    expect((await write(world, stranger, 2)).statusCode).toBe(303);
  });

  test('count staff by their session: headquarters may share one address', async () => {
    const world = await openWorld({ abuseLimits: LIMITS });
    for (let sent = 0; sent < LIMITS.postsPerMinute; sent += 1) await write(world, world.visitor(), 2);
    const staff = await world.signedIn();
    expect((await staff.post('/staff/sessions/end', { handle: 'none' })).statusCode).toBe(303);
  });

  test('keep nobody signed in', async () => {
    const world = await openWorld({ abuseLimits: LIMITS });
    const staff = await world.signedIn();
    const end = () => staff.post('/staff/sessions/end', { handle: 'none' });
    for (let sent = 0; sent < LIMITS.postsPerMinute; sent += 1) expect((await end()).statusCode).toBe(303);
    expect((await end()).statusCode).toBe(429);
    expect((await staff.post('/sign-out', {})).headers.location).toBe('/signed-out?from=staff');
    expect((await staff.get('/staff')).statusCode).toBe(303);
  });

  test('do not count who only reads', async () => {
    const world = await openWorld({ abuseLimits: LIMITS });
    const browser = world.visitor();
    for (let read = 0; read < 40; read += 1) expect((await browser.get(NEW)).statusCode).toBe(200);
  });

  test('let people in when nothing can be counted, and say so in the log', async () => {
    const broken = () => Promise.reject(new Error('The table is away, said 192.0.2.1'));
    const limits: Limits = { take: broken, look: broken };
    const world = await openWorld({ abuseLimits: LIMITS, limits });
    expect((await write(world, world.visitor())).statusCode).toBe(303);
    expect(world.lines).toContainEqual(
      expect.objectContaining({ level: 'ERROR', name: 'limit not counted' }),
    );
    expect(JSON.stringify(world.lines)).not.toContain('192.0.2.1');
  });
});

describe('limits of submissions', () => {
  const leave = async (world: World, browser: Browser, email = ''): Promise<HttpReply> => {
    let reply = await browser.follow(await write(world, browser));
    const address = (step: string, { body }: HttpReply) =>
      `${NEW}/${step}?draft=${/draft=([\w-]+)/.exec(body)?.[1] ?? ''}`;
    const category = await browser.post(address('category', reply), { category: '' });
    reply = await browser.follow(category);
    const draft = /draft=([\w-]+)/.exec(category.headers.location ?? '')?.[1] ?? '';
    await browser.post(`${NEW}/email?draft=${draft}`, { email });
    return browser.post(`${NEW}/check?draft=${draft}`, {});
  };

  test('hold for an address, whoever leaves it: nobody can fill the mailbox of somebody else', async () => {
    const world = await openWorld({ abuseLimits: { ...WIDE, submissionsPerHour: 1000 } });
    const [{ most = 0 } = {}] = addressLimits;
    for (let sent = 0; sent < most; sent += 1)
      expect((await leave(world, world.visitor(), 'Neighbour@example.org')).statusCode).toBe(303);
    expect((await leave(world, world.visitor(), 'neighbour@example.org')).statusCode).toBe(429);
    expect((await leave(world, world.visitor())).statusCode).toBe(303);
    expect((await leave(world, world.visitor(), 'other@example.org')).statusCode).toBe(303);
  });

  test('hold for a visit; what was refused can be sent later, since the draft is kept', async () => {
    const world = await openWorld({ abuseLimits: WIDE });
    const browser = world.visitor();
    for (let sent = 0; sent < LIMITS.submissionsPerHour; sent += 1)
      expect((await leave(world, browser)).statusCode).toBe(303);
    expect((await leave(world, browser)).statusCode).toBe(429);
    expect(await world.left()).toHaveLength(LIMITS.submissionsPerHour);
    expect((await leave(world, world.visitor())).statusCode).toBe(303);
  });
});

describe('limits of sign-ins', () => {
  const attempt = async (world: World, email: string, state = 'state-1'): Promise<HttpReply> => {
    const browser = world.stranger();
    const begun = await browser.get('/sign-in');
    if (begun.statusCode !== 303) return begun;
    return browser.get(`/sign-in/callback?state=${state}&code=${encodeURIComponent(email)}`);
  };

  const PRACTITIONER = 'practitioner@folkmoot.example';
  const nobody = (number: number) => `nobody-${number}@folkmoot.example`;

  test('count those that come to nothing, and only those', async () => {
    const world = await openWorld({ abuseLimits: LIMITS });
    for (let signedIn = 0; signedIn < 5; signedIn += 1)
      expect((await attempt(world, PRACTITIONER)).statusCode).toBe(303);
    for (let failed = 0; failed < LIMITS.failedSignInsOfNetworkPerTenMinutes; failed += 1)
      expect((await attempt(world, nobody(failed))).statusCode).toBe(403);
    const reply = await attempt(world, PRACTITIONER);
    expect(reply.statusCode).toBe(429);
    world.clock.advance(Number(reply.headers['retry-after']) * SECOND);
    expect((await attempt(world, PRACTITIONER)).statusCode).toBe(303);
  });

  test('turn people away before they prove who they are, not after', async () => {
    const world = await openWorld({ abuseLimits: LIMITS });
    for (let failed = 0; failed < LIMITS.failedSignInsOfNetworkPerTenMinutes; failed += 1)
      await attempt(world, nobody(failed));
    expect((await world.stranger().get('/sign-in')).statusCode).toBe(429);
  });

  test('do not count what never reaches the issuer: nobody locks out the others of a network', async () => {
    const world = await openWorld({ abuseLimits: LIMITS });
    let asked = 0;
    const finish = world.issuer.finish.bind(world.issuer);
    world.issuer.finish = (returned) => {
      asked += 1;
      return finish(returned);
    };
    for (const state of Array.from({ length: 30 }, (_, number) => `forged-${number}`))
      expect((await attempt(world, PRACTITIONER, state)).statusCode).toBe(403);
    for (const state of ['', 'state-1&state=state-1', 'state-1x'])
      expect((await attempt(world, PRACTITIONER, state)).statusCode).toBe(403);
    expect(asked).toBe(0);
    expect((await attempt(world, PRACTITIONER)).statusCode).toBe(303);
  });

  test('let an account fail less often than a network', async () => {
    const world = await openWorld({ abuseLimits: LIMITS });
    for (let failed = 0; failed < LIMITS.failedSignInsPerTenMinutes; failed += 1)
      expect((await attempt(world, nobody(0))).statusCode).toBe(403);
    expect((await attempt(world, nobody(0))).statusCode).toBe(429);
    expect((await attempt(world, PRACTITIONER)).statusCode).toBe(303);
  });

  test('know an account without leave to come in wherever it comes from', async () => {
    const world = await openWorld({ abuseLimits: LIMITS });
    const from = async (address: string) => {
      const browser = world.stranger();
      browser.from = address;
      await browser.get('/sign-in');
      return browser.get('/sign-in/callback?state=state-1&code=nobody%40folkmoot.example');
    };
    for (const host of [1, 2, 3]) expect((await from(`198.51.100.${host}`)).statusCode).toBe(403);
    expect((await from('198.51.100.4')).statusCode).toBe(429);
  });
});

describe('the address behind CloudFront', () => {
  test('answers only what carries the secret of the stage', async () => {
    const world = await openWorld({ originSecret: 'secret-of-the-stage' });
    const reply = (secret: string | null) =>
      world.visitor().send('/', { headers: secret === null ? {} : { 'x-origin-verify': secret } });
    expect((await reply('secret-of-the-stage')).statusCode).toBe(200);
    for (const secret of [null, '', 'secret-of-the-stagE']) {
      const refused = await reply(secret);
      expect(refused.statusCode).toBe(403);
      expect(titleOf(refused)).toMatch(/^This is not the address of the service/);
    }
  });
});
