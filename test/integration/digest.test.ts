import { beforeAll, expect, test } from 'vitest';
import type { MailSummary } from '#infra/local/mail.ts';
import { type Ground, openProduct } from '#test/support/product-laptop.ts';
import { decide, leaveOwn, openSubmission, support } from './support/steps.ts';

/*
 * Easter 2027: Good Friday is 26 March and Easter Monday 29 March, and the clocks go forward on the Sunday between.
 */

const SCHEDULE = 'mail-area-digests';
const EMERGENCY = 'Somebody is breaking into the shop next door right now, please send help now';

const laptop = openProduct();
let ground: Ground;
let quiet: Ground;
const references: Record<string, string> = {};

const leave = async (name: string, said: { text: string }, ward = 0): Promise<void> => {
  references[name] = (await leaveOwn(laptop.visitor(), ground.wards[ward]?.code ?? '', said)).reference;
};

const mailsToTeam = async (): Promise<readonly MailSummary[]> => {
  const mails = await laptop.mail(ground.mailbox);
  return mails.filter(({ tags }) => tags.kind === 'area-digest');
};

beforeAll(async () => {
  ground = await laptop.addBorough('Eastering', ['Whitsun', 'Michaelmas']);
  quiet = await laptop.addBorough('Quietly', ['Silent']);
  await laptop.clock('2027-03-25T18:00:00Z');
});

test('what comes in over the holiday waits; what was flagged is told to the team at once', async () => {
  await leave('Thursday evening', { text: 'Left on Thursday, after the digest of the morning.' });
  await laptop.clock('2027-03-27T11:00:00Z');
  await leave('Saturday', { text: 'Left on Saturday.' });
  await leave('Saturday, flagged', { text: EMERGENCY });
  await leave('Sunday, elsewhere', { text: 'Left in another ward of the same team.' }, 1);
  const [urgent] = await laptop.waitForMail(1, ground.mailbox);
  expect(urgent?.subject).toBe(`Please read now: ${references['Saturday, flagged']} for Whitsun`);
  await laptop.clock('2027-03-29T09:00:00Z');
  await leave('Easter Monday', { text: 'Left on Easter Monday.' });
  expect(await mailsToTeam()).toEqual([]);
});

test('support with words waits, too; support without words asks for nobody', async () => {
  const coordinator = await laptop.staff('coordinator');
  const { reference } = await leaveOwn(laptop.visitor(), ground.wards[0]?.code ?? '', { text: 'Adopt me' });
  references.adopted = reference;
  const submission = await openSubmission(laptop, coordinator, reference);
  await decide(coordinator, submission, { decision: 'adopt', title: 'Adopted', description: 'At Easter.' });
  const [priority] = await (await laptop.store()).priorities.ofArea(ground.wards[0]?.code ?? '');
  const id = priority?.id ?? '';
  references['with words'] = (await support(laptop.visitor(), id, { text: 'Me too.' })).reference;
  references['without words'] = (await support(laptop.visitor(), id)).reference;
});

test('nothing is mailed on Good Friday, at the weekend, on Easter Monday, or before half past seven', async () => {
  await laptop.clock('2027-03-30T06:29:30Z');
  expect(await mailsToTeam()).toEqual([]);
});

test('at 07:30 in London on the next working day there is one mail for each area, with everything that waited', async () => {
  await laptop.clock('2027-03-30T06:31:00Z');
  const mails = await laptop.waitForMail(3, ground.mailbox);
  expect(mails).toHaveLength(3);
  const digests = await mailsToTeam();
  expect(digests.map(({ subject }) => subject).sort()).toEqual([
    '1 new submission for Michaelmas',
    '5 new submissions for Whitsun',
  ]);
  const whitsun = digests.find(({ subject }) => subject.includes('Whitsun'));
  for (const name of ['Thursday evening', 'Saturday', 'Easter Monday', 'adopted', 'with words']) {
    expect(whitsun?.text, name).toContain(references[name]);
  }
  for (const name of ['Saturday, flagged', 'Sunday, elsewhere', 'without words']) {
    expect(whitsun?.text, name).not.toContain(references[name]);
  }
  expect(whitsun?.text).not.toMatch(/Left on|Adopt me|Me too/);
  // In summer time: 72 hours after six in the evening.
  expect(whitsun?.text).toMatch(
    new RegExp(`${references['Thursday evening']}: answer due by Sunday 28 March at 7(:0\\d)?pm`),
  );
  expect(whitsun?.text).toContain(`${laptop.url}/staff/inbox`);
  for (const { at } of digests) expect(at).toMatch(/^2027-03-30T06:3[01]:/);
  expect(await laptop.mail(quiet.mailbox)).toEqual([]);
});

test('its links lead to the submissions', async () => {
  const [digest] = await mailsToTeam();
  const coordinator = await laptop.staff('coordinator');
  const links = digest?.text.match(/http\S+\/staff\/submissions\/\S+/g) ?? [];
  expect(links.length).toBeGreaterThan(0);
  for (const link of links) expect((await coordinator.open(link)).status).toBe(200);
});

test('run again, twice and twice at once, it tells nothing twice', async () => {
  const before = (await laptop.mail(ground.mailbox)).length;
  const runs = [await laptop.run(SCHEDULE), await laptop.run(SCHEDULE)];
  runs.push(...(await Promise.all([laptop.run(SCHEDULE), laptop.run(SCHEDULE)])));
  for (const { status, result } of runs) {
    expect(status).toBe('ok');
    expect(result).toMatchObject({ workingDay: true, digests: 0, submissions: 0 });
  }
  await laptop.clock('2027-03-31T06:31:00Z');
  expect(await laptop.mail(ground.mailbox)).toHaveLength(before);
});

test('run four times at once with something to tell, it tells it once', async () => {
  await leave('Wednesday', { text: 'Left on Wednesday.' });
  const before = (await mailsToTeam()).length;
  await Promise.all(Array.from({ length: 4 }, () => laptop.run(SCHEDULE)));
  await laptop.waitForMail(before + 2, ground.mailbox);
  await laptop.settle();
  const digests = await mailsToTeam();
  expect(digests).toHaveLength(before + 1);
  expect(digests[0]?.text).toContain(references.Wednesday);
});
