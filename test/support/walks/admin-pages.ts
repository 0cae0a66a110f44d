import { randomInt } from 'node:crypto';
import { longName, sampleton } from './places.ts';
import { follow, press, see, seeErrors, seeHeading, type Walk } from './walk.ts';
import { admin } from './world.ts';

/** From the list of accounts to an invitation, and through everything that can be done to an account. */
export const lookAfterAccounts: Walk = {
  name: 'accounts',
  as: admin,
  walk: async ({ page, show, world }) => {
    await page.goto('/staff/admin/accounts');
    await seeHeading(page, 'Accounts');
    await show('list');
    await page.goto('/staff/admin/accounts?status=suspended&role=member');
    await see(page, 'No account is like this.');
    await show('none');
    await page.fill('#email', 'nobody@example.org');
    await press(page, 'Find');
    await seeErrors(page, { email: 'There is no account with this address' });
    await show('not found');
    await page.goto('/staff/admin/accounts');
    await follow(page, 'Invite somebody');
    await seeHeading(page, 'Invite somebody');
    await show('invite');
    await press(page, 'Send the invitation');
    await seeErrors(page, {
      email: 'Enter an e-mail address, like name@example.org',
      post: 'Enter the post',
      unit: 'Select a unit',
      roles: 'Select at least one role',
    });
    await show('invite with nothing in it');
    const address = `walker-${randomInt(1_000_000_000)}@example.org`;
    await page.fill('#email', address);
    await page.fill('#post', 'Neighbourhood engagement and partnerships coordinator, Sampleton North');
    await page.selectOption('#unit', 'inspectorate');
    await page.check('input[value=auditor]');
    await press(page, 'Send the invitation');
    await see(page, 'the invitation is on its way');
    await show('invited');
    await follow(page, 'Invite again');
    await seeHeading(page, 'Send a new invitation?');
    await show('invite again');
    await press(page, 'Send a new invitation');
    await see(page, 'A new invitation is on its way.');
    await follow(page, 'Change post, unit or roles');
    await seeHeading(page, 'Change the account');
    await show('change');
    await press(page, 'Save');
    await see(page, 'The account is changed.');
    await follow(page, 'Suspend');
    await seeHeading(page, 'Suspend this account?');
    await show('suspend');
    await press(page, 'Suspend the account');
    await seeErrors(page, { reason: 'Select why' });
    await show('suspend without a reason');
    await page.check('input[value=left]');
    await press(page, 'Suspend the account');
    await see(page, 'The account is suspended.');
    await show('suspended');
    await follow(page, 'Restore');
    await seeHeading(page, 'Restore this account?');
    await show('restore');
    await page.goto('/staff/admin/accounts');
    await page.fill('#email', admin);
    await press(page, 'Find');
    await see(page, 'This is your own account.');
    await show('own account');
    const link = await world.linkOfInvitation(address);
    await page.goto(link);
    await seeHeading(page, 'This invitation does not work');
    await show('link of an invitation that is over');
  },
};

/** Units, and what they cover. */
export const lookAfterUnits: Walk = {
  name: 'units',
  as: admin,
  walk: async ({ page, show }) => {
    await page.goto('/staff/admin/units');
    await seeHeading(page, 'Units');
    await show('list');
    await follow(page, 'Add a unit');
    await show('add');
    await press(page, 'Save');
    await seeErrors(page, { name: 'Enter the name of the unit' });
    await show('add without a name');
    const name = `Partnerships of the walks ${randomInt(1_000_000_000)}`;
    await page.fill('#name', name);
    await page.check('input[value=E09900002]');
    await press(page, 'Save');
    await see(page, 'The unit is saved.');
    await show('added');
    await follow(page, 'Change single wards');
    await seeHeading(page, `Wards of ${name}`);
    await show('wards');
    await page.fill('#q', 'Sampleton');
    await press(page, 'Search');
    await show('wards found');
    await follow(page, sampleton.name);
    await show('wards of a borough');
    await page.check(`input[value=${longName.code}]`);
    await press(page, 'Save these wards');
    await see(page, longName.name);
    await show('with a ward');
    await follow(page, 'Change the name, head or boroughs');
    await show('change');
  },
};

/** Somebody who has a mail with a link. */
export const openAnInvitation: Walk = {
  name: 'invitation',
  as: null,
  walk: async ({ page, show, world }) => {
    await page.goto(await world.invite(`guest-${randomInt(1_000_000_000)}@example.org`));
    await seeHeading(page, 'You are invited to use Folkmoot');
    await show('what it is for');
  },
};
