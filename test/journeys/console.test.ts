import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isEssential } from '#domain/mailings/message.ts';
import { launchBrowser, openPage } from '#test/support/browser.ts';
import { checkPage } from '#test/support/page-checks.ts';
import { sharedLaptop } from '#test/support/shared-laptop.ts';
import { desktop } from '#test/support/views.ts';

const laptop = sharedLaptop();

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(() => browser?.close());

beforeEach(async () => {
  page = await openPage(browser, desktop, { baseURL: laptop.consoleUrl });
  return () => page.context().close();
});

describe('the console of the laptop', () => {
  test.each(['/', '/mail', '/mail?to=nobody@example.org', '/clock', '/schedules', '/functions', '/engines'])(
    'shows %s to everybody',
    async (path) => {
      await page.goto(path);
      await checkPage(page);
    },
  );

  test('shows every message with sample data, as HTML and as text', async () => {
    await page.goto('/messages');
    await checkPage(page);
    const links = page.locator('table a');
    const kinds = await links.allTextContents();
    expect(kinds.toSorted()).toEqual(Object.keys(isEssential).toSorted());
    for (const kind of kinds) {
      await page.goto('/messages');
      await page.getByRole('link', { name: kind, exact: true }).click();
      await page.getByRole('heading', { level: 1, name: kind }).waitFor();
      await page.frameLocator('iframe').getByText('You get this message because').waitFor();
      expect(await page.locator('pre').textContent()).toContain('You get this message because');
    }
    await checkPage(page);
    expect((await page.request.get('/messages/nothing')).status()).toBe(404);
  });

  test('shows the faults that somebody asked for, and ends them', async () => {
    await page.goto('/faults');
    await checkPage(page);
    const rules = [{ engine: 'ses', function: 'send-mail', effect: 'throttle', probability: 0 }];
    await laptop.console('/faults', { method: 'PUT', body: JSON.stringify({ rules }) });
    await page.goto('/faults');
    await checkPage(page);
    await page.getByRole('button', { name: 'End all faults' }).click();
    await page.getByText('No faults are injected').waitFor();
    expect(await laptop.console('/faults')).toHaveProperty('rules', []);
  });

  test('shows a mail', async () => {
    await page.goto('/mail');
    await page.locator('table a').first().click();
    await page.getByRole('heading', { name: 'As text' }).waitFor();
    await page.frameLocator('iframe').locator('p').first().waitFor();
    await checkPage(page);
  });

  test('says how a time is written', async () => {
    await page.goto('/clock');
    await page.fill('#now', 'noon');
    await page.getByRole('button', { name: 'Set the clock' }).click();
    await page.getByRole('alert').waitFor();
    await checkPage(page);
  });

  test('runs a schedule', async () => {
    await page.goto('/schedules');
    await page.locator('table button').first().click();
    await page.getByRole('link', { name: 'All schedules' }).waitFor();
    await checkPage(page);
  });

  test('signs somebody in', async () => {
    await page.goto('/');
    await page.getByRole('button', { name: 'Sign in as member' }).click();
    await page.waitForURL(`${laptop.url}/staff`);
    expect(await page.getByRole('button', { name: 'Sign out' }).count()).toBe(1);
  });
});

describe('the issuer of the laptop', () => {
  test('offers the accounts to everybody', async () => {
    await page.goto(`${laptop.url}/staff`);
    await page.getByRole('button', { name: 'coordinator@folkmoot.example' }).waitFor();
    await checkPage(page);
  });
});
