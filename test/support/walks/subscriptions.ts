import { randomInt } from 'node:crypto';
import type { Page } from 'playwright-core';
import { longName, north, south } from './places.ts';
import { follow, press, type Stage, see, seeErrors, seeHeading, type Walk, whereIs } from './walk.ts';
import { findLinkFor } from './world.ts';

const newAddress = (): string => `listener-${randomInt(1_000_000_000)}@example.org`;

const find = async (page: Page, name: string): Promise<void> => {
  await page.fill('#q', name);
  await press(page, 'Find');
};

/** From the page of a ward to "check your e-mail", with everything that can be wrong on the way. */
async function walkForm({ page, show }: Stage, email: string): Promise<void> {
  await page.goto(`/areas/${north.code}`);
  await follow(page, `Hear from us by e-mail about ${north.name}`);
  await show('sign up: from a ward');
  await page.goto('/sign-up');
  await show('sign up: untouched');
  await press(page, 'Continue');
  await seeErrors(page, {
    topics: 'Select what you would like to hear about',
    areas: 'Find and select an area, or select everywhere',
    frequency: 'Select how often you would like to hear from us',
    email: 'Enter an e-mail address in the correct format, like name@example.com',
  });
  await show('sign up: empty');
  await page.check('input[value=news]');
  await press(page, 'Find');
  await seeErrors(page, { q: 'Enter the name of a ward or borough, or part of it' });
  await find(page, 'Nowhere-on-the-Wold');
  await see(page, 'No ward or borough has a name like “Nowhere-on-the-Wold”');
  await show('sign up: nothing found');
  await find(page, 'Sampleton');
  await page.check(`input[value=${south.code}]`);
  await show('sign up: areas found');
  await find(page, 'Llanfair');
  await page.locator(`input[value=${longName.code}]:focus`).waitFor();
  await page.check(`input[value=${longName.code}]`);
  await show('sign up: areas chosen');
  await find(page, 'Emptyham');
  await page.locator(`input[value=${longName.code}]:checked`).waitFor();
  await page.check('input[value=weekly]');
  await page.fill('#q', '');
  await page.fill('#email', email);
  await press(page, 'Continue');
  await seeHeading(page, 'Check what you chose');
  await show('sign up: check');
  await press(page, 'Sign up');
  await seeHeading(page, 'Check your e-mail');
  await show('sign up: sent');
}

/** What lies behind the links: confirm, change, leave. */
async function walkLinks(stage: Stage, email: string): Promise<void> {
  const { page, show, world } = stage;
  const link = await findLinkFor(world.laptop, email, /\/sign-up\/confirm\/[\w-]+/);
  await page.goto(link);
  await seeHeading(page, 'Confirm that you want to hear from us');
  await show('confirm');
  await press(page, 'Confirm');
  await seeHeading(page, 'You are signed up');
  await show('confirmed');
  await page.goto('/sign-up/confirm/nobody-was-given-this');
  await seeHeading(page, 'This link is no longer good');
  await show('confirm: over');

  await page.goto('/preferences');
  await show('preferences: ask for the link');
  await press(page, 'Send me the link');
  await seeErrors(page, { email: 'Enter an e-mail address in the correct format, like name@example.com' });
  await show('preferences: no address');
  await page.fill('#email', email);
  await press(page, 'Send me the link');
  await seeHeading(page, 'Check your e-mail');
  await show('preferences: sent');
  await page.goto(await findLinkFor(world.laptop, email, /\/preferences\/[\w.-]+/));
  await seeHeading(page, 'What you hear from us');
  await show('preferences');
  await walkPreferences(stage);
}

async function walkPreferences({ page, show }: Stage): Promise<void> {
  await find(page, north.name);
  await page.check(`input[value=${north.code}]`);
  await show('preferences: area found');
  await page.uncheck('input[value=news]');
  await page.fill('#q', '');
  await press(page, 'Save');
  await seeErrors(page, { topics: 'Select what you would like to hear about' });
  await show('preferences: no topic');
  await page.check('input[value=meetings]');
  await press(page, 'Save');
  await see(page, 'From now on you hear from us as you have chosen here.');
  await show('preferences: saved');
  const own = whereIs(page);
  await press(page, 'Leave everything');
  await seeHeading(page, 'You no longer get messages from us');
  await show('left');
  await page.goto(own.replace(/\/preferences\/.*/, '/preferences/nobody-was-given-this'));
  await seeHeading(page, 'This link is no longer good');
  await show('preferences: over');
}

/** To hear from us, and to hear no more. */
export const hearFromUs: Walk = {
  name: 'subscriptions',
  as: null,
  scripted: true,
  walk: async (stage) => {
    const email = newAddress();
    await walkForm(stage, email);
    await walkLinks(stage, email);
  },
};

/** By the link that is in each message to many. */
export const leaveByLink: Walk = {
  name: 'unsubscribe',
  as: null,
  walk: async ({ page, show, world }) => {
    await page.goto(await world.unsubscribeLink(newAddress()));
    await seeHeading(page, 'Do you want to leave?');
    await show('asked');
    await press(page, 'Leave everything');
    await seeHeading(page, 'You no longer get messages from us');
    await page.goto('/unsubscribe/nobody-was-given-this');
    await seeHeading(page, 'We do not know this link');
    await show('unknown');
  },
};
