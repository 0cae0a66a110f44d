import { beforeEach, describe, expect, test } from 'vitest';
import { addHours } from '#domain/shared/clock.ts';
import { MAX_AREAS } from '#domain/subscriptions/subscription.ts';
import { anArea, aSubscription, BOROUGH, WARD } from '#test/support/stores/records.ts';
import type { HttpReply } from '#web/http/event.ts';
import type { Browser } from '../browser.ts';
import { GONE_WARD, OTHER_WARD, openWorld, type World } from '../world.ts';

const EMAIL = 'resident@example.org';
const LIMITS = {
  ...{ postsPerMinute: 60, postsPerHour: 600, submissionsPerHour: 20, formSeconds: 2 },
  ...{ failedSignInsPerTenMinutes: 10, failedSignInsOfNetworkPerTenMinutes: 300 },
};
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

let world: World;
let browser: Browser;
beforeEach(async () => {
  world = await openWorld();
  browser = world.subscriber();
});

type Fields = readonly (readonly [string, string])[];

const filled: Fields = [
  ['topics', 'priorities'],
  ['topics', 'news'],
  ['areas', WARD],
  ['frequency', 'weekly'],
  ['q', ''],
  ['email', EMAIL],
];
const without = (name: string): Fields => filled.filter(([its]) => its !== name);

const post = (address: string, fields: Fields, from = browser): Promise<HttpReply> =>
  from.send(address, {
    method: 'POST',
    body: new URLSearchParams([['csrf', from.csrf], ...fields.map(([...pair]) => pair)]).toString(),
  });

const errorsOn = ({ body }: HttpReply) =>
  [...body.matchAll(/<a href="#(\w+)">([^<]+)<\/a>/g)].map(([, field, words]) => [field, words?.trim()]);
const ticked = ({ body }: HttpReply) =>
  [...body.matchAll(/<input[^>]*type="(?:checkbox|radio)" value="([^"]+)" checked/g)].map(
    ([, value]) => value,
  );
const titleOf = ({ body }: HttpReply) => /<h1[^>]*>\s*([^<]+?)\s*</.exec(body)?.[1];

const subscription = () => world.subscriptions.find(world.keyOfRecipient(EMAIL));
const suppression = () => world.suppressions.find(world.keyOfRecipient(EMAIL));

/** The path of the link in the latest mail of a kind. */
const linkIn = (kind: string): string => {
  const mail = world.outbox.mails.findLast(({ message }) => message.kind === kind);
  const url = /https:\/\/\S+\/(?:sign-up|preferences)\/\S+/.exec(mail ? world.renderMail(mail).text : '');
  return new URL(url?.[0] ?? 'none:').pathname;
};

const reachCheck = async (fields = filled): Promise<HttpReply> => {
  await browser.get('/sign-up');
  return post('/sign-up', fields);
};

const subscribe = async (): Promise<void> => {
  const check = (await reachCheck()).headers.location ?? '';
  await browser.get(check);
  await post(check, []);
  await browser.send(linkIn('subscription-confirmation'), { method: 'POST', body: '' });
};

const tokenFor = (purpose: 'unsubscribe' | 'preferences', endsAt: string | null = null) =>
  world.mailTokens.sign(purpose, world.keyOfRecipient(EMAIL), endsAt);

