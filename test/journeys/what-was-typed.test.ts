import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, openPage } from '#test/support/browser.ts';
import { sharedLaptop } from '#test/support/shared-laptop.ts';
import { desktop, desktopWithoutScript } from '#test/support/views.ts';
import { north } from '#test/support/walks/places.ts';
import { follow, press, seeHeading, textOf } from '#test/support/walks/walk.ts';
import { prepareWorld, type World } from '#test/support/walks/world.ts';

const laptop = sharedLaptop();
const start = `/areas/${north.code}/priorities/new`;
const check = 'Check your answers before you send them';

let browser: Browser;
let world: World;

beforeAll(async () => {
  browser = await launchBrowser();
  world = await prepareWorld(laptop);
});

afterAll(() => browser?.close());

const typed = (page: Page): Promise<string> => page.locator('textarea').inputValue();

/** Up to the page of the address. */
async function tell(page: Page, text: string): Promise<void> {
  await page.goto(start);
  await page.fill('textarea', text);
  await press(page, 'Continue');
  await seeHeading(page, 'What is it about?');
  await press(page, 'Continue');
  await seeHeading(page, 'Would you like an answer by e-mail?');
}

describe.each([desktop, desktopWithoutScript])('what was typed: $name', (view) => {
  const open = () => openPage(browser, view, { baseURL: world.laptop.url });

  test('is there again after the Back button, a refresh and the Back link', async () => {
    const page = await open();
    await tell(page, 'Dogs run free on the playground.');
    await page.goBack();
    await seeHeading(page, 'What is it about?');
    await page.check('input[value=something-else]');
    await press(page, 'Continue');
    await page.reload();
    await page.fill('input[name=email]', 'resident@example.org');
    await press(page, 'Continue');
    await seeHeading(page, check);
    await page.reload();
    await seeHeading(page, check);
    await follow(page, 'Back');
    await seeHeading(page, 'Would you like an answer by e-mail?');
    expect(await page.inputValue('input[name=email]')).toBe('resident@example.org');
    await follow(page, 'Back');
    expect(await page.isChecked('input[value=something-else]')).toBe(true);
    await follow(page, 'Back');
    expect(await typed(page)).toBe('Dogs run free on the playground.');
    await page.reload();
    expect(await typed(page)).toBe('Dogs run free on the playground.');
    await page.context().close();
  });

  test('is there again after the Back button on the first page', async () => {
    const page = await open();
    await page.goto(start);
    await page.fill('textarea', 'Scooters lie across the pavement.');
    await press(page, 'Continue');
    await seeHeading(page, 'What is it about?');
    await page.goBack();
    await page.locator('textarea').waitFor();
    expect(await typed(page)).toBe('Scooters lie across the pavement.');
    await page.context().close();
  });

  test('stays when a wrong form is refreshed', async () => {
    const page = await open();
    await page.goto(start);
    await page.fill('textarea', textOf(1001));
    await press(page, 'Continue');
    await page.locator('.govuk-error-summary').waitFor();
    await page.reload();
    expect(await typed(page)).toBe(textOf(1001));
    await page.context().close();
  });

  test('does not mix with what is typed in another tab', async () => {
    const one = await open();
    const other = await one.context().newPage();
    await tell(one, 'The first tab tells of the swings.');
    await tell(other, 'The second tab tells of the slide.');
    for (const [page, email] of [
      [one, 'first@example.org'],
      [other, 'second@example.org'],
    ] as const) {
      await page.fill('input[name=email]', email);
      await press(page, 'Continue');
      await seeHeading(page, check);
    }
    await expect(one.locator('main').textContent()).resolves.toMatch(/swings[\s\S]*first@example\.org/);
    await expect(other.locator('main').textContent()).resolves.toMatch(/slide[\s\S]*second@example\.org/);
    await press(one, 'Send');
    await press(other, 'Send');
    await seeHeading(one, 'We have your priority');
    await seeHeading(other, 'We have your priority');
    const references = await Promise.all(
      [one, other].map((page) => page.locator('main strong').textContent()),
    );
    expect(new Set(references).size).toBe(2);
    await one.context().close();
  });

  test('is sent once, however often and from wherever it is sent', async () => {
    const page = await open();
    const email = `once-${view.script ? 'scripted' : 'plain'}@example.org`;
    await tell(page, 'The same thing is sent twice.');
    await page.fill('input[name=email]', email);
    await press(page, 'Continue');
    await seeHeading(page, check);
    const twin = await page.context().newPage();
    await twin.goto(page.url());
    await Promise.all([press(page, 'Send'), press(twin, 'Send')]);
    await Promise.all([page, twin].map((tab) => seeHeading(tab, 'We have your priority')));
    await page.goBack();
    await seeHeading(page, 'We have your priority');
    expect(await page.locator('main strong').textContent()).toBe(
      await twin.locator('main strong').textContent(),
    );
    await laptop.waitForMail(1, email);
    expect(await laptop.mail(email)).toHaveLength(1);
    await page.context().close();
  });
});
