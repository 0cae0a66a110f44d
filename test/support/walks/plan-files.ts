import { randomInt } from 'node:crypto';
import type { Page } from 'playwright-core';
import { follow, press, see, seeErrors, seeHeading, textOf, type Walk } from './walk.ts';
import { coordinator, member } from './world.ts';

const HEADER = 'Theme,Action,Lead officer,Timescale,Performance measure,RAG,Progress,Room';

const fileOf = (...rows: readonly string[]) => ({
  name: 'plan of the walks.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from([HEADER, ...rows].join('\n')),
});

const choose = (page: Page, file: ReturnType<typeof fileOf>) => page.setInputFiles('#file', file);

const fillIn = async (page: Page, title: string) => {
  await page.fill('#title', title);
  for (const [field, value] of [
    ...[
      ['from-day', '1'],
      ['from-month', '4'],
      ['from-year', '2026'],
    ],
    ...[
      ['to-day', '31'],
      ['to-month', '3'],
      ['to-year', '2027'],
    ],
  ] as const)
    await page.fill(`#${field}`, value);
};

/** A coordinator brings a plan as officers keep it, answers what is not clear, and later brings a newer version. */
export const importAPlan: Walk = {
  name: 'import a plan',
  as: coordinator,
  scripted: true,
  walk: async ({ page, show }) => {
    const title = `Plan from a file ${randomInt(1_000_000)}`;
    await page.goto('/staff/plans/import');
    await seeHeading(page, 'Import a plan from a file');
    await page.getByText('Which columns are read').click();
    await show('untouched');
    await choose(page, { ...fileOf(), buffer: Buffer.from('%PDF-1.7') });
    await press(page, 'See what is understood');
    await see(page, 'This is a PDF, not a spreadsheet.');
    await show('not a spreadsheet');
    await fillIn(page, title);
    await choose(
      page,
      fileOf(
        'Young people,Meet school councils,Schools officer,By March 2027,Councils met,Amber,Four met,12',
        'Young people,Set up a panel,Nobody known,early next year,,,,',
        `Roads,${textOf(300).replaceAll(',', '')},,TBC,,,,`,
      ),
    );
    await press(page, 'See what is understood');
    await seeHeading(page, 'What was understood');
    await show('questions');
    await press(page, 'Take the plan over');
    await see(page, 'Answer the cells that are not clear');
    await show('not answered');
    await page.fill('[name="answer-3-timescale"]', 'By May 2027');
    await press(page, 'Read again with these answers');
    await see(page, '1 cell answered');
    await show('one answered');
    await page.check('[name=leave]');
    await press(page, 'Take the plan over');
    await see(page, 'The plan is imported.');
    await show('imported');
    const plan = new URL(page.url()).pathname;
    await follow(page, 'Meet school councils');
    await follow(page, 'Enter figures');
    await press(page, 'Save the figures');
    await seeErrors(page, { period: 'Enter the period', 'figure-0': 'Enter at least one figure' });
    await show('figures without anything');
    await page.fill('#period', 'Q3 2026/27');
    await page.fill('#figure-0', '7');
    await press(page, 'Save the figures');
    await see(page, 'The figures are saved.');
    await show('figures saved');
    await page.goto(plan);
    await follow(page, 'Import a newer file of this plan');
    await choose(
      page,
      fileOf(
        'Young people,Meet school councils,Schools officer,By June 2027,Councils met,Red,Late,12',
        ',Something without an action,,,,,,',
        'Roads,,Somebody,By May 2027,,,,',
      ),
    );
    await press(page, 'See what is understood');
    await see(page, 'to be mended in the file');
    await show('rows to mend');
    await page.goto(`/staff/plans/import?plan=${plan.split('/').at(-1)}`);
    await choose(
      page,
      fileOf('Young people,Meet school councils,Schools officer,By June 2027,Councils met,Red,Late,12'),
    );
    await press(page, 'See what is understood');
    await see(page, '2 actions are not in the file any more');
    await show('newer version');
    await press(page, 'Take the changes over');
    await see(page, 'The new version of the plan is taken over.');
  },
};

/** A coordinator issues a report of a plan. */
export const reportToTheCommittee: Walk = {
  name: 'report to the committee',
  as: coordinator,
  walk: async ({ page, show, world }) => {
    const { action } = await world.planAction(coordinator);
    await page.goto(action);
    await follow(page, 'Back');
    await follow(page, 'Reports');
    await show('no reports');
    await press(page, 'Show the draft');
    await see(page, 'Select which report it is');
    await show('no kind');
    await page.check('input[value=committee]');
    const today = new Date();
    await page.fill('#asOf-day', String(today.getUTCDate()));
    await page.fill('#asOf-month', String(today.getUTCMonth() + 1));
    await page.fill('#asOf-year', String(today.getUTCFullYear()));
    await press(page, 'Show the draft');
    await see(page, 'Draft, not issued');
    await show('draft');
    await press(page, 'Issue this report');
    await see(page, 'The report is issued.');
    await show('issued');
    await follow(page, 'Back');
    await show('issued reports');
  },
};

/** A member of the authority reads what concerns one borough. */
export const readBoroughPacks: Walk = {
  name: 'read borough packs',
  as: member,
  walk: async ({ page, show }) => {
    await page.goto('/staff/borough-packs');
    await show('boroughs');
    await page.locator('main li a').first().click();
    await page.waitForURL(/borough-packs\/E/);
    await show('pack');
    await page.goto('/staff/plans');
    await show('plans');
  },
};
