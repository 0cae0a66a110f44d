import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, openPage } from '#test/support/browser.ts';
import { enter, focused, tabTo } from '#test/support/keyboard.ts';
import { sharedLaptop } from '#test/support/shared-laptop.ts';
import { desktop, desktopWithoutScript, phone } from '#test/support/views.ts';
import { north } from '#test/support/walks/places.ts';
import { see, seeHeading } from '#test/support/walks/walk.ts';
import { lead, prepareWorld, type World } from '#test/support/walks/world.ts';

let browser: Browser;
let world: World;

beforeAll(async () => {
  browser = await launchBrowser();
  world = await prepareWorld(sharedLaptop());
});

afterAll(() => browser?.close());

const open = async (view: typeof desktop, as?: string): Promise<Page> => {
  const cookie = as === undefined ? {} : { cookie: await world.signIn(as) };
  return openPage(browser, view, { baseURL: world.laptop.url, ...cookie });
};

const type = (page: Page, text: string): Promise<void> => page.keyboard.type(text);

describe('with the keyboard alone', () => {
  test.each([desktop, desktopWithoutScript])('a priority can be left: $name', async (view) => {
    const page = await open(view);
    await page.goto('/');
    await tabTo(page, 'Find your ward or borough');
    await type(page, 'Sampleton North');
    await enter(page, 'Search');
    await enter(page, 'Sampleton North');
    await enter(page, 'Leave your own priority');
    await tabTo(page, 'What should the local team work on?');
    await type(page, 'Buses cannot pass\nbecause of vans on the double lines.');
    await enter(page, 'Continue');
    await tabTo(page, 'Antisocial behaviour');
    for (let choice = 0; choice < 4; choice += 1) await page.keyboard.press('ArrowDown');
    expect((await focused(page)).name).toBe('Road safety');
    await enter(page, 'Continue');
    await tabTo(page, 'E-mail address (optional)');
    await type(page, 'resident@example.org');
    await page.keyboard.press('Enter');
    await seeHeading(page, 'Check your answers before you send them');
    await see(page, 'Road safety');
    await enter(page, 'Send');
    await seeHeading(page, 'We have your priority');
    await page.context().close();
  });

  test('a submission can be decided about and answered', async () => {
    const submission = await world.leave({
      text: 'Lights are out in the alley.',
      email: 'resident@example.org',
    });
    const page = await open(desktop, lead);
    await page.goto(submission);
    await tabTo(page, 'Join it to a priority');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect((await focused(page)).name).toBe('Pass it on to another body');
    await tabTo(page, 'Which body?');
    await type(page, 'Sampleton Council, street lighting');
    await enter(page, 'Save the decision');
    await tabTo(page, 'Your answer');
    await type(page, 'Thank you. The council will replace the lights.');
    await enter(page, 'Preview');
    await enter(page, 'Send the answer');
    await see(page, 'The answer is recorded and on its way by e-mail.');
    expect((await focused(page)).name).toContain('Saved');
    await page.context().close();
  });

  test('the skip link leads past the navigation', async () => {
    const page = await open(desktop);
    await page.goto(`/areas/${north.code}`);
    await page.keyboard.press('Tab');
    const first = await focused(page);
    expect(first).toMatchObject({ name: 'Skip to main content', marked: true, inView: true });
    await page.keyboard.press('Enter');
    expect(await focused(page)).toMatchObject({ tag: 'main' });
    await page.keyboard.press('Tab');
    expect(await page.evaluate("document.activeElement.closest('main') !== null")).toBe(true);
    await page.context().close();
  });

  test('what is wrong is found from the summary', async () => {
    const page = await open(desktop);
    await page.goto(`/areas/${north.code}/priorities/new`);
    await enter(page, 'Continue');
    expect((await focused(page)).name).toContain('There is a problem');
    await tabTo(page, 'Enter what the local team should work on');
    await page.keyboard.press('Enter');
    expect(await focused(page)).toMatchObject({ tag: 'textarea', id: 'text' });
    await page.context().close();
  });

  test('the menu of a phone opens and closes', async () => {
    const page = await open(phone, lead);
    await page.goto('/staff');
    await tabTo(page, 'Menu');
    await page.keyboard.press('Space');
    await tabTo(page, 'Priorities');
    await page.keyboard.press('Enter');
    await seeHeading(page, 'Priorities of your areas');
    await page.context().close();
  });
});
