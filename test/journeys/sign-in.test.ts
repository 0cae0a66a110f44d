import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchBrowser, openPage } from '#test/support/browser.ts';
import { sharedLaptop } from '#test/support/shared-laptop.ts';
import { desktop } from '#test/support/views.ts';

const laptop = sharedLaptop();
const coordinator = 'coordinator@folkmoot.example';
const admin = 'admin@folkmoot.example';

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(() => browser?.close());

beforeEach(async () => {
  page = await openPage(browser, desktop, { baseURL: laptop.url });
  return () => page.context().close();
});

const choose = (on: Page, email: string) => on.getByRole('button', { name: email }).click();

const signIn = async (email: string, to = '/staff'): Promise<void> => {
  await page.goto(to);
  await choose(page, email);
  await page.waitForURL((url) => url.origin === laptop.url);
};

const sessionCookie = async () =>
  (await page.context().cookies(laptop.url)).find(({ name }) => name === '__Host-session');

const heading = (text: string, on: Page = page) =>
  on.getByRole('heading', { level: 1, name: text }).waitFor();

const pass = async (minutes: number): Promise<void> => {
  const now = Date.parse(await laptop.clock());
  await laptop.clock(new Date(now + minutes * 60_000).toISOString());
};

/** Whether a cookie alone opens the pages of staff. */
const opens = async (value: string): Promise<boolean> =>
  (await laptop.get('/staff', { cookie: `__Host-session=${value}` })).status === 200;

describe('the cookie of somebody who is signed in', () => {
  test('is for this host alone, out of reach of scripts, and gone with the browser', async () => {
    await signIn(coordinator);
    const { hostname } = new URL(laptop.url);
    expect(await sessionCookie()).toMatchObject({
      domain: hostname,
      path: '/',
      secure: true,
      httpOnly: true,
      sameSite: 'Lax',
      expires: -1,
      value: expect.stringMatching(/^[\w-]{43}$/),
    });
    const before = await sessionCookie();
    await page.evaluate(`
      document.cookie = '__Host-session=${'A'.repeat(43)}; Path=/; Secure';
      document.cookie = '__Host-session=${'A'.repeat(43)}; Path=/staff; Secure';
      document.cookie = '__Host-session=${'A'.repeat(43)}; Path=/; Secure; Domain=${hostname}';
    `);
    expect(await page.evaluate('document.cookie')).toBe('');
    expect(await page.context().cookies(laptop.url)).toEqual(
      expect.arrayContaining([expect.objectContaining({ value: before?.value })]),
    );
    expect((await page.context().cookies()).filter(({ name }) => name === '__Host-session')).toHaveLength(1);
  });

  test('is another one than before: whoever planted that has nothing', async () => {
    const planted = await openPage(browser, desktop, { baseURL: laptop.url });
    await planted.goto('/staff');
    const [known] = (await planted.context().cookies(laptop.url)).filter(
      ({ name }) => name === '__Host-session',
    );
    if (!known) throw new Error('no cookie to plant');
    await page.context().addCookies([known]);
    await signIn(coordinator);
    const after = await sessionCookie();
    expect(after?.value).not.toBe(known.value);
    expect(await opens(known.value)).toBe(false);
    expect(await opens(after?.value ?? '')).toBe(true);
    await planted.context().close();
  });
});

describe('a form of another site', () => {
  let other: Server;

  beforeAll(async () => {
    other = createServer((request, response) => {
      const action = new URL(request.url ?? '', laptop.url).searchParams.get('action') ?? '';
      response.setHeader('content-type', 'text/html');
      response.end(
        `<!doctype html><title>Win</title><form method="post" action="${laptop.url}${action}">` +
          '<input name="csrf" value="guessed"></form><script>document.forms[0].submit()</script>',
      );
    });
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
  });

  afterAll(() => {
    other.closeAllConnections();
    other.close();
  });

  // Another port is the same site to a browser, which then sends the cookie; another name is another site.
  test.each(['127.0.0.1', 'localhost'])(
    'on %s does nothing in the name of who is signed in',
    async (host) => {
      await signIn(coordinator);
      const { port } = other.address() as AddressInfo;
      for (const action of ['/sign-out', '/staff/sessions/end-all', '/staff/submissions/any']) {
        const answered = page.waitForResponse((response) => response.url() === `${laptop.url}${action}`);
        await page.goto(`http://${host}:${port}/?action=${action}`).catch(() => {});
        expect((await answered).status(), action).toBe(403);
      }
      await page.goto('/staff');
      expect(new URL(page.url()).pathname).toBe('/staff');
      expect(await opens((await sessionCookie())?.value ?? '')).toBe(true);
    },
  );
});

