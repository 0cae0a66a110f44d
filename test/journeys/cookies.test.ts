import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchBrowser, openPage } from '#test/support/browser.ts';
import { sharedLaptop } from '#test/support/shared-laptop.ts';
import { desktop } from '#test/support/views.ts';
import { north } from '#test/support/walks/places.ts';
import { lead, prepareWorld, type World } from '#test/support/walks/world.ts';

let browser: Browser;
let world: World;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  world = await prepareWorld(sharedLaptop());
});

afterAll(() => browser?.close());

beforeEach(async () => {
  page = await openPage(browser, desktop, { baseURL: world.laptop.url });
  return () => page.context().close();
});

/** Of the service; the issuer of the laptop has some of its own. */
const cookies = async () => (await page.context().cookies(world.laptop.url)).filter(isOurs);

const isOurs = ({ name }: { name: string }): boolean => name.includes('session') && name.startsWith('__Host');

const start = `/areas/${north.code}/priorities/new`;

describe('the one cookie', () => {
  test('is not set by pages to read', async () => {
    const paths = ['/', '/areas?q=a', '/areas', `/areas/${north.code}`, world.priorities.updated, '/cookies'];
    for (const path of [...paths, '/privacy', '/accessibility', '/nothing-here', '/signed-out']) {
      await page.goto(path);
      expect(await page.context().cookies(), path).toEqual([]);
    }
  });

  test('is set by a page with a form, for this site only, and no script can read it', async () => {
    await page.goto(start);
    const { hostname } = new URL(world.laptop.url);
    expect(await page.context().cookies()).toEqual([
      expect.objectContaining({
        name: '__Host-session',
        value: expect.stringMatching(/^[\w-]{43}$/),
        domain: hostname,
        path: '/',
        secure: true,
        httpOnly: true,
        sameSite: 'Lax',
        expires: -1,
      }),
    ]);
    expect(await page.evaluate('document.cookie')).toBe('');
  });

  test('stays the same through a journey, and lets it come to its end over http on this machine', async () => {
    await page.goto(start);
    const [before] = await cookies();
    await page.fill('textarea', 'Cars park on the zebra crossing in front of the school.');
    for (let step = 0; step < 4; step += 1) await page.locator('main button').click();
    await page.getByRole('heading', { level: 1, name: 'We have your priority' }).waitFor();
    expect(await cookies()).toEqual([before]);
  });

  test('is another one after signing in, and gone after signing out', async () => {
    await page.goto(start);
    const [before] = await cookies();
    await page.goto('/staff');
    await page.getByRole('button', { name: lead }).click();
    await page.getByRole('heading', { level: 1, name: 'What needs you today' }).waitFor();
    const [signedIn] = await cookies();
    expect(signedIn?.value).not.toBe(before?.value);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(`${world.laptop.url}/signed-out`);
    expect(await cookies()).toEqual([]);
  });
});
