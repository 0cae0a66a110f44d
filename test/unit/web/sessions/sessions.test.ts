import { beforeEach, describe, expect, test } from 'vitest';
import type { HttpReply } from '#web/http/event.ts';
import { webHandler } from '#web/http/handler.ts';
import { page, post, type Route } from '#web/http/route.ts';
import { Browser } from '../browser.ts';
import { AUDITOR, openWorld, PRACTITIONER, type World } from '../world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});

const location = (reply: HttpReply): string => reply.headers.location ?? `stayed with ${reply.statusCode}`;

const RETURN = '/sign-in/callback?state=state-1&code=';

const handlesIn = ({ body }: HttpReply): readonly string[] =>
  [...body.matchAll(/name="handle" value="([^"]+)"/g)].map(([, handle = '']) => handle);

const deedsOf = async (): Promise<readonly string[]> =>
  (await world.audit.ofDay('2026-11-23')).map(({ deed }) => deed);

describe('the list of one’s own sessions', () => {
  test('shows each with its device and times, the latest first, and which one this is', async () => {
    const phone = world.stranger();
    const headers = { 'user-agent': 'Mozilla/5.0 (Linux; Android 15) Chrome/140.0.0.0 Mobile Safari/537.36' };
    await phone.get('/sign-in');
    await phone.send(`${RETURN}${PRACTITIONER.email}`, { headers });
    world.clock.advance(0.25);
    const browser = await world.signedIn();
    const list = await browser.get('/staff/sessions');
    expect(list.body).toMatch(
      /A browser that we do not know\s*<strong[^>]*>\s*This one[\s\S]*Chrome on Android/,
    );
    expect(list.body.match(/This one/g)).toHaveLength(1);
    expect(list.body).toMatch(/9:45am[\s\S]*9:30am/);
    expect(handlesIn(list)).toHaveLength(2);
    for (const { cookie, csrf } of [phone]) {
      expect(list.body).not.toContain(cookie?.split('=')[1]);
      expect(list.body).not.toContain(csrf || 'no token');
    }
  });

  test('leaves out those whose time is over, and those of others', async () => {
    const [old, colleague] = [await world.signedIn(), await world.signedIn(AUDITOR)];
    await old.get('/staff');
    world.clock.advance(0.6);
    const browser = await world.signedIn();
    expect(handlesIn(await browser.get('/staff/sessions'))).toHaveLength(1);
    expect((await colleague.get('/staff')).statusCode).toBe(303);
  });

  test('ends one, at once', async () => {
    const lost = await world.signedIn();
    const browser = await world.signedIn();
    const [, handle = ''] = handlesIn(await browser.get('/staff/sessions'));
    const ended = await browser.post('/staff/sessions/end', { handle });
    expect(location(ended)).toBe('/staff/sessions?done=ended');
    expect((await browser.follow(ended)).body).toContain('That session has ended.');
    expect(location(await lost.get('/staff'))).toMatch(/^\/sign-in/);
    expect((await browser.get('/staff')).statusCode).toBe(200);
    expect(await deedsOf()).toContain('end session');
  });

  test('ends this one, too, and then it is as signing out', async () => {
    const browser = await world.signedIn();
    const [handle = ''] = handlesIn(await browser.get('/staff/sessions'));
    const ended = await browser.post('/staff/sessions/end', { handle });
    expect(location(ended)).toBe('/signed-out?from=staff');
    expect(ended.cookies?.[0]).toContain('Max-Age=0');
  });

  test('ends none of somebody else’s, and nothing that is none', async () => {
    const colleague = await world.signedIn(AUDITOR);
    const [theirs = ''] = handlesIn(await colleague.get('/staff/sessions'));
    const browser = await world.signedIn();
    for (const handle of [theirs, 'nothing', '__proto__', 'x'.repeat(5000)])
      expect(location(await browser.post('/staff/sessions/end', { handle }))).toBe(
        '/staff/sessions?done=ended',
      );
    for (const body of ['', 'handle=', 'handle=a&handle=b'])
      expect(
        (await browser.send('/staff/sessions/end', { method: 'POST', body: `csrf=${browser.csrf}&${body}` }))
          .statusCode,
      ).toBe(400);
    expect((await colleague.get('/staff')).statusCode).toBe(200);
    expect((await browser.get('/staff')).statusCode).toBe(200);
  });

  test('ends them all', async () => {
    const [one, two, colleague] = [
      await world.signedIn(),
      await world.signedIn(),
      await world.signedIn(AUDITOR),
    ];
    expect(location(await one.post('/staff/sessions/end-all', {}))).toBe('/signed-out?from=staff');
    for (const browser of [one, two]) expect(location(await browser.get('/staff'))).toMatch(/^\/sign-in/);
    expect((await colleague.get('/staff')).statusCode).toBe(200);
  });

  test('a session that is ended while it is noted as used stays ended', async () => {
    const browser = await world.signedIn();
    const find = world.sessions.find.bind(world.sessions);
    world.clock.advance(0.1);
    world.sessions.find = async (id) => {
      const found = await find(id);
      for (const session of await world.sessions.ofAccount(PRACTITIONER.email))
        await world.facts.commit([world.sessions.toEnd(session)]);
      return found;
    };
    expect(location(await browser.get('/staff'))).toMatch(/^\/sign-in/);
    world.sessions.find = find;
    expect(location(await browser.get('/staff'))).toMatch(/^\/sign-in/);
  });
});

