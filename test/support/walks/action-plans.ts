import { randomInt } from 'node:crypto';
import { follow, press, see, seeErrors, seeHeading, textOf, type Walk } from './walk.ts';
import { coordinator, lead } from './world.ts';

const nextYear = async (page: Parameters<Walk['walk']>[0]['page'], from: number) => {
  await page.fill('#from-day', '1');
  await page.fill('#from-month', '4');
  await page.fill('#from-year', String(from));
  await page.fill('#to-day', '31');
  await page.fill('#to-month', 'March');
  await page.fill('#to-year', String(from + 1));
};

const inDays = (days: number): Date => new Date(Date.now() + days * 24 * 3_600_000);
const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
const written = (day: Date): string =>
  `${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]} ${day.getUTCFullYear()}`;

const addAction = async (
  page: Parameters<Walk['walk']>[0]['page'],
  plan: string,
  fields: Readonly<Record<string, string>>,
) => {
  await page.goto(`${plan}/actions/new`);
  for (const [field, value] of Object.entries(fields)) await page.fill(`#${field}`, value);
  await press(page, 'Save');
  await see(page, 'The action is added to the plan.');
  return new URL(page.url()).pathname;
};

/** A coordinator begins a plan, fills it, changes it, and carries it over into the next year. */
export const keepAPlan: Walk = {
  name: 'keep an action plan',
  as: coordinator,
  walk: async ({ page, show }) => {
    await page.goto('/staff/plans');
    await follow(page, 'Begin an empty plan');
    await seeHeading(page, 'Begin a plan');
    await press(page, 'Begin the plan');
    await page.getByRole('link', { name: 'The last day must be a real date, like 31 3 2028' }).waitFor();
    await show('plan without anything');
    const title = `Engagement plan ${randomInt(1_000_000)}`;
    await page.fill('#title', title);
    await nextYear(page, 2026);
    await press(page, 'Begin the plan');
    await see(page, 'The plan is there.');
    await show('empty plan');
    const plan = new URL(page.url()).pathname;
    for (const view of ['timeline', 'calendar', 'budget']) {
      await page.goto(`${plan}/${view}`);
      await show(`empty ${view}`);
    }
    await page.goto(`${plan}/actions/new`);
    await show('new action');
    await page.fill('#leads', 'nobody@folkmoot.example');
    await page.fill('#timescale', 'early next year');
    await page.fill('#budget', 'a lot');
    await page.selectOption('#status', 'deferred');
    await press(page, 'Save');
    await see(page, 'Enter what is to be done');
    await show('new action without a text');
    await page.fill('#text', 'Meet every school council');
    await press(page, 'Save');
    await seeErrors(page, {
      leads:
        'There is no account in use for “nobody@folkmoot.example”, so nobody would be reminded. Check the address',
      timescale:
        'We cannot tell which day “early next year” means. Write it like “by March 2027”, “Q3 2026/27” or “ongoing”, or keep the words without a day',
      reason: 'Enter the reason',
      budget: 'Enter a sum in pounds, like 12,500 or 99.95',
    });
    await show('new action that cannot be read');
    await addAction(page, plan, {
      ...{
        text: 'Meet every school council',
        theme: 'Young people',
        objective: 'Young people shape priorities',
      },
      ...{ leads: `Schools officer <${lead}>`, timescale: `By ${written(inDays(20))}; report by March 2027` },
      ...{
        budget: '12,500',
        actual: '3,000.50',
        measures: 'Schools met (target: 12)\nReports',
        commitment: 'Promise 3',
      },
      links: 'Consultation on schools https://example.org/schools',
    });
    await show('an action');
    await addAction(page, plan, {
      text: textOf(600),
      theme: textOf(100),
      leads: 'Somebody without an account',
    });
    await show('a long action that needs a coordinator');
    await addAction(page, plan, { text: 'Answer in time', theme: 'Young people', timescale: 'Ongoing' });
    await page.goto(plan);
    await show('overview');
    await page.goto(`${plan}?rag=red&due=overdue`);
    await see(page, 'No action fits what you have chosen.');
    await show('filtered to nothing');
    for (const view of ['timeline', 'calendar', 'budget']) {
      await page.goto(`${plan}/${view}`);
      await show(view);
    }
    await page.goto(`${plan}/many`);
    await show('many');
    await press(page, 'Change them');
    await seeErrors(page, {
      actions: 'Tick at least one action',
      priority: 'Say what is to be changed: a priority, leads or a budget',
    });
    await show('many without anything');
    await page.locator('input[name=actions]').first().check();
    await page.selectOption('#priority', 'very-high');
    await press(page, 'Change them');
    await see(page, '1 action is changed');
    await show('many changed');
    await page.goto(`${plan}/carry-over`);
    await show('carry over');
    await press(page, 'Carry over');
    await see(page, 'This is the new plan');
    await show('carried over');
    await page.goto(plan);
    await see(page, 'Goes on in the next plan');
    await show('overview of what was carried over');
  },
};

/** A lead officer tells how it goes, asks for another day, and gives an action back. */
export const reportOnActions: Walk = {
  name: 'report on actions',
  as: lead,
  scripted: true,
  walk: async ({ page, show, world }) => {
    const { action, several } = await world.planAction(lead);
    await page.goto('/staff/actions');
    await show('what one leads');
    await page.goto(action);
    await show('an action');
    await follow(page, 'Report progress');
    await seeHeading(page, 'How is it going?');
    await show('untouched');
    await press(page, 'Save the report');
    await seeErrors(page, { text: 'Enter what has happened', standing: 'Select how it stands' });
    await show('nothing in it');
    await page.fill('#text', 'Half of the schools have been met.');
    await page.check('input[value=amber]');
    await press(page, 'Save the report');
    await see(page, 'Your report is saved.');
    await show('reported');
    await follow(page, 'Report progress');
    await page.fill('#text', textOf(900));
    await page.check('input[value=red]');
    await press(page, 'Save the report');
    await see(page, 'Your report is saved.');
    await show('history');
    await page.goto(`${several}/progress`);
    await show('several milestones');
    await page.goto(`${action}/new-day`);
    await show('another day');
    await page.fill('#new-day', '31');
    await page.fill('#new-month', '2');
    await page.fill('#new-year', '2027');
    await press(page, 'Ask for this day');
    await page.getByRole('link', { name: 'The new day must be a real date, like 27 3 2027' }).waitFor();
    await show('a day that is none');
    const day = inDays(200);
    await page.fill('#new-day', String(day.getUTCDate()));
    await page.fill('#new-month', String(day.getUTCMonth() + 1));
    await page.fill('#new-year', String(day.getUTCFullYear()));
    await page.fill('#reason', 'The schools are closed until after Easter.');
    await press(page, 'Ask for this day');
    await see(page, 'A coordinator will look at it.');
    await show('asked for another day');
    await page.goto(`${several}/new-day`);
    await show('another day of several');
    await page.goto(`${several}/not-mine`);
    await show('not mine');
    await press(page, 'Give it back');
    await seeErrors(page, { reason: 'Enter the reason' });
    await show('not mine without a reason');
    await page.fill('#reason', 'It belongs to the schools team.');
    await press(page, 'Give it back');
    await see(page, 'A coordinator will name another lead.');
    await show('given back');
  },
};