describe('the form to sign up', () => {
  test('has the area ticked from whose page somebody comes, and no other', async () => {
    expect(ticked(await browser.get(`/sign-up?area=${WARD}`))).toEqual([WARD]);
    for (const area of [GONE_WARD, 'E05000000', 'x', '__proto__'])
      expect(ticked(await browser.get(`/sign-up?area=${area}`))).toEqual([]);
  });

  test('says what is missing, and keeps what was chosen', async () => {
    const reply = await reachCheck([
      ['email', 'no address'],
      ['topics', 'meetings'],
    ]);
    expect(reply.statusCode).toBe(400);
    expect(errorsOn(reply)).toEqual([
      ['areas', 'Find and select an area, or select everywhere'],
      ['frequency', 'Select how often you would like to hear from us'],
      ['email', 'Enter an e-mail address in the correct format, like name@example.com'],
    ]);
    expect(ticked(reply)).toEqual(['meetings']);
    expect(reply.body).toContain('value="no address"');
  });

  test.each<[string, Fields, string, string]>([
    ['no topic', without('topics'), 'topics', 'Select what you would like to hear about'],
    [
      'an area and everywhere',
      [...filled, ['areas', 'everywhere']],
      'areas',
      'Select areas, or select everywhere, not both',
    ],
    ['two addresses', [...filled, ['email', 'x@example.org']], 'email', 'This field was sent more than once'],
    [
      'no frequency of ours',
      [...without('frequency'), ['frequency', 'daily']],
      'frequency',
      'Select how often',
    ],
    [
      'areas that never were',
      [...without('areas'), ['areas', 'E05000000'], ['areas', '__proto__']],
      'areas',
      'Find and select an area, or select everywhere',
    ],
  ])('with %s', async (_, fields, field, words) => {
    const reply = await reachCheck(fields);
    expect(reply.statusCode).toBe(400);
    expect(errorsOn(reply)).toEqual([[field, expect.stringContaining(words)]]);
    expect(world.outbox.mails).toEqual([]);
  });

  test('takes no more areas than a subscription holds', async () => {
    const codes = Array.from({ length: MAX_AREAS + 1 }, (_, at) => `E05${String(at).padStart(6, '0')}`);
    await world.areas.save(codes.map((code) => anArea({ code })));
    const fields = [...without('areas'), ...codes.map((code) => ['areas', code] as const)];
    expect(errorsOn(await reachCheck(fields))).toEqual([
      ['areas', 'Select up to 10 areas, or select everywhere'],
    ]);
  });

  test('finds areas, and loses nothing over it', async () => {
    await browser.get('/sign-up');
    const found = await post('/sign-up', [...without('q'), ['q', 'Northgate'], ['action', 'find']]);
    expect(found.statusCode).toBe(200);
    expect(ticked(found)).toEqual(['priorities', 'news', WARD, 'weekly']);
    expect(found.body).toContain(`value="${OTHER_WARD}"`);
    expect(found.body).toContain('Northgate, ward in Exampleham');
    expect(found.body).toContain(`value="${EMAIL}"`);
    const nothing = await post('/sign-up', [...without('q'), ['q', 'Nowhere'], ['action', 'find']]);
    expect(errorsOn(nothing)).toEqual([['q', expect.stringContaining('like “Nowhere”')]]);
    const empty = await post('/sign-up', [...filled, ['action', 'find']]);
    expect(errorsOn(empty)).toEqual([['q', 'Enter the name of a ward or borough, or part of it']]);
  });

  test('finds areas also for who typed a name and pressed the last button', async () => {
    await browser.get('/sign-up');
    const found = await post('/sign-up', [
      ['q', 'Exampleham'],
      ['email', EMAIL],
    ]);
    expect(found.statusCode).toBe(200);
    expect(found.body).toContain('Exampleham, the whole borough');
  });

  test('goes on by the Enter key, and finds areas where a name was typed', async () => {
    await browser.get('/sign-up');
    const found = await post('/sign-up', [
      ...without('q'),
      ['q', 'Northgate'],
      ['searched', ''],
      ['action', 'enter'],
    ]);
    expect(found.body).toContain('Northgate, ward in Exampleham');
    expect(found.body).toContain('name="searched" value="Northgate"');
    for (const query of ['', 'Northgate']) {
      const fields: Fields = [...without('q'), ['q', query], ['searched', query], ['action', 'enter']];
      const reply = await post('/sign-up', fields);
      expect(reply.headers.location, query).toMatch(/^\/sign-up\/check/);
    }
  });

  test('asks for no token that another site could have, and for no second address', async () => {
    const check = (await reachCheck()).headers.location ?? '';
    expect(check).toMatch(/^\/sign-up\/check\?draft=[\w-]{43}$/);
    const stranger = world.subscriber();
    await stranger.get('/sign-up');
    expect((await stranger.get(check)).headers.location).toBe('/sign-up');
    expect((await post(check, [], stranger)).headers.location).toBe('/sign-up');
    expect((await browser.send(check, { method: 'POST', body: 'csrf=wrong' })).statusCode).toBe(403);
    expect(world.outbox.mails).toEqual([]);
  });

  test('is checked, sent once, and leads to a page that can be loaded again', async () => {
    const check = (await reachCheck()).headers.location ?? '';
    const page = await browser.get(check);
    for (const words of [
      '<li>Priorities</li><li>News</li>',
      'Millbrook, ward in Exampleham',
      'Once a week',
      EMAIL,
    ])
      expect(page.body).toContain(words);
    const answers = await Promise.all([1, 2].map(() => post(check, [])));
    const sent = check.replace('check', 'sent');
    expect(answers.map(({ headers }) => headers.location)).toEqual([sent, sent]);
    expect((await browser.get(check)).headers.location).toBe(sent);
    expect((await post(check, [])).headers.location).toBe(sent);
    expect(titleOf(await browser.get(sent))).toBe('Check your e-mail');
    expect(world.outbox.mails).toHaveLength(1);
  });

  test('sent again with another address is another one', async () => {
    const check = (await reachCheck()).headers.location ?? '';
    await browser.get(check);
    await post(check, []);
    const again = await browser.get(check.replace('/check', ''));
    expect(ticked(again)).toEqual(['priorities', 'news', WARD, 'weekly']);
    const other = (
      await post(check.replace('/check', ''), [...without('email'), ['email', 'other@example.org']])
    ).headers.location;
    expect(other).not.toBe(check);
    await browser.get(other ?? '');
    await post(other ?? '', []);
    expect(world.outbox.mails.map(({ to }) => to)).toEqual([EMAIL, 'other@example.org']);
  });

  test('says when an area was replaced meanwhile', async () => {
    const check = (await reachCheck([...filled, ['areas', OTHER_WARD]])).headers.location ?? '';
    await browser.get(check);
    await world.areas.save([anArea({ code: OTHER_WARD, superseded: { on: '2026-11-23', by: [WARD] } })]);
    const reply = await post(check, []);
    expect(errorsOn(reply)).toEqual([['areas', expect.stringContaining('was replaced')]]);
    expect(ticked(reply)).toEqual(['priorities', 'news', WARD, 'weekly']);
  });

  test('knows programs by the field that people leave empty, and by their haste', async () => {
    world = await openWorld({ abuseLimits: LIMITS });
    browser = world.subscriber();
    const page = await browser.get('/sign-up');
    const opened = ['opened', /name="opened" value="([^"]+)"/.exec(page.body)?.[1] ?? ''] as const;
    expect(errorsOn(await post('/sign-up', [...filled, opened]))).toEqual([
      ['topics', expect.stringContaining('very quick')],
    ]);
    world.clock.advance(1 / 60);
    const robot = await post('/sign-up', [...filled, opened, ['website', 'http://spam.example']]);
    expect(errorsOn(robot)).toEqual([['topics', expect.stringContaining('has to stay empty')]]);
    expect((await post('/sign-up', [...filled, opened])).statusCode).toBe(303);
  });

  test('fills nobody’s mailbox, however patient somebody is', async () => {
    world = await openWorld({ abuseLimits: LIMITS });
    const askTimes = async (times: number, network: number): Promise<void> => {
      for (let time = 0; time < times; time += 1) {
        browser = world.subscriber();
        browser.from = `192.0.${network}.${time}`;
        const page = await browser.get('/sign-up');
        const opened = ['opened', /name="opened" value="([^"]+)"/.exec(page.body)?.[1] ?? ''] as const;
        world.clock.advance(1 / 600);
        const check = (await post('/sign-up', [...filled, opened])).headers.location ?? '';
        await browser.get(check);
        expect((await post(check, [])).headers.location).toBe(check.replace('check', 'sent'));
      }
    };
    await askTimes(8, 2);
    expect(world.outbox.mails).toHaveLength(5);
    for (const hour of [3, 4, 5]) {
      world.clock.advance(2);
      await askTimes(3, hour);
    }
    expect(world.outbox.mails).toHaveLength(10);
  });
});