describe('signing out', () => {
  test('goes on to the issuer’s own, by no redirect of a form, and comes back', async () => {
    const browser = await world.signedIn();
    const page = await browser.follow(await browser.post('/sign-out', {}));
    expect(page.statusCode).toBe(200);
    expect(page.headers.refresh).toBe(
      '0;url=https://issuer.example/logout?to=https%3A%2F%2Ffolkmoot.example%2Fsigned-out',
    );
    const back = await browser.get('/signed-out');
    expect(back.headers.refresh).toBeUndefined();
  });

  test('works when the issuer is down', async () => {
    const browser = await world.signedIn();
    const { cookie } = browser;
    world.issuer.signOutUrl = () => Promise.reject(new Error('no answer'));
    const page = await browser.follow(await browser.post('/sign-out', {}));
    expect(page.statusCode).toBe(200);
    expect(page.headers.refresh).toBeUndefined();
    expect(page.body).toContain('You are signed out');
    browser.cookie = cookie;
    expect(location(await browser.get('/staff'))).toMatch(/^\/sign-in/);
  });

  test.each([
    ['has ended after half an hour', (browser: Browser) => browser.get('/staff/sessions')],
    ['gave way to that of a sign-in under way', (browser: Browser) => browser.get('/sign-in')],
  ])('when the session %s goes on to the issuer all the same', async (_, meanwhile) => {
    const browser = await world.signedIn();
    world.clock.advance(0.6);
    await meanwhile(browser);
    const left = await browser.post('/sign-out', {});
    expect(location(left)).toBe('/signed-out?from=staff');
    expect(left.cookies?.[0]).toContain('Max-Age=0');
    expect((await browser.follow(left)).headers.refresh).toMatch(/^0;url=https:\/\/issuer\.example\/logout/);
  });

  test('is nothing that another site can do, to a session that lives or to one that has ended', async () => {
    const browser = await world.signedIn();
    const post = (site: string) =>
      browser.send('/sign-out', { method: 'POST', body: 'csrf=x', headers: { 'sec-fetch-site': site } });
    for (const hours of [0, 0.6]) {
      world.clock.advance(hours);
      for (const site of ['cross-site', 'same-site']) {
        const reply = await post(site);
        expect([reply.statusCode, reply.cookies]).toEqual([403, undefined]);
      }
    }
  });

  test('with the form of the sign-in before ends nothing, and leads to where one can', async () => {
    const browser = await world.signedIn();
    const reply = await browser.send('/sign-out', { method: 'POST', body: 'csrf=stale' });
    expect(reply.statusCode).toBe(403);
    expect(reply.body).toContain('You have signed in again since you opened this page');
    expect(reply.body).toMatch(/href="\/staff\/sessions"[^>]*>Open the page again/);
    expect((await browser.get('/staff')).statusCode).toBe(200);
  });
});

