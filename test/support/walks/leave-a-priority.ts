import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { longName, north } from './places.ts';
import {
  changeValue,
  follow,
  goBy,
  press,
  type Stage,
  see,
  seeErrors,
  seeHeading,
  textOf,
  type Walk,
  whereIs,
} from './walk.ts';

const textField = 'textarea[name=text]';
const emailField = 'input[name=email]';
const bikes = 'Bicycles are taken from the racks outside the library, mostly on weekday evenings.';

const typedIn = (stage: Stage, field: string): Promise<string> => stage.page.locator(field).inputValue();

/** A summary row of "check your answers". */
const change = ({ page }: Stage, what: string): Promise<void> =>
  goBy(page, page.getByRole('link', { name: `Change ${what}` }));

/** Scripts count while somebody types, and count as the server does. */
async function seeCount(page: Page, words: string): Promise<void> {
  const count = page.locator('.govuk-character-count__status:not(.govuk-visually-hidden)');
  if ((await count.count()) > 0) assert.equal((await count.textContent())?.trim(), words);
}

/** Each page of the journey: untouched, wrong, filled; with changes from "check your answers". */
export const leaveAPriority: Walk = {
  name: 'leave a priority',
  as: null,
  scripted: true,
  walk: async (stage) => {
    const { page, show } = stage;
    await page.goto(`/areas/${north.code}`);
    await follow(page, 'Leave your own priority');
    await show('what: untouched');
    await press(page, 'Continue');
    await seeErrors(page, { text: 'Enter what the local team should work on' });
    await show('what: empty');
    await page.fill(textField, textOf(1003));
    await press(page, 'Continue');
    const tooLong =
      'What the local team should work on must be 1,000 characters or fewer. It is 3 characters too long';
    await seeErrors(page, { text: tooLong });
    assert.equal(await typedIn(stage, textField), textOf(1003));
    await seeCount(page, 'You have 3 characters too many');
    await show('what: too long');
    await page.fill(textField, bikes);
    await press(page, 'Continue');
    await walkCategoryAndEmail(stage);
    await walkChanges(stage);
    await press(page, 'Send');
    await seeHeading(page, 'We have your priority');
    await see(page, 'We have sent a confirmation');
    await show('received, with an address');
    const here = whereIs(page);
    await page.reload();
    await seeHeading(page, 'We have your priority');
    await page.goto(here.replace('/received', '/check'));
    assert.equal(whereIs(page), here, 'what was sent cannot be sent again');
  },
};

async function walkCategoryAndEmail({ page, show, world }: Stage): Promise<void> {
  await page.locator('input[name=category]').first().waitFor();
  await show('category: untouched');
  await changeValue(page, 'input[value=drugs]', 'no-such-thing');
  await page.check('input[value=no-such-thing]');
  await press(page, 'Continue');
  await seeErrors(page, { category: 'Select what it is about from the list, or leave it empty' });
  await show('category: wrong');
  await page.check('input[value=burglary-and-theft]');
  await press(page, 'Continue');
  await page.locator(emailField).waitFor();
  await show('e-mail: untouched');
  await page.fill(emailField, 'resident at example');
  await press(page, 'Continue');
  await seeErrors(page, {
    email: 'Enter an e-mail address in the correct format, like name@example.com, or leave it empty',
  });
  assert.equal(await page.locator(emailField).inputValue(), 'resident at example');
  await show('e-mail: wrong');
  await page.fill(emailField, 'resident@example.org');
  await press(page, 'Continue');
  await seeHeading(page, 'Check your answers before you send them');
  assert.ok(world);
  await show('check');
}

async function walkChanges(stage: Stage): Promise<void> {
  const { page, show } = stage;
  await change(stage, 'what you wrote');
  assert.equal(await typedIn(stage, textField), bikes);
  await show('what: changed from check');
  await follow(page, 'Back');
  await seeHeading(page, 'Check your answers before you send them');
  await change(stage, 'what you wrote');
  await page.fill(textField, textOf(1000));
  await press(page, 'Continue');
  await seeHeading(page, 'Check your answers before you send them');
  await show('check with a long text');
  await change(stage, 'what it is about');
  assert.ok(await page.isChecked('input[value=burglary-and-theft]'));
  await show('category: changed from check');
  await page.check('input[value=road-safety]');
  await press(page, 'Continue');
  await see(page, 'Road safety');
  await change(stage, 'e-mail address');
  assert.equal(await typedIn(stage, emailField), 'resident@example.org');
  await page.fill(emailField, 'neighbour@example.org');
  await press(page, 'Continue');
  await see(page, 'neighbour@example.org');
}

