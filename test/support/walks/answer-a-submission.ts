import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { follow, press, type Stage, see, seeErrors, seeHeading, textOf, type Walk, whereIs } from './walk.ts';
import { lead } from './world.ts';

const decide = async ({ page }: Stage, decision: string): Promise<void> => {
  await page.check(`input[name=decision][value=${decision}]`);
};

const save = ({ page }: Stage): Promise<void> => press(page, 'Save the decision');

/** Every decision that can be taken, each with what it needs left out first; the last one is answered by mail. */
export const decideAndAnswer: Walk = {
  name: 'decide and answer',
  as: lead,
  scripted: true,
  walk: async (stage) => {
    const { page, show, world } = stage;
    const submission = await world.leave({
      text: 'Motorbikes race through the park when children come from school. It is only a question of time.',
      category: 'road-safety',
      email: 'resident@example.org',
    });
    await page.goto(submission);
    await see(page, 'What becomes of it?');
    await show('to triage');
    await save(stage);
    await seeErrors(page, { decision: 'Select what becomes of it' });
    await show('no decision');
    await walkErrors(stage);
    await walkDecisions(stage, submission);
    await walkAnswer(stage, submission);
  },
};

async function walkErrors(stage: Stage): Promise<void> {
  const { page, show } = stage;
  await decide(stage, 'join');
  await save(stage);
  await seeErrors(page, { priority: 'Select the priority that it joins' });
  await show('join without a priority');
  await decide(stage, 'adopt');
  await save(stage);
  await seeErrors(page, {
    title: 'Enter a title for the new priority',
    description: 'Enter a description of the new priority',
  });
  await show('adopt without words');
  await decide(stage, 'pass-on');
  await save(stage);
  await seeErrors(page, { to: 'Enter which body it is passed on to' });
  await show('pass on to nobody');
  await decide(stage, 'not-take-up');
  await page.fill('#reason', textOf(1002));
  await save(stage);
  const tooLong = 'The reason must be 1,000 characters or fewer. It is 2 characters too long';
  await seeErrors(page, { reason: tooLong });
  assert.equal(await page.inputValue('#reason'), textOf(1002));
  await show('a reason that is too long');
}

async function walkDecisions(stage: Stage, submission: string): Promise<void> {
  const { page, show } = stage;
  const again = async (decided: string, state: string) => {
    await seeHeading(page, 'Write the answer to');
    await page.goto(submission);
    await see(page, decided);
    await show(state);
  };
  await page.fill('#reason', 'Parks belong to the borough council.');
  await save(stage);
  await again('Not taken up: Parks belong to the borough council.', 'decided: not taken up');
  await decide(stage, 'pass-on');
  await page.fill('#to', 'Sampleton Council, parks team');
  await save(stage);
  await again('Passed on to Sampleton Council, parks team', 'decided: passed on');
  await decide(stage, 'join');
  await page.selectOption('#priority', { label: 'Cars racing on the ring road' });
  await save(stage);
  await again('Joined to “Cars racing on the ring road”', 'decided: joined');
}

async function walkAnswer(stage: Stage, submission: string): Promise<void> {
  const { page, show } = stage;
  await follow(page, 'Write the answer');
  await show('answer: untouched');
  await press(page, 'Preview');
  await seeErrors(page, { answer: 'Enter the answer' });
  await show('answer: empty');
  const answer = 'Thank you for telling us.\n\nWe patrol the park after school from next Monday.';
  await page.fill('#answer', answer);
  await press(page, 'Preview');
  await see(page, 'This e-mail goes to the address that the person left.');
  await show('preview of the mail');
  await press(page, 'Change it');
  assert.equal(await page.inputValue('#answer'), answer);
  await press(page, 'Preview');
  await press(page, 'Send the answer');
  await see(page, 'The answer is recorded and on its way by e-mail.');
  await show('sent');
  await page.goto(`${submission}/answer`);
  assert.equal(whereIs(page), submission, 'what was answered is not answered again');
  await show('answered');
}

/** Somebody who left no address, and whose words make a new priority. */
export const adoptAndRecord: Walk = {
  name: 'adopt and record',
  as: lead,
  walk: async (stage) => {
    const { page, show, world } = stage;
    await page.goto(
      await world.leave({
        text: 'Somebody is breaking into my car on Mill Lane right now. His name is Testname Example.',
      }),
    );
    await see(page, 'Possible emergency');
    await show('flagged, without an address');
    await decide(stage, 'adopt');
    await page.fill('#title', 'Cars broken into on Mill Lane');
    await page.fill('#description', 'Cars are broken into at night, most of all near the allotments.');
    await save(stage);
    await see(page, 'Adopted as “Cars broken into on Mill Lane”');
    await page.fill('#answer', 'We have adopted this.');
    await press(page, 'Preview');
    await see(page, 'The person left no address.');
    await show('preview without an address');
    await press(page, 'Record the answer');
    await see(page, 'The answer is recorded.');
    await show('recorded');
  },
};

const passOn = async (page: Page, to: string): Promise<void> => {
  await page.check('input[value=pass-on]');
  await page.fill('#to', to);
  await press(page, 'Save the decision');
};

/** Two people decide about the same submission; the second is told. */
export const decideTooLate: Walk = {
  name: 'decide too late',
  as: lead,
  walk: async (stage) => {
    const { page, show, world } = stage;
    const submission = await world.leave({
      text: textOf(1000),
      supports: world.priorities.updated,
      email: 'supporter@example.org',
    });
    await page.goto(submission);
    await show('support with long words');
    const other = await page.context().newPage();
    await other.goto(submission);
    await passOn(other, 'Sampleton Council');
    await seeHeading(other, 'Write the answer to');
    await other.close();
    await passOn(page, 'The railway company');
    await seeHeading(page, 'Somebody has changed this in the meantime');
    await show('changed in the meantime');
  },
};

/** Somebody whose session ended while she wrote. */
export const answerTooLate: Walk = {
  name: 'answer too late',
  as: lead,
  walk: async ({ page, show, world }) => {
    const text = 'The gate of the playground does not close.';
    await page.goto(await world.leave({ text, email: 'resident@example.org' }));
    await passOn(page, 'Sampleton Council');
    await page.fill('#answer', textOf(2000));
    await page.context().clearCookies();
    await press(page, 'Preview');
    await seeHeading(page, 'You are no longer signed in');
    assert.equal(await page.inputValue('textarea'), textOf(2000));
    await show('signed out, with what was typed');
  },
};
