import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { OidcIssuer } from '#adapters/oidc/issuer.ts';
import { addressOf, type Case, forStaff, type Place } from '#test/support/access/matrix.ts';
import { FakeIssuer } from '#test/support/fake-issuer.ts';
import { WARD } from '#test/support/stores/records.ts';
import type { Browser } from './browser.ts';
import { openWorld, PRACTITIONER, type World } from './world.ts';

const fake = new FakeIssuer();
let world: World;
let place: Place;

beforeAll(() => fake.start());
afterAll(() => fake.close());

beforeEach(async () => {
  fake.signature = 'right';
  fake.tokenAnswer = null;
  world = await openWorld();
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(world.clock.now()) });
  const oidc = new OidcIssuer({ issuer: fake.url, clientId: 'folkmoot', clientSecret: null });
  world.issuer.begin = (wanted) => oidc.begin(wanted);
  world.issuer.finish = (returned) => oidc.finish(returned);
  const [submission, priority] = [await world.addSubmission(), await world.addPriority()];
  place = {
    ward: WARD,
    submission: submission.id,
    priority: priority.id,
    unit: PRACTITIONER.unit.id,
    account: world.staff.keyOf(PRACTITIONER.email),
    mailing: 'mailing-1',
    ...{ borough: 'none', plan: 'none', action: 'none', upload: 'none', report: 'none' },
    ...{ document: 'none', file: 'none', publication: 'none', incoming: 'none' },
  };
  return () => vi.useRealTimers();
});

const NOW = () => Math.floor(Date.now() / 1_000);

/** What the session of a browser waits for. */
const pendingOf = async (browser: Browser) => {
  const session = await world.sessions.find(browser.cookie?.split('=')[1] ?? '');
  if (!session?.pendingSignIn) throw new Error('no sign-in is under way');
  return session.pendingSignIn;
};

const vouch = (nonce: string, claims: Record<string, unknown> = {}): void => {
  fake.claims = {
    nonce,
    email: PRACTITIONER.email,
    email_verified: true,
    auth_time: NOW(),
    ...claims,
  };
};

const callback = (state: string, code = 'code-1'): string => `/sign-in/callback?code=${code}&state=${state}`;

/** A sign-in as it should be. */
const signIn = async (browser: Browser) => {
  await browser.get('/sign-in');
  const pending = await pendingOf(browser);
  vouch(pending.nonce);
  return { pending, reply: await browser.get(callback(pending.state)) };
};

/** Begins a sign-in, and comes back from the issuer with something that is not right. */
const forge = async (
  browser: Browser,
  { claims = {}, state }: { claims?: Record<string, unknown>; state?: string } = {},
): Promise<number> => {
  await browser.get('/sign-in');
  const pending = await pendingOf(browser);
  vouch(pending.nonce, claims);
  return (await browser.get(callback(state ?? pending.state))).statusCode;
};

const forgeries: Readonly<Record<string, (browser: Browser) => Promise<number>>> = {
  'wrong audience': (browser) => forge(browser, { claims: { aud: 'somebody-else' } }),
  'wrong issuer': (browser) => forge(browser, { claims: { iss: 'https://issuer.example' } }),
  'alg:none': (browser) => {
    fake.signature = 'none';
    return forge(browser);
  },
  'a key of somebody else': (browser) => {
    fake.signature = 'wrong key';
    return forge(browser);
  },
  'the public key as a shared secret': (browser) => {
    fake.signature = 'shared secret';
    return forge(browser);
  },
  'a token that has expired': (browser) => forge(browser, { claims: { iat: NOW() - 600, exp: NOW() - 121 } }),
  'an address that is not verified': (browser) => forge(browser, { claims: { email_verified: false } }),
  'another subject under the same address': async (browser) => {
    await signIn(world.stranger());
    return forge(browser, { claims: { sub: 'subject-2' } });
  },
  'replayed state': async (browser) => {
    const { pending } = await signIn(world.stranger());
    return forge(browser, { state: pending.state });
  },
  'replayed nonce': async (browser) => {
    const { pending } = await signIn(world.stranger());
    return forge(browser, { claims: { nonce: pending.nonce } });
  },
  'reused code': async (browser) => {
    await signIn(world.stranger());
    fake.tokenAnswer = { status: 400, body: { error: 'invalid_grant' } };
    return forge(browser);
  },
};

const ask = (browser: Browser, asked: Case) => {
  const address = addressOf(asked, place);
  return asked.method === 'GET' ? browser.get(address) : browser.post(address, {});
};

test('a sign-in as it should be opens the pages of staff', async () => {
  const browser = world.stranger();
  expect((await signIn(browser)).reply.statusCode).toBe(303);
  expect((await browser.get('/staff')).statusCode).toBe(200);
});

describe.each(Object.entries(forgeries))('%s', (_, attempt) => {
  test('is told apart, and opens no address of staff', async () => {
    const browser = world.stranger();
    expect(await attempt(browser)).toBe(403);
    for (const asked of forStaff) {
      const reply = await ask(browser, asked);
      const returnTo = new URLSearchParams({ returnTo: addressOf(asked, place) });
      expect([asked.name, reply.statusCode, reply.headers.location]).toEqual(
        asked.method === 'POST' ? [asked.name, 403, undefined] : [asked.name, 303, `/sign-in?${returnTo}`],
      );
    }
  });

  test('renews no proof of identity', async () => {
    const browser = world.stranger();
    const { reply } = await signIn(browser);
    expect(reply.statusCode).toBe(303);
    const before = await world.sessions.find(browser.cookie?.split('=')[1] ?? '');
    const get = browser.get.bind(browser);
    browser.get = (address) => get(address === '/sign-in' ? '/sign-in/again' : address);
    expect(await attempt(browser)).toBe(403);
    const after = await world.sessions.find(browser.cookie?.split('=')[1] ?? '');
    expect(after?.signedIn).toEqual(before?.signedIn);
    expect(after?.pendingSignIn).toBeNull();
  });
});