describe('after a sign-in', () => {
  test.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '\\/evil.example',
    'https:evil.example',
    'https:/evil.example',
    '/%2F%2Fevil.example',
    '%2F%2Fevil.example',
    '%5C%5Cevil.example',
    '/staff%2F..%2F..%2F%2Fevil.example',
    '/staff/..//evil.example',
    '/staff\t//evil.example',
    '/staff\r\nLocation: https://evil.example/',
    '/staff%0d%0aLocation:%20https://evil.example/',
    '/staff@evil.example',
    'javascript:alert(1)',
  ])('nobody is led elsewhere by %j', async (returnTo) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).hostname));
    await page.goto(`/sign-in?returnTo=${encodeURIComponent(returnTo)}`);
    await choose(page, coordinator);
    await page.waitForURL((url) => url.origin === laptop.url);
    expect(new Set(asked)).toEqual(new Set(['127.0.0.1']));
    expect(new URL(page.url()).pathname).toMatch(/^\/staff(\/|$)/);
    expect(await page.evaluate('location.origin')).toBe(laptop.url);
  });
});

describe('signing out', () => {
  test('goes on to the issuer, and comes back', async () => {
    await signIn(coordinator);
    const { value = '' } = (await sessionCookie()) ?? {};
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(`${laptop.url}/signed-out`);
    await heading('You are signed out');
    expect(asked.some((url) => url.startsWith(laptop.consoleUrl) && url.includes('client_id='))).toBe(true);
    expect(await opens(value)).toBe(false);
  });

  test('everywhere ends the session of another browser, too', async () => {
    const there = await laptop.session(coordinator);
    await signIn(coordinator, '/staff/sessions');
    await heading('Where you are signed in');
    await page.getByText('This one', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Sign out everywhere' }).click();
    await page.waitForURL(`${laptop.url}/signed-out`);
    const { status } = await laptop.get('/staff', { cookie: there.cookie });
    expect(status).toBe(303);
  });
});

describe('somebody who signed in eleven minutes ago', () => {
  const invite = '/staff/admin/invite';

  test('proves again who it is before a dangerous page, and comes to it', async () => {
    await signIn(admin);
    await pass(11);
    await page.goto(invite);
    await choose(page, admin);
    await page.waitForURL(`${laptop.url}${invite}`);
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
  });

  test('loses nothing that was typed into a dangerous form', async () => {
    await signIn(admin, invite);
    const address = `late-${Date.now()}@folkmoot.example`;
    await page.fill('input[name=email]', address);
    await pass(11);
    await page.locator('main form button').last().click();
    await heading('Confirm who you are first');
    const [tab] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('link', { name: 'Confirm who you are (opens in a new tab)' }).click(),
    ]);
    await choose(tab, admin);
    await heading('You have confirmed who you are', tab);
    await tab.close();
    await page.getByRole('button', { name: 'Do it now' }).click();
    // The rest of the form was left empty: it is shown again, with what was typed.
    await page.locator('.govuk-error-summary').waitFor();
    expect(await page.inputValue('input[name=email]')).toBe(address);
  });

  test('stays signed in when the proof is not given', async () => {
    await signIn(admin);
    await pass(11);
    await page.goto(invite);
    await choose(page, coordinator);
    await heading('You have not confirmed who you are');
    await page.goto('/staff/sessions');
    await heading('Where you are signed in');
  });
});
