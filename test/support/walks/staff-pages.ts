import { randomInt } from 'node:crypto';
import { sampleton } from './places.ts';
import { follow, press, see, seeErrors, seeHeading, textOf, type Walk } from './walk.ts';
import { coordinator, idle, lead, member, nowhere } from './world.ts';

/** From a staff address to the issuer, back to that address, and out again. */
export const signInAndOut: Walk = {
  name: 'sign in and out',
  as: null,
  walk: async ({ page, show, world }) => {
    await page.goto('/staff/inbox');
    await page.getByRole('button', { name: lead }).waitFor();
    await page.getByRole('button', { name: lead }).click();
    await page.waitForURL(`${world.laptop.url}/staff/inbox`);
    await seeHeading(page, 'Inbox');
    await page.getByRole('button', { name: 'Sign out' }).click();
    // By way of the issuer, where one is signed out, too.
    await page.waitForURL(`${world.laptop.url}/signed-out`);
    await seeHeading(page, 'You are signed out');
    await show('signed out');
    await page.goto('/staff');
    await page.getByRole('button', { name: lead }).waitFor();
  },
};

/** What waits for somebody with more than one page of it. */
export const readInbox: Walk = {
  name: 'inbox',
  as: lead,
  walk: async ({ page, show }) => {
    await page.goto('/staff');
    await see(page, 'submissions await an answer');
    await show('today');
    await follow(page, 'Go to the inbox');
    await seeHeading(page, 'Inbox');
    await show('full');
    await follow(page, 'Next page');
    await page.getByRole('link', { name: 'Back to the start' }).waitFor();
    await show('second page');
    await follow(page, 'Back to the start');
    await page.getByRole('link', { name: 'Next page' }).waitFor();
  },
};

/** Somebody in whose areas nobody has left anything. */
export const readEmptyInbox: Walk = {
  name: 'empty inbox',
  as: idle,
  walk: async ({ page, show }) => {
    await page.goto('/staff');
    await see(page, 'No submissions await an answer');
    await show('today');
    await page.goto('/staff/inbox');
    await see(page, 'Nothing waits for an answer in your areas.');
    await show('empty');
    await page.goto('/staff/priorities');
    await see(page, 'No priorities have been adopted in Emptyham yet.');
    await show('no priorities');
  },
};

/** Somebody whose account is not for this. */
export const meetNoPermission: Walk = {
  name: 'no permission',
  as: member,
  walk: async ({ page, show }) => {
    await page.goto('/staff');
    await see(page, 'Nothing waits for you.');
    await show('today without an inbox');
    await page.goto('/staff/inbox');
    await seeHeading(page, 'You do not have permission to do this');
    await show('refused');
  },
};

/** Somebody whose account covers no areas yet. */
export const coverNowhere: Walk = {
  name: 'no areas',
  as: nowhere,
  walk: async ({ page, show }) => {
    await page.goto('/staff/priorities');
    await see(page, 'Your account covers no areas.');
    await show('priorities of no areas');
  },
};

/** News of a priority, until it is closed. */
export const publishNews: Walk = {
  name: 'publish news',
  as: lead,
  scripted: true,
  walk: async ({ page, show, world }) => {
    const priority = await world.adopt(`Fly-tipping behind depot ${randomInt(1_000_000)}`);
    await page.goto('/staff/priorities');
    await seeHeading(page, 'Priorities of your areas');
    await show('priorities');
    await page.goto(`/staff${priority}`);
    await show('untouched');
    await press(page, 'Publish');
    await seeErrors(page, { update: 'Enter an update, or change the status' });
    await show('nothing to publish');
    await page.fill('#update', textOf(2001));
    await press(page, 'Publish');
    await seeErrors(page, {
      update: 'The update must be 2,000 characters or fewer. It is 1 character too long',
    });
    await show('an update that is too long');
    await page.fill('#update', 'The council has put up a camera.\n\nTell us when you see somebody there.');
    await page.check('input[value=in-progress]');
    await press(page, 'Publish');
    await see(page, 'Published. This is what the public sees now.');
    await show('published');
    await page.check('input[value=closed]');
    await page.fill('#closedReason', '');
    await press(page, 'Publish');
    await seeErrors(page, { closedReason: 'Enter why the priority is closed' });
    await show('closed without a reason');
    await page.fill('#closedReason', 'The depot has a fence now, and nothing has been left there since.');
    await press(page, 'Publish');
    await see(page, 'Published. This is what the public sees now.');
    await show('closed');
    await page.goto(priority);
    await see(page, 'The depot has a fence now');
  },
};

/** Somebody who works in every borough. */
export const workEverywhere: Walk = {
  name: 'every borough',
  as: coordinator,
  walk: async ({ page, show }) => {
    await page.goto(`/staff/priorities?borough=${sampleton.code}`);
    await page.getByRole('heading', { level: 2, name: 'Sampleton North' }).waitFor();
    await show('priorities with a choice of boroughs');
  },
};
