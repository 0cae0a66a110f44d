import { press, type Stage, see, seeHeading, type Walk } from './walk.ts';
import { administrator, lead, member, moveClock } from './world.ts';

/** Where somebody is signed in; one of those is ended, then all. */
export const manageSessions: Walk = {
  name: 'sessions',
  as: member,
  walk: async ({ page, show, world }) => {
    await world.signIn(member);
    await page.goto('/staff');
    await page.getByRole('link', { name: /^Signed in as/ }).click();
    await seeHeading(page, 'Where you are signed in');
    await page.getByText('This one', { exact: true }).waitFor();
    await show('several');
    const others = page.locator('.app-card').filter({ hasNotText: 'This one' });
    await others.first().getByRole('button').click();
    await see(page, 'That session has ended.');
    await show('one ended');
    await press(page, 'Sign out everywhere');
    await page.waitForURL(`${world.laptop.url}/signed-out`);
    await seeHeading(page, 'You are signed out');
  },
};

/** Somebody who signed in some time ago, and sends a dangerous form. */
export const confirmIdentity: Walk = {
  name: 'confirm identity',
  as: administrator,
  walk: async (stage) => {
    const { laptop } = stage.world;
    try {
      await confirmLate(stage);
    } finally {
      // The other walks are in the middle of sessions of their own.
      await moveClock(laptop, -2 * LATE_MINUTES);
    }
  },
};

/** Longer than a proof of identity counts. */
const LATE_MINUTES = 11;

async function confirmLate({ page, show, world }: Stage): Promise<void> {
  await page.goto('/staff/admin/invite');
  await page.fill('input[name=email]', 'a.new.colleague@folkmoot.example');
  await moveClock(world.laptop, LATE_MINUTES);
  await page.locator('main form button').last().click();
  await seeHeading(page, 'Confirm who you are first');
  await show('asked for');
  const [tab] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('link', { name: 'Confirm who you are (opens in a new tab)' }).click(),
  ]);
  await tab.getByRole('button', { name: administrator }).click();
  await seeHeading(tab, 'You have confirmed who you are');
  await tab.close();
  await page.goto('/staff/identity-confirmed');
  await show('confirmed');
  await moveClock(world.laptop, LATE_MINUTES);
  await page.goto('/staff/admin/invite');
  await page.getByRole('button', { name: lead }).click();
  await seeHeading(page, 'You have not confirmed who you are');
  await show('refused');
}