describe('signing in', () => {
  const asked: number[] = [];

  beforeEach(() => {
    asked.length = 0;
    const begin = world.issuer.begin.bind(world.issuer);
    world.issuer.begin = (wanted) => {
      asked.push(wanted.maxAgeSeconds);
      return begin(wanted);
    };
  });

  const comeBack = (browser: Browser, minutes: number) =>
    browser.get(`${RETURN}${encodeURIComponent(`${PRACTITIONER.email} minutes=${minutes}`)}`);

  test('rests on nothing that is older than our own session could be', async () => {
    const browser = world.stranger();
    await browser.get('/sign-in');
    expect(asked).toEqual([30 * 60]);
    expect(location(await comeBack(browser, 31.9))).toBe('/staff');
    expect((await browser.get('/staff')).statusCode).toBe(200);
  });

  test('is asked for once more, and strictly, where the issuer did not heed that', async () => {
    const browser = world.stranger();
    await browser.get('/sign-in?returnTo=%2Fstaff%2Finbox');
    const again = await comeBack(browser, 32.1);
    expect(location(again)).toBe('https://issuer.example/authorize?prompt=login');
    expect(asked).toEqual([30 * 60, 0]);
    expect((await browser.get('/staff')).statusCode).toBe(303);
    await browser.get('/sign-in?returnTo=%2Fstaff%2Finbox');
    await comeBack(browser, 32.1);
    expect(location(await comeBack(browser, 1))).toBe('/staff/inbox');
    expect((await browser.get('/staff')).statusCode).toBe(200);
  });

  test('is refused where the issuer lets people in by what it remembers even so', async () => {
    const browser = world.stranger();
    await browser.get('/sign-in');
    await comeBack(browser, 60);
    expect((await comeBack(browser, 3)).statusCode).toBe(403);
    expect((await browser.get('/staff')).statusCode).toBe(303);
  });

  test('is possible where the issuer does not say when it saw who it is', async () => {
    const finish = world.issuer.finish.bind(world.issuer);
    world.issuer.finish = async (returned) => {
      const identity = await finish(returned);
      return identity.ok ? { ok: true, value: { ...identity.value, provenAt: null } } : identity;
    };
    const browser = world.stranger();
    await browser.get('/sign-in');
    expect(location(await comeBack(browser, 600))).toBe('/staff');
  });
});

describe('what is dangerous', () => {
  let sent: URLSearchParams[];

  const dangerous = (): readonly Route[] => [
    page('/staff/danger', {
      may: 'see the staff pages',
      recent: true,
      answer: () => ({ kind: 'text', text: 'Danger' }),
    }),
    post('/staff/danger', {
      may: 'see the staff pages',
      recent: true,
      answer: ({ form }) => {
        sent.push(form);
        return { kind: 'text', text: 'Done' };
      },
    }),
  ];

  const signIn = async (code: string = PRACTITIONER.email): Promise<Browser> => {
    const browser = new Browser(webHandler([...world.routes.staff, ...dangerous()], world));
    await browser.get('/sign-in');
    await browser.get(`${RETURN}${encodeURIComponent(code)}`);
    await browser.get('/staff');
    return browser;
  };

  const confirm = async (browser: Browser, code: string = PRACTITIONER.email): Promise<HttpReply> => {
    await browser.get('/sign-in/again?returnTo=%2Fstaff%2Fdanger');
    return browser.get(`${RETURN}${encodeURIComponent(code)}`);
  };

  beforeEach(() => {
    sent = [];
  });

  test('is open to somebody who has just signed in, for ten minutes', async () => {
    const browser = await signIn();
    world.clock.advance(9.9 / 60);
    expect((await browser.get('/staff/danger')).body).toBe('Danger');
    world.clock.advance(0.2 / 60);
    expect(location(await browser.get('/staff/danger?a=b'))).toBe(
      '/sign-in/again?returnTo=%2Fstaff%2Fdanger%3Fa%3Db',
    );
    expect((await browser.get('/staff')).statusCode).toBe(200);
  });

  test('is not open to somebody whom the issuer has let in by what it remembered', async () => {
    const browser = await signIn(`${PRACTITIONER.email} minutes=20`);
    expect((await browser.get('/staff')).statusCode).toBe(200);
    expect(location(await browser.get('/staff/danger'))).toMatch(/^\/sign-in\/again/);
  });

  test('is open again after another proof, which leads back and changes the id of the session', async () => {
    const browser = await signIn();
    world.clock.advance(0.3);
    const asked = await browser.follow(await browser.get('/staff/danger'));
    expect(location(asked)).toBe('https://issuer.example/authorize?prompt=login');
    const { cookie: before } = browser;
    expect(location(await browser.get(`${RETURN}${PRACTITIONER.email}`))).toBe('/staff/danger');
    expect(browser.cookie).not.toBe(before);
    expect((await browser.get('/staff/danger')).body).toBe('Danger');
    expect((await browser.send('/staff', { cookies: [before ?? ''] })).statusCode).toBe(303);
    expect(handlesIn(await browser.get('/staff/sessions'))).toHaveLength(1);
    expect(await deedsOf()).toEqual(expect.arrayContaining(['sign in', 'confirm identity']));
  });

  test('another proof does not make a session last longer', async () => {
    const browser = await signIn();
    for (let passed = 0; passed < 11.9; passed += 0.4) {
      expect(location(await confirm(browser)), String(passed)).toBe('/staff/danger');
      world.clock.advance(0.4);
    }
    expect((await browser.get('/staff')).statusCode).toBe(303);
  });

  test.each([
    ['of somebody else', AUDITOR.email],
    ['of nobody', ''],
    ['that is older than the question', `${PRACTITIONER.email} minutes=3`],
  ])('a proof %s opens nothing, and the session goes on', async (_, code) => {
    const browser = await signIn();
    world.clock.advance(0.3);
    expect((await confirm(browser, code)).statusCode).toBe(403);
    expect(location(await browser.get('/staff/danger'))).toMatch(/^\/sign-in\/again/);
    expect((await browser.get('/staff')).body).toContain(PRACTITIONER.post);
  });

  test('a proof of a session that was ended meanwhile does not bring it back', async () => {
    const browser = await signIn();
    await browser.get('/sign-in/again');
    const { admit } = world;
    const ports = {
      ...world,
      admit: async (...given: Parameters<typeof admit>) => {
        await world.endAllSessions({ email: PRACTITIONER.email, correlationId: 'other' });
        return admit(...given);
      },
    };
    const { signInRoutes } = await import('#web/staff/sign-in.ts');
    const other = new Browser(webHandler(signInRoutes(ports), ports));
    other.cookie = browser.cookie;
    expect((await other.get(`${RETURN}${PRACTITIONER.email}`)).statusCode).toBe(403);
    expect(await world.sessions.ofAccount(PRACTITIONER.email)).toEqual([]);
  });

  test('a form that comes too late is kept out whole, and is sent by one press after a proof', async () => {
    const browser = await signIn();
    world.clock.advance(0.3);
    const fields = { role: 'admin', why: 'He is <b>the\r\nnew</b> "head"', none: '' };
    const late = await browser.post('/staff/danger', fields);
    expect(late.statusCode).toBe(403);
    expect(sent).toEqual([]);
    expect(late.body).toContain('Confirm who you are first');
    expect(late.body).toContain('href="/sign-in/again?returnTo=%2Fstaff%2Fidentity-confirmed"');
    const form = /<form method="post" action="\/staff\/danger">([\s\S]*?)<\/form>/.exec(late.body)?.[1] ?? '';
    const kept: [string, string][] = [...form.matchAll(/name="([^"]*)" value="([^"]*)"/g)].map(
      ([, name = '', value = '']) => [
        name,
        value.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"'),
      ],
    );
    await browser.get('/sign-in/again?returnTo=%2Fstaff%2Fidentity-confirmed');
    const back = await browser.follow(await browser.get(`${RETURN}${PRACTITIONER.email}`));
    expect(back.body).toContain('You have confirmed who you are');
    const body = new URLSearchParams(kept).toString();
    expect((await browser.send('/staff/danger', { method: 'POST', body })).body).toBe('Done');
    expect(Object.fromEntries(sent[0] ?? [])).toMatchObject(fields);
  });

  test('nobody who is not signed in is asked for another proof', async () => {
    const browser = world.stranger();
    expect(location(await browser.get('/sign-in/again?returnTo=%2Fstaff%2Finbox'))).toBe(
      '/sign-in?returnTo=%2Fstaff%2Finbox',
    );
  });
});