describe('the link of a sign-up', () => {
  test('changes nothing when it is followed, and needs no cookie when its button is pressed', async () => {
    await browser.get('/sign-up');
    const check = (await post('/sign-up', filled)).headers.location ?? '';
    await browser.get(check);
    await post(check, []);
    const link = linkIn('subscription-confirmation');
    const reader = world.subscriber();
    for (const method of ['GET', 'HEAD', 'GET']) {
      const shown = await reader.send(link, { method });
      expect([shown.statusCode, shown.cookies, shown.headers['cache-control']]).toEqual([
        200,
        undefined,
        'no-store',
      ]);
    }
    expect(await subscription()).toBeNull();
    const pressed = await reader.send(link, { method: 'POST', body: '' });
    expect([pressed.statusCode, pressed.headers.location, pressed.cookies]).toEqual([303, link, undefined]);
    expect(await subscription()).toMatchObject({ areas: [WARD], frequency: 'weekly' });
    expect((await reader.get(link)).body).toContain('You are signed up');
    expect((await reader.send(link, { method: 'POST', body: '' })).headers.location).toBe(link);
  });

  test('that never was says what to do', async () => {
    for (const method of ['GET', 'POST'] as const) {
      const reply = await browser.send('/sign-up/confirm/nothing', {
        method,
        body: method === 'POST' ? '' : null,
      });
      expect([reply.statusCode, titleOf(reply)]).toEqual([404, 'This link is no longer good']);
      expect(reply.body).toContain('href="/sign-up"');
    }
  });
});

