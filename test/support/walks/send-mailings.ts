import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { keepMailing, keepTroubledMail } from './keep-mailings.ts';
import { follow, press, see, seeErrors, seeHeading, textOf, type Walk } from './walk.ts';
import { coordinator, idle, lead } from './world.ts';

const words = `Dear neighbours in ((area))

You told us that cars race on the ring road. This is what we do about it:

* officers are there on Friday evenings
* the council puts up a camera

[See what the team is doing](https://example.org/teams)`;

/** From an empty form to a mailing that waits for its time, and back again. */
export const writeAMailing: Walk = {
  name: 'write a mailing',
  as: lead,
  scripted: true,
  walk: async ({ page, show }) => {
    await page.goto('/staff/mailings/new');
    await seeHeading(page, 'New mailing');
    await page.getByText('How to write headings, lists and links').click();
    await show('untouched');
    await press(page, 'Save');
    await seeErrors(page, {
      subject: 'Enter the subject',
      source: 'Enter the text',
      kind: 'Select who it is for',
    });
    await show('nothing in it');
    await page.fill('#subject', textOf(121));
    await page.fill('#source', 'Dear ((first name))');
    await page.check('input[value=subscribed]');
    await press(page, 'Save');
    await seeErrors(page, {
      subject: 'The subject must be 120 characters or fewer. It is 1 character too long',
      topics: 'Select at least one topic',
    });
    await show('too long and for nobody');
    const subject = `What we do about speeding ${randomInt(1_000_000)}`;
    await page.fill('#subject', subject);
    await page.fill('#source', words);
    await page.check('input[value=wrote]');
    await press(page, 'Save');
    await see(page, 'The draft is saved.');
    await show('draft');
    await press(page, 'Send a test to yourself');
    await see(page, 'A test is on its way to your own address');
    await follow(page, 'Change');
    await seeHeading(page, 'Change the mailing');
    await show('change');
    await press(page, 'Save');
    await see(page, 'The draft is saved.');
    await follow(page, 'Send');
    await page.getByRole('heading', { level: 1, name: /Send it to/ }).waitFor();
    await show('send');
    await page.getByRole('button', { name: /Send it to/ }).click();
    await seeErrors(page, { when: 'Select when it should go' });
    await show('send at no time');
    await page.check('input[value=later]');
    await page.fill('#at-day', '31');
    await page.fill('#at-month', '2');
    await page.fill('#at-year', '2027');
    await page.getByRole('button', { name: /Send it to/ }).click();
    await page.getByRole('link', { name: 'The date must be a real date' }).waitFor();
    assert.equal(await page.inputValue('#at-day'), '31');
    await show('send on a day that is none');
    const later = new Date(Date.now() + 30 * 24 * 3_600_000);
    await page.fill('#at-day', String(later.getUTCDate()));
    await page.fill('#at-month', String(later.getUTCMonth() + 1));
    await page.fill('#at-year', String(later.getUTCFullYear()));
    await page.fill('#time', '9:30am');
    await page.getByRole('button', { name: /Send it to/ }).click();
    await see(page, 'It will go at the time that was chosen.');
    await show('scheduled');
    await press(page, 'Take back to draft');
    await see(page, 'It is a draft again.');
    await follow(page, 'Cancel this mailing');
    await seeHeading(page, 'Cancel this mailing?');
    await show('cancel');
    await press(page, 'Cancel the mailing');
    await see(page, 'It is cancelled.');
    await show('cancelled');
    await press(page, 'Use again as a new draft');
    await see(page, 'This is a new draft');
    await page.goto('/staff/mailings');
    await see(page, subject);
    await show('list');
  },
};

/** What waits for a second person, what is being sent, and what has stopped. */
export const followMailings: Walk = {
  name: 'follow mailings',
  as: coordinator,
  walk: async ({ page, show, world: { laptop } }) => {
    const subject = `Consultation on the future of neighbourhood policing ${randomInt(1_000_000)}`;
    const sendAt = new Date(Date.now() + 24 * 3_600_000).toISOString();
    const startedAt = new Date().toISOString();
    const waiting = await keepMailing(laptop, { subject, status: 'to-approve', submittedBy: lead, sendAt });
    await page.goto('/staff');
    await see(page, 'for somebody to approve');
    await show('today');
    await page.goto(waiting);
    await show('to approve');
    await follow(page, 'Approve');
    await seeHeading(page, 'Approve this mailing?');
    await show('approve');
    await press(page, 'Approve');
    await see(page, 'It will go at the time that was chosen.');
    const own = { subject, status: 'to-approve', submittedBy: coordinator } as const;
    await page.goto(await keepMailing(laptop, own));
    await see(page, 'somebody else has to approve it');
    await show('own to approve');
    const recipients = {
      accepted: 3,
      delivered: 4,
      bounced: 27,
      complained: 1,
      held: 2,
      suppressed: 1,
      refused: 1,
    };
    const paused = {
      status: 'paused',
      pausedFrom: 'sending',
      pausedFor: 'bounces',
      startedAt,
      total: 45,
    } as const;
    await page.goto(await keepMailing(laptop, { subject, ...paused }, { ...recipients, 'in-doubt': 1 }));
    await see(page, 'It has paused by itself');
    await show('paused');
    await page.locator('#troubled ~ nav').getByRole('link', { name: 'Bounced' }).click();
    await follow(page, 'Next page');
    await show('second page of those that bounced');
    await follow(page, 'Resume');
    await seeHeading(page, 'Resume this mailing?');
    await show('resume');
    await page.goto(await keepMailing(laptop, { subject, status: 'freezing', startedAt }));
    await show('being looked up');
    const sent = { status: 'sent', startedAt, finishedAt: startedAt, total: 7 } as const;
    await page.goto(await keepMailing(laptop, { subject, ...sent }, { accepted: 3, delivered: 4 }));
    await see(page, '7 sent, of 7 people whom it goes to.');
    await show('sent');
    await page.goto('/staff/mailings/new');
    await see(page, 'The whole force');
    await show('new, for the whole force');
    const everywhere = { kind: 'subscribed', areas: [], topics: ['news', 'meetings'] } as const;
    await page.goto(await keepMailing(laptop, { subject, audience: everywhere }));
    await see(page, 'News, Meetings and events');
    await show('draft for the whole force');
  },
};

/** Mail that somebody waits for, to an address that is gone. */
export const seeMailMatters: Walk = {
  name: 'mail that did not arrive',
  as: coordinator,
  walk: async ({ page, show, world: { laptop } }) => {
    await keepTroubledMail(laptop);
    await page.goto('/staff/mailings');
    await follow(page, 'Single mails that did not arrive');
    await seeHeading(page, 'Mail that did not arrive');
    await see(page, 'Confirmation of what somebody sent');
    await show('list');
  },
};

/** Somebody in whose areas nobody has sent anything. */
export const seeNoMailings: Walk = {
  name: 'no mailings',
  as: idle,
  walk: async ({ page, show }) => {
    await page.goto('/staff/mailings');
    await see(page, 'There are no mailings for your areas yet.');
    await show('empty');
  },
};