/** The words of somebody who may be in danger, or who names a person. */
export const leaveSomethingThatNeedsCare: Walk = {
  name: 'leave a priority that needs care',
  as: null,
  walk: async (stage) => {
    const { page, show } = stage;
    const emergency = 'Somebody is breaking into the flat next door right now.';
    const person = 'His name is Testname Example.';
    await page.goto(`/areas/${longName.code}/priorities/new`);
    await page.fill(textField, emergency);
    await press(page, 'Continue');
    await see(page, 'If somebody is in danger now, call 999');
    await show('warning of an emergency');
    await follow(page, 'Change what I wrote');
    assert.equal(await typedIn(stage, textField), emergency);
    await page.fill(textField, `A neighbour plays loud music every night. ${person}`);
    await press(page, 'Continue');
    await see(page, 'You may have named a person');
    await show('warning of a name');
    await follow(page, 'Change what I wrote');
    await page.fill(textField, `${emergency} ${person}`);
    await press(page, 'Continue');
    await see(page, 'You may have named a person');
    await show('warning of both');
    await follow(page, 'Continue with what I wrote');
    await press(page, 'Continue');
    await press(page, 'Continue');
    await seeHeading(page, 'Check your answers before you send them');
    await see(page, 'If somebody is in danger now, call 999');
    await show('check with a warning, without category and address');
    await press(page, 'Send');
    await see(page, 'You did not leave an e-mail address');
    await show('received, without an address');
  },
};

/** Support for a priority that is there: with words, and with one press less. */
export const supportAPriority: Walk = {
  name: 'support a priority',
  as: null,
  scripted: true,
  walk: async ({ page, show, world }) => {
    await page.goto(world.priorities.updated);
    await follow(page, 'Support this priority');
    await seeHeading(page, 'Would you like to add anything?');
    await show('words: untouched');
    await page.fill(textField, textOf(1001));
    await press(page, 'Continue');
    await seeErrors(page, {
      text: 'What you add must be 1,000 characters or fewer. It is 1 character too long',
    });
    await show('words: too long');
    await page.fill(
      textField,
      'They come at eleven in the evening.\nMost of all on the last Friday of the month.',
    );
    await press(page, 'Continue');
    await page.fill(emailField, 'supporter@example.org');
    await press(page, 'Continue');
    await show('check, with words');
    await press(page, 'Send');
    await seeHeading(page, 'We have your support');
    await see(page, 'You get an answer by e-mail by');
    await show('received, with words');
    await page.goto(`${world.priorities.updated}/support`);
    await press(page, 'Continue');
    await press(page, 'Continue');
    await show('check, without words');
    await press(page, 'Send');
    await see(page, 'You were counted');
    await show('received, without words');
    await page.goto(`${world.priorities.closed}/support`);
    assert.equal(whereIs(page), world.priorities.closed, 'a closed priority takes no support');
  },
};

/** A form that was open for too long, or that did not come from here. */
export const loseTheVisit: Walk = {
  name: 'refused forms',
  as: null,
  walk: async ({ page, show }) => {
    const start = `/areas/${north.code}/priorities/new`;
    const isRefused = async () => {
      const answered = page.waitForResponse((response) => response.request().method() === 'POST');
      await press(page, 'Continue');
      assert.equal((await answered).status(), 403);
      await seeHeading(page, 'Your visit has ended');
    };
    await page.goto(start);
    await page.fill(textField, textOf(1000));
    await page.context().clearCookies();
    await isRefused();
    assert.equal(await page.inputValue('textarea'), textOf(1000));
    await show('the visit has ended, with what was typed');
    await page.goto(start);
    await page.fill(textField, bikes);
    await changeValue(page, 'main input[name=csrf]', 'somebody-elses');
    await isRefused();
    await page.goto(start);
    await page.fill(textField, 'a'.repeat(100_001));
    await press(page, 'Continue');
    await seeHeading(page, 'That was too much to send');
    await show('too much');
  },
};