describe('groups at the issuer', () => {
  test('bring roles beside those of the account, for one session, and are in the trail', async () => {
    const browser = world.stranger();
    await browser.get('/sign-in');
    const code = `${PRACTITIONER.email} groups=records-team,unknown,__proto__,constructor`;
    await browser.get(`${RETURN}${encodeURIComponent(code)}`);
    const session = await world.sessions.find(browser.cookie?.split('=')[1] ?? '');
    expect(session?.signedIn?.grantedRoles).toEqual(['auditor']);
    expect(await world.audit.ofDay('2026-11-23')).toContainEqual(
      expect.objectContaining({ deed: 'sign in', change: { grantedRoles: 'auditor' } }),
    );
    expect((await world.staff.find(PRACTITIONER.email))?.roles).toEqual(PRACTITIONER.roles);
    const elsewhere = await world.addSubmission({ borough: 'E09000998', area: 'E05099801' });
    expect((await browser.get(`/staff/submissions/${elsewhere.id}`)).statusCode).toBe(200);
    const again = await world.signedIn();
    expect((await again.get(`/staff/submissions/${elsewhere.id}`)).statusCode).toBe(404);
  });

  test('bring nobody in who has no account', async () => {
    const browser = world.stranger();
    await browser.get('/sign-in');
    const reply = await browser.get(`${RETURN}nobody%40folkmoot.example%20groups%3Drecords-team`);
    expect(reply.statusCode).toBe(403);
  });
});