describe('preferences', () => {
  test('come by mail to whoever has a subscription; the page is the same for all', async () => {
    await subscribe();
    const ask = async (email: string) => {
      await browser.get('/preferences');
      const reply = await post('/preferences', [
        ['key', 'key-1'],
        ['email', email],
      ]);
      expect(reply.headers.location).toBe('/preferences?sent=yes');
      return (await browser.get('/preferences?sent=yes')).body;
    };
    const known = await ask(EMAIL);
    await ask(EMAIL);
    expect(await ask('nobody@example.org')).toBe(known);
    const links = world.outbox.mails.filter(({ message }) => message.kind === 'preferences-link');
    expect(links.map(({ to }) => to)).toEqual([EMAIL]);
    expect((await browser.get(linkIn('preferences-link'))).statusCode).toBe(200);
  });

  test('need an address, and no program', async () => {
    await browser.get('/preferences');
    expect(errorsOn(await post('/preferences', [['email', 'nobody']]))).toEqual([
      ['email', 'Enter an e-mail address in the correct format, like name@example.com'],
    ]);
    const robot = await post('/preferences', [
      ['email', EMAIL],
      ['website', 'x'],
    ]);
    expect(errorsOn(robot)).toEqual([['email', expect.stringContaining('has to stay empty')]]);
  });

  test('are shown and changed by the token, without a cookie', async () => {
    await subscribe();
    const reader = world.subscriber();
    const own = `/preferences/${await tokenFor('preferences', addHours(world.clock.now(), 60 * 24))}`;
    const shown = await reader.get(own);
    expect([shown.cookies, ticked(shown)]).toEqual([undefined, ['priorities', 'news', WARD, 'weekly']]);
    const found = await post(own, [...without('q'), ['q', 'Exampleham'], ['action', 'find']], reader);
    expect(found.body).toContain(`value="${BOROUGH}"`);
    const saved = await post(
      own,
      [
        ['topics', 'meetings'],
        ['areas', WARD],
        ['areas', BOROUGH],
        ['frequency', 'at-once'],
        ['action', 'save'],
      ],
      reader,
    );
    expect(saved.headers.location).toBe(`${own}?done=saved`);
    expect((await reader.get(`${own}?done=saved`)).body).toContain('From now on you hear from us');
    expect(await subscription()).toMatchObject({ topics: ['meetings'], areas: [WARD, BOROUGH], version: 2 });
    const wrong = await post(own, [['action', 'save']], reader);
    expect(errorsOn(wrong).map(([field]) => field)).toEqual(['topics', 'areas', 'frequency']);
  });

  test('let somebody leave everything', async () => {
    await subscribe();
    const own = `/preferences/${await tokenFor('preferences', addHours(world.clock.now(), 1))}`;
    expect((await post(own, [['action', 'leave']])).headers.location).toBe(own);
    expect(titleOf(await browser.get(own))).toBe('You no longer get messages from us');
    expect([await subscription(), (await suppression())?.unsubscribed]).toEqual([null, world.clock.now()]);
    expect((await post(own, [['action', 'save'], ...filled])).body).toContain('You no longer get messages');
    expect(await subscription()).toBeNull();
  });

  test('say to whoever only left an address that nothing was chosen, and let them leave', async () => {
    const own = `/preferences/${await tokenFor('preferences', addHours(world.clock.now(), 1))}`;
    const shown = await browser.get(own);
    expect([shown.statusCode, titleOf(shown)]).toEqual([200, 'Do you want to leave?']);
    expect(shown.body).toContain('You have not signed up for anything.');
    expect(await suppression()).toBeNull();
    expect(titleOf(await post(own, [['action', 'save'], ...filled]))).toBe('Do you want to leave?');
    expect((await post(own, [['action', 'leave']])).headers.location).toBe(own);
    expect(titleOf(await browser.get(own))).toBe('You no longer get messages from us');
    expect((await suppression())?.unsubscribed).toBe(world.clock.now());
  });

  test('are for nobody with another token, or one that has ended', async () => {
    await subscribe();
    const soon = addHours(world.clock.now(), 1);
    const token = await tokenFor('preferences', soon);
    const others = [await tokenFor('unsubscribe'), `${token}x`, 'nothing', token.toUpperCase()];
    world.clock.advance(1);
    for (const other of [...others, token]) {
      const reply = await browser.get(`/preferences/${other}`);
      expect([reply.statusCode, titleOf(reply)]).toEqual([404, 'This link is no longer good']);
      expect((await post(`/preferences/${other}`, [['action', 'leave']])).statusCode).toBe(404);
    }
    expect(await subscription()).not.toBeNull();
  });
});

