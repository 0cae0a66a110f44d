import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { launchBrowser, openPage } from '#test/support/browser.ts';
import { checkLayout, checkPage } from '#test/support/page-checks.ts';
import { sharedLaptop } from '#test/support/shared-laptop.ts';
import { desktop, phone, phoneWithoutScript } from '#test/support/views.ts';
import { walks } from '#test/support/walks/walks.ts';
import { prepareWorld, type World } from '#test/support/walks/world.ts';

let browser: Browser;
let world: World;

beforeAll(async () => {
  browser = await launchBrowser();
  world = await prepareWorld(sharedLaptop());
});

afterAll(() => browser?.close());

describe.each(walks)('every state on the way: $name', ({ as, scripted, walk }) => {
  const views = [desktop, phoneWithoutScript, ...(scripted ? [phone] : [])];

  test.each(views)('$name', async (view) => {
    // What is the same in every view is checked once: with scripts and on a wide screen, most of a page is there.
    const check = view === desktop ? checkPage : checkLayout;
    const cookie = as === null ? {} : { cookie: await world.signIn(as) };
    const page = await openPage(browser, view, { baseURL: world.laptop.url, ...cookie });
    await walk({ page, world, show: () => check(page) });
    await page.context().close();
  });
});