describe('leaving by the link in a mail', () => {
  const boundary = 'b1';
  const multipart = `--${boundary}\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--${boundary}--\r\n`;

  test.each([
    ['as RFC 8058 says', FORM, 'List-Unsubscribe=One-Click'],
    ['as RFC 8058 allows', { 'content-type': `multipart/form-data; boundary=${boundary}` }, multipart],
    ['with nothing', {}, ''],
  ])(
    'by one click of a mail program, %s, without anything that a browser brings',
    async (_, headers, body) => {
      await subscribe();
      const address = `/unsubscribe/${await tokenFor('unsubscribe')}`;
      const provider = world.subscriber();
      const one = await provider.send(address, { method: 'POST', body, headers });
      expect([one.statusCode, one.cookies, titleOf(one)]).toEqual([
        200,
        undefined,
        'You no longer get messages from us',
      ]);
      expect(one.body).toContain('href="/sign-up"');
      expect([await subscription(), (await suppression())?.unsubscribed]).toEqual([null, world.clock.now()]);
      const again = await provider.send(address, { method: 'POST', body, headers });
      expect([again.statusCode, again.body]).toEqual([200, one.body]);
    },
  );

  test('by its button', async () => {
    await subscribe();
    const address = `/unsubscribe/${await tokenFor('unsubscribe')}`;
    for (const method of ['GET', 'HEAD', 'GET']) {
      const shown = await browser.send(address, { method, cookies: [] });
      expect([shown.statusCode, shown.cookies]).toEqual([200, undefined]);
    }
    expect([(await subscription())?.version, await suppression()]).toEqual([1, null]);
    expect((await browser.get(address)).body).toContain(`action="${address}"`);
    expect((await post(address, [])).statusCode).toBe(200);
    expect(await subscription()).toBeNull();
  });

  test('works for those who never signed up, and for whoever has signed in', async () => {
    const address = `/unsubscribe/${await tokenFor('unsubscribe')}`;
    const staff = await world.signedIn();
    browser.cookie = staff.cookie;
    expect((await post(address, [])).statusCode).toBe(200);
    expect((await suppression())?.unsubscribed).toBe(world.clock.now());
  });

  test('is never too much, however many have their mail at one provider; other posts are', async () => {
    world = await openWorld({ abuseLimits: { ...LIMITS, postsPerMinute: 3 } });
    const provider = world.subscriber();
    for (let number = 0; number < 20; number += 1) {
      const key = world.keyOfRecipient(`person-${number}@example.org`);
      const address = `/unsubscribe/${await world.mailTokens.sign('unsubscribe', key, null)}`;
      expect((await provider.send(address, { method: 'POST', body: '', headers: FORM })).statusCode).toBe(
        200,
      );
    }
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map(() => provider.send('/preferences/nothing', { method: 'POST', body: '' })),
    );
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([404, 404, 404, 429, 429]);
  });

  test('with a token that is none says how else', async () => {
    await subscribe();
    const token = await tokenFor('unsubscribe');
    const preferences = await tokenFor('preferences', addHours(world.clock.now(), 1));
    for (const other of [`${token}x`, token.slice(0, -1), preferences, 'nothing', '%00', '__proto__']) {
      for (const method of ['GET', 'POST'] as const) {
        const reply = await browser.send(`/unsubscribe/${other}`, {
          method,
          body: method === 'POST' ? '' : null,
        });
        expect([reply.statusCode, titleOf(reply)]).toEqual([404, 'We do not know this link']);
        expect(reply.body).toContain('mailto:contact@folkmoot.example');
      }
    }
    expect([await suppression(), (await subscription())?.email]).toEqual([null, EMAIL]);
  });

  test('can be undone by signing up again', async () => {
    const gone = aSubscription({ email: EMAIL });
    await world.facts.commit([world.subscriptions.toAdd(gone)]);
    await post(`/unsubscribe/${await tokenFor('unsubscribe')}`, []);
    await subscribe();
    expect([await suppression(), (await subscription())?.frequency]).toEqual([null, 'weekly']);
  });
});

test('the log names no token, no secret and no address', async () => {
  await subscribe();
  const token = await tokenFor('unsubscribe');
  await post(`/unsubscribe/${token}`, []);
  const text = JSON.stringify(world.lines);
  for (const secret of [token, EMAIL, linkIn('subscription-confirmation').split('/').at(-1) ?? 'none'])
    expect(text).not.toContain(secret);
  expect(text).toContain('/unsubscribe/{token}');
});
