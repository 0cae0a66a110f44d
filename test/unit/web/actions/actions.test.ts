import { beforeEach, describe, expect, test } from 'vitest';
import type { Action } from '#domain/actions/action.ts';
import type { ActionPlan } from '#domain/actions/plan.ts';
import { noTimescale } from '#domain/actions/timescale/timescale.ts';
import { anAction, aPlan, aProgress } from '#test/support/stores/records.ts';
import type { HttpReply } from '#web/http/event.ts';
import type { Browser } from '../browser.ts';
import { AUDITOR, COORDINATOR, openWorld, PRACTITIONER, type World } from '../world.ts';

let world: World;
let plan: ActionPlan;
let lead: Browser;
let coordinator: Browser;

// The world's clock stands at 9:30 on 23 November 2026.
const mine = [{ name: 'Schools officer', email: PRACTITIONER.email }];

const due = (...days: readonly string[]) => ({
  ...noTimescale,
  text: 'As planned',
  milestones: days.map((day) => ({ due: day, precision: 'day' as const, label: null })),
});

const put = async (changes: Partial<Action> = {}): Promise<Action> => {
  const action = anAction({ plan: plan.id, leads: mine, ...changes });
  await world.facts.commit([world.actions.toAdd(action)]);
  return action;
};

const now = async ({ id }: Action): Promise<Action> => {
  const action = await world.actions.find(id);
  if (!action) throw new Error('It is gone');
  return action;
};

const location = (reply: HttpReply): string => reply.headers.location ?? `stayed with ${reply.statusCode}`;
const at = ({ id }: Action, page = '') => `/staff/actions/${id}${page}`;

beforeEach(async () => {
  world = await openWorld();
  plan = aPlan();
  await world.facts.commit([world.actionPlans.toAdd(plan)]);
  lead = await world.signedIn();
  coordinator = await world.signedIn(COORDINATOR);
});

describe('the list of plans', () => {
  test('says when there is none, and offers to begin one to those who may', async () => {
    const empty = await openWorld();
    const { body } = await (await empty.signedIn(COORDINATOR)).get('/staff/plans');
    expect(body).toContain('There are no plans yet.');
    expect(body).toContain('href="/staff/plans/new"');
    expect((await lead.get('/staff/plans')).body).not.toContain('/staff/plans/new');
    expect((await lead.get('/staff/plans')).body).toContain('1 April 2026 to 31 March 2027');
  });

  test('begins a plan once, however often the button is pressed', async () => {
    const form = await coordinator.get('/staff/plans/new');
    const id = /name="id" value="([^"]+)"/.exec(form.body)?.[1] ?? '';
    const from = { 'from-day': '1', 'from-month': 'April', 'from-year': '2027' };
    const to = { 'to-day': '31', 'to-month': '3', 'to-year': '28' };
    const fields = { id, title: 'Plan of the next year', ...from, ...to };
    const replies = [
      await coordinator.post('/staff/plans/new', fields),
      await coordinator.post('/staff/plans/new', fields),
    ];
    expect(replies.map(location)).toEqual([`/staff/plans/${id}?done=begun`, `/staff/plans/${id}?done=begun`]);
    expect((await world.actionPlans.list()).filter(({ title }) => title === fields.title)).toEqual([
      expect.objectContaining({ from: '2027-04-01', to: '2028-03-31', unit: COORDINATOR.unit.id }),
    ]);
  });

  test('says what is wrong with a plan, and keeps what was typed', async () => {
    const id = '00000000-0000-7000-8000-000000000001';
    const { statusCode, body } = await coordinator.post('/staff/plans/new', {
      id,
      title: '',
      'from-day': '31',
      'from-month': '2',
      'from-year': '2027',
    });
    expect(statusCode).toBe(400);
    expect(body).toContain('Enter the title');
    expect(body).toContain('The first day must be a real date');
    expect(body).toContain('value="31"');
  });
});

describe('the overview', () => {
  test('has each theme with its actions, both colours and why', async () => {
    await put({
      theme: 'Young people',
      text: 'Late',
      timescale: due('2026-11-01'),
      rag: 'green',
      status: 'in-progress',
    });
    await put({ theme: 'Roads', position: 2, text: 'Without a day', timescale: noTimescale });
    await put({ theme: 'Young people', position: 3, text: 'Done', status: 'complete', rag: 'green' });
    const { body } = await lead.get(`/staff/plans/${plan.id}`);
    expect([...body.matchAll(/<caption[^>]*>([^<]+)</g)].map(([, theme]) => theme)).toEqual([
      'Young people',
      'Roads',
    ]);
    expect(body).toContain('22 days overdue, it was due on 1 November 2026');
    expect(body).toContain('no day by which it is to be done');
    expect(body).toContain('1 overdue');
    expect(body).toContain('1 colour to check');
  });

  test.each([
    [{ rag: 'green' }, ['Late', 'Done']],
    [{ rag: 'none' }, ['Plain']],
    [{ rag: 'disagrees' }, ['Late']],
    [{ due: 'overdue' }, ['Late']],
    [{ due: 'none' }, ['Plain', 'Done']],
    [{ theme: 'Roads' }, ['Plain']],
    [{ commitment: 'Promise 4' }, ['Plain']],
    [{ lead: 'Somebody else' }, ['Plain']],
    [{ unit: 'Millbrook team' }, ['Late', 'Done']],
    [{ lead: 'Nobody whom the plan knows' }, ['Late', 'Plain', 'Done']],
  ])('can be narrowed to %o', async (query: Readonly<Record<string, string>>, texts) => {
    await put({
      theme: 'Young people',
      text: 'Late',
      timescale: due('2026-11-01'),
      rag: 'green',
      status: 'in-progress',
    });
    await put({
      ...{ theme: 'Roads', position: 2, text: 'Plain', timescale: noTimescale, commitment: 'Promise 4' },
      leads: [{ name: 'Somebody else', email: null }],
    });
    await put({ theme: 'Young people', position: 3, text: 'Done', status: 'complete', rag: 'green' });
    const { body } = await lead.get(`/staff/plans/${plan.id}?${new URLSearchParams(query)}`);
    expect(['Late', 'Plain', 'Done'].filter((text) => body.includes(`>${text}</a>`)).sort()).toEqual(
      [...texts].sort(),
    );
  });

  test('names what needs a coordinator', async () => {
    await put({ leads: [{ name: 'Nobody whom we know', email: null }] });
    const { body } = await lead.get(`/staff/plans/${plan.id}?due=attention`);
    expect(body).toContain('Needs a coordinator');
    expect(body).toContain('1 needs a coordinator');
  });

  test('is not there for a plan that is not', async () => {
    expect((await lead.get('/staff/plans/nothing')).statusCode).toBe(404);
    for (const view of ['calendar', 'timeline', 'budget'])
      expect((await lead.get(`/staff/plans/nothing/${view}`)).statusCode).toBe(404);
  });
});

describe('the other views of a plan', () => {
  test('add up what themes cost, to the penny', async () => {
    await put({ theme: 'A', budget: 1_250_050, actual: 1_000 });
    await put({ theme: 'A', position: 2, budget: null });
    await put({ theme: 'B', position: 3, budget: 100_000, actual: 200_000 });
    const { body } = await lead.get(`/staff/plans/${plan.id}/budget`);
    for (const sum of ['£12,500.50', '£10', '£12,490.50', '−£1,000', '£13,500.50', '£2,010', '£11,490.50'])
      expect(body).toContain(`>${sum}</td>`);
  });

  test('list by month what is due, and what has no day', async () => {
    await put({ text: 'First', timescale: due('2026-06-30', '2027-03-31'), met: ['2026-06-30'] });
    await put({
      text: 'Ongoing work',
      position: 2,
      timescale: { ...noTimescale, text: 'Ongoing', ongoing: true },
    });
    const { body } = await lead.get(`/staff/plans/${plan.id}/calendar`);
    expect(body.indexOf('June 2026')).toBeLessThan(body.indexOf('March 2027'));
    expect(body).toContain('Met');
    expect(body).toMatch(/Without a day[\s\S]*Ongoing work/);
  });

  test('draw it, with words for those who cannot see it', async () => {
    await put({ timescale: due('2026-12-31'), rag: 'amber' });
    const { body } = await lead.get(`/staff/plans/${plan.id}/timeline`);
    expect(body).toContain('<title id="timeline-title">1 action as bars over the months of the plan.');
    expect(body).toContain('app-chart__bar--amber');
    expect(body).not.toContain('style=');
  });
});

describe('a report of progress', () => {
  test('takes two fields, and is kept', async () => {
    const action = await put();
    await lead.get(at(action, '/progress'));
    const reply = await lead.post(at(action, '/progress'), {
      version: '1',
      text: 'Four schools so far.',
      standing: 'amber',
    });
    expect(location(reply)).toBe(`${at(action)}?done=reported`);
    expect(await now(action)).toMatchObject({ rag: 'amber', status: 'in-progress', version: 2 });
    const { body } = await lead.get(at(action));
    expect(body).toContain('Four schools so far.');
    expect(body).toContain(PRACTITIONER.email);
  });

  test('that it is done meets everything that was due, and another one opens it again', async () => {
    const action = await put({ timescale: due('2026-12-31', '2027-03-31') });
    await lead.get(at(action, '/progress'));
    await lead.post(at(action, '/progress'), { version: '1', text: 'Done.', standing: 'complete' });
    expect(await now(action)).toMatchObject({
      status: 'complete',
      rag: 'green',
      met: ['2026-12-31', '2027-03-31'],
    });
    expect((await world.duties.of(action.id)).filter(({ nextOn }) => nextOn !== null)).toEqual([]);
    await lead.post(at(action, '/progress'), { version: '2', text: 'Not quite.', standing: 'red' });
    expect(await now(action)).toMatchObject({ status: 'in-progress', rag: 'red' });
  });

  test('is stored once when the button is pressed twice', async () => {
    const action = await put();
    await lead.get(at(action, '/progress'));
    const fields = { version: '1', text: 'Once.', standing: 'green' };
    const replies = [
      await lead.post(at(action, '/progress'), fields),
      await lead.post(at(action, '/progress'), fields),
    ];
    expect(replies.map(location)).toEqual([`${at(action)}?done=reported`, `${at(action)}?done=reported`]);
    expect((await world.progressEntries.of(action.id, { after: null, size: 9 })).items).toHaveLength(1);
  });

  test('is not lost when somebody else was faster', async () => {
    const action = await put();
    await lead.get(at(action, '/progress'));
    await coordinator.get(at(action, '/progress'));
    await coordinator.post(at(action, '/progress'), {
      version: '1',
      text: 'By the coordinator.',
      standing: 'green',
    });
    const reply = await lead.post(at(action, '/progress'), {
      version: '1',
      text: 'By the lead.',
      standing: 'red',
    });
    expect(reply.statusCode).toBe(409);
    expect(reply.body).toContain('By the lead.');
    expect(reply.body).toContain('Somebody else has changed this action in the meantime');
    const again = await lead.post(at(action, '/progress'), {
      version: '2',
      text: 'By the lead.',
      standing: 'red',
    });
    expect(location(again)).toBe(`${at(action)}?done=reported`);
  });

  test('says what is missing, and keeps what was typed', async () => {
    const action = await put();
    await lead.get(at(action, '/progress'));
    const { statusCode, body } = await lead.post(at(action, '/progress'), {
      version: '1',
      text: 'Typed',
      standing: '',
    });
    expect(statusCode).toBe(400);
    expect(body).toContain('Select how it stands');
    expect(body).toContain('>Typed</textarea>');
  });

  test('is led to by the signed link of a reminder, which says when it was written to somebody else', async () => {
    const own = await put();
    const other = await put({ position: 2, leads: [{ name: 'Other', email: 'other@folkmoot.example' }] });
    const sign = (email: string) => world.mailTokens.sign('reminder', world.keyOfRecipient(email), null);
    const link = (action: Action, token: string) => `${at(action, '/progress')}?reminder=${token}`;
    const opened = await lead.get(link(own, await sign(PRACTITIONER.email)));
    expect([opened.statusCode, opened.body.includes('What has happened?')]).toEqual([200, true]);
    const passedOn = await lead.get(link(other, await sign('other@folkmoot.example')));
    expect([
      passedOn.statusCode,
      passedOn.body.includes('This reminder was written to somebody else'),
    ]).toEqual([403, true]);
    for (const token of [await sign(PRACTITIONER.email), 'forged', ''])
      expect((await lead.get(link(other, token))).body).not.toContain('written to somebody else');
    // Signing in comes first, and leads back to just that form.
    const stranger = await world.stranger().get(link(own, 'token'));
    expect(location(stranger)).toContain(encodeURIComponent(link(own, 'token')));
  });

  test('is for leads and coordinators only', async () => {
    const other = await put({ leads: [{ name: 'Somebody else', email: 'other@folkmoot.example' }] });
    expect((await lead.get(at(other, '/progress'))).statusCode).toBe(403);
    const fields = { version: '1', text: 'x', standing: 'green' };
    expect((await lead.post(at(other, '/progress'), fields)).statusCode).toBe(403);
    const auditor = await world.signedIn(AUDITOR);
    expect((await auditor.get(at(other))).statusCode).toBe(200);
    expect((await auditor.get(at(other, '/progress'))).statusCode).toBe(403);
    expect((await coordinator.get(at(other, '/progress'))).statusCode).toBe(200);
  });
});

describe('what officers ask', () => {
  test('another day, which holds when a coordinator has agreed', async () => {
    const action = await put({ timescale: due('2026-12-31') });
    await lead.get(at(action, '/new-day'));
    const asked = {
      version: '1',
      due: '2026-12-31',
      'new-day': '30',
      'new-month': 'June',
      'new-year': '27',
      reason: 'Elections',
    };
    expect(location(await lead.post(at(action, '/new-day'), asked))).toBe(`${at(action)}?done=proposed`);
    expect((await now(action)).timescale.milestones[0]?.due).toBe('2026-12-31');
    const { body } = await coordinator.get(at(action));
    expect(body).toContain('asks for 30 June 2027 in the place of 31 December 2026');
    expect((await lead.post(at(action, '/agree'), { version: '2' })).statusCode).toBe(403);
    expect(location(await coordinator.post(at(action, '/agree'), { version: '2' }))).toBe(
      `${at(action)}?done=agreed`,
    );
    expect(location(await coordinator.post(at(action, '/agree'), { version: '2' }))).toBe(
      `${at(action)}?done=agreed`,
    );
    expect(await now(action)).toMatchObject({
      timescale: { text: '30 June 2027', milestones: [{ due: '2027-06-30', precision: 'day' }] },
      proposal: null,
    });
  });

  test('another day, which a coordinator can decline', async () => {
    const action = await put({ timescale: due('2026-12-31') });
    await lead.get(at(action));
    const asked = {
      version: '1',
      due: '2026-12-31',
      'new-day': '1',
      'new-month': '2',
      'new-year': '2027',
      reason: 'More time',
    };
    await lead.post(at(action, '/new-day'), asked);
    await coordinator.get(at(action));
    await coordinator.post(at(action, '/decline'), { version: '2' });
    expect(await now(action)).toMatchObject({ timescale: action.timescale, proposal: null });
  });

  test.each([
    [{ 'new-day': '', 'new-month': '', 'new-year': '' }, 'Enter the new day'],
    [{ 'new-day': '31', 'new-month': '2', 'new-year': '2027' }, 'The new day must be a real date'],
    [{ 'new-day': '23', 'new-month': '11', 'new-year': '2026' }, 'The new day must be in the future'],
    [{ reason: '' }, 'Enter the reason'],
  ])('no day with %o', async (changes: Readonly<Record<string, string>>, sentence) => {
    const action = await put({ timescale: due('2026-12-31') });
    await lead.get(at(action));
    const asked = {
      version: '1',
      due: '2026-12-31',
      'new-day': '1',
      'new-month': '2',
      'new-year': '2027',
      reason: 'x',
    };
    const reply = await lead.post(at(action, '/new-day'), { ...asked, ...changes });
    expect(reply.statusCode).toBe(400);
    expect(reply.body).toContain(sentence);
  });

  test('not to have an action, which then waits for another lead', async () => {
    const action = await put();
    await lead.get(at(action, '/not-mine'));
    const fields = { version: '1', reason: 'It belongs to roads policing.' };
    expect(location(await lead.post(at(action, '/not-mine'), fields))).toBe(`${at(action)}?done=disowned`);
    expect(location(await lead.post(at(action, '/not-mine'), fields))).toBe(`${at(action)}?done=disowned`);
    expect(await now(action)).toMatchObject({ leads: [{ name: 'Schools officer', email: null }] });
    expect((await coordinator.get(at(action))).body).toContain('It needs another lead');
    const edit = await coordinator.get(at(action, '/edit'));
    expect(edit.statusCode).toBe(200);
  });
});

describe('editing', () => {
  const fieldsOf = (body: string): Record<string, string> => ({
    ...Object.fromEntries(
      [...body.matchAll(/<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"/g)].map(
        ([, name = '', value = '']) => [name, value],
      ),
    ),
    ...Object.fromEntries(
      [...body.matchAll(/<textarea[^>]* name="([^"]+)"[^>]*>([^<]*)<\/textarea>/g)].map(
        ([, name = '', value = '']) => [name, value.replaceAll('&lt;', '<').replaceAll('&gt;', '>')],
      ),
    ),
    ...Object.fromEntries(
      [...body.matchAll(/<select[^>]* name="([^"]+)"[\s\S]*?<\/select>/g)].map(([all, name = '']) => [
        name,
        /value="([^"]*)" selected/.exec(all)?.[1] ?? '',
      ]),
    ),
  });

  test('shows everything, and saving it unchanged changes nothing', async () => {
    const action = await put({
      ...{ theme: 'Young people', priority: 'very-high', budget: 123_456, reason: null },
      measures: [{ text: 'Schools met', target: '12', actuals: [{ period: 'Q1', value: '3' }] }],
      links: [{ title: 'A decision', href: '/decisions/1' }],
    });
    const { body } = await coordinator.get(at(action, '/edit'));
    const reply = await coordinator.post(at(action, '/edit'), fieldsOf(body));
    expect(location(reply)).toBe(`${at(action)}?done=edited`);
    expect(await now(action)).toEqual({ ...action, version: 2 });
  });

  test('reads a new timescale, and asks about one that it cannot read', async () => {
    const action = await put();
    const fields = fieldsOf((await coordinator.get(at(action, '/edit'))).body);
    const vague = await coordinator.post(at(action, '/edit'), { ...fields, timescale: 'early next year' });
    expect(vague.statusCode).toBe(400);
    expect(vague.body).toContain('We cannot tell which day');
    await coordinator.post(at(action, '/edit'), { ...fields, timescale: 'By June 2027' });
    expect((await now(action)).timescale).toMatchObject({
      text: 'By June 2027',
      milestones: [{ due: '2027-06-30', precision: 'month' }],
    });
    expect((await world.duties.of(action.id)).map(({ due: day }) => day)).toContain('2027-06-30');
  });

  test('keeps words without a day when that is wanted', async () => {
    const action = await put();
    const fields = fieldsOf((await coordinator.get(at(action, '/edit'))).body);
    await coordinator.post(at(action, '/edit'), { ...fields, timescale: 'TBC', 'keep-words': 'yes' });
    expect((await now(action)).timescale).toEqual({ ...noTimescale, text: 'TBC' });
  });

  test.each([
    [{ text: '' }, 'Enter what is to be done'],
    [{ leads: 'nobody@folkmoot.example' }, 'There is no account in use'],
    [{ leads: 'a@b@c' }, 'Write a name, or an email address'],
    [{ status: 'dropped' }, 'Enter the reason'],
    [{ budget: 'a lot' }, 'Enter a sum in pounds'],
    [{ links: 'No address' }, 'Write a title and then an address'],
    [{ links: 'Bad javascript:alert(1)' }, 'Write a title and then an address'],
    [{ links: 'Elsewhere //evil.example' }, 'Write a title and then an address'],
  ])('refuses %o', async (changes: Readonly<Record<string, string>>, sentence) => {
    const action = await put();
    const fields = fieldsOf((await coordinator.get(at(action, '/edit'))).body);
    const { statusCode, body } = await coordinator.post(at(action, '/edit'), { ...fields, ...changes });
    expect(statusCode).toBe(400);
    expect(body).toContain(sentence);
    expect(await now(action)).toEqual(action);
  });

  test('settles questions of the file that are ticked', async () => {
    const action = await put({
      questions: [
        { column: 'timescale', text: 'early', why: 'vague' },
        { column: 'lead', text: '?', why: 'unknown' },
      ],
    });
    const { body } = await coordinator.get(at(action, '/edit'));
    expect(body).toContain('timescale: “early”');
    await coordinator.post(at(action, '/edit'), { ...fieldsOf(body), settled: '0' });
    expect((await now(action)).questions).toEqual([{ column: 'lead', text: '?', why: 'unknown' }]);
  });

  test('is for coordinators', async () => {
    const action = await put();
    expect((await lead.get(at(action, '/edit'))).statusCode).toBe(403);
    expect((await lead.get(`/staff/plans/${plan.id}/actions/new`)).statusCode).toBe(403);
    expect((await lead.get(`/staff/plans/${plan.id}/many`)).statusCode).toBe(403);
    expect((await lead.get(`/staff/plans/${plan.id}/carry-over`)).statusCode).toBe(403);
  });

  test('adds an action once, at the end', async () => {
    await put({ position: 7 });
    const { body } = await coordinator.get(`/staff/plans/${plan.id}/actions/new`);
    const fields = { ...fieldsOf(body), text: 'A new one', status: 'not-started', timescale: 'Q4 2026/27' };
    const replies = [
      await coordinator.post(`/staff/plans/${plan.id}/actions/new`, fields),
      await coordinator.post(`/staff/plans/${plan.id}/actions/new`, fields),
    ];
    expect(replies.map(({ statusCode }) => statusCode)).toEqual([303, 303]);
    const actions = await world.actions.ofPlan(plan.id);
    expect(actions.map(({ position, text }) => [position, text]).at(-1)).toEqual([8, 'A new one']);
    expect(actions).toHaveLength(2);
  });
});

describe('many at once', () => {
  test('get the same priority, leads and budget, and what somebody else has changed is left', async () => {
    const [one, two, three] = [await put(), await put({ position: 2 }), await put({ position: 3 })];
    const address = `/staff/plans/${plan.id}/many`;
    await coordinator.get(address);
    const reply = await coordinator.post(address, [
      ['actions', `${one.id}:1`],
      ['actions', `${two.id}:9`],
      ['priority', 'very-high'],
      ['leads', COORDINATOR.email],
      ['budget', '1,000'],
    ]);
    expect(location(reply)).toBe(`${address}?edited=1&left=1`);
    expect(await now(one)).toMatchObject({
      ...{ priority: 'very-high', budget: 100_000 },
      leads: [{ name: COORDINATOR.post, email: COORDINATOR.email }],
    });
    expect(await now(two)).toEqual(two);
    expect(await now(three)).toEqual(three);
    expect((await coordinator.get(location(reply))).body).toContain('1 action is changed');
  });

  test('need something to change, and something to change it of', async () => {
    await put();
    const { statusCode, body } = await coordinator.post(`/staff/plans/${plan.id}/many`, {
      priority: '',
      leads: '',
      budget: '',
    });
    expect(statusCode).toBe(400);
    expect(body).toContain('Tick at least one action');
    expect(body).toContain('Say what is to be changed');
  });
});

describe('carrying over', () => {
  const next = {
    title: 'Next year',
    'from-day': '1',
    'from-month': '4',
    'from-year': '2027',
    'to-day': '31',
    'to-month': '3',
    'to-year': '2028',
  };

  test('takes what is not done into the next plan, once, and leaves the rest', async () => {
    const open = await put({ text: 'Open', budget: 5_000, progressAt: '2026-10-01T09:00:00.000Z' });
    await put({ text: 'Done', position: 2, status: 'complete' });
    await put({ text: 'Usual', position: 3, status: 'business-as-usual' });
    const address = `/staff/plans/${plan.id}/carry-over`;
    expect((await coordinator.get(address)).body).toContain('value="2028"');
    const replies = [await coordinator.post(address, next), await coordinator.post(address, next)];
    expect(new Set(replies.map(location)).size).toBe(1);
    const to = location(replies[0] as HttpReply).split('?')[0] ?? '';
    const carried = await world.actions.ofPlan(decodeURIComponent(to.split('/').at(-1) ?? ''));
    expect(carried.map(({ text, carriedFrom, budget }) => [text, carriedFrom, budget])).toEqual([
      ['Open', open.id, null],
      ['Usual', expect.any(String), null],
    ]);
    expect(await now(open)).toMatchObject({ carriedTo: carried[0]?.id, budget: 5_000 });
    expect((await world.duties.of(open.id)).filter(({ nextOn }) => nextOn !== null)).toEqual([]);
    expect((await world.duties.of(carried[0]?.id ?? '')).length).toBeGreaterThan(0);
    expect((await coordinator.get(at(open))).body).toContain('This action goes on in a later plan.');
    expect((await coordinator.get(at(open, '/edit'))).statusCode).toBe(303);
  });

  test('goes forward only', async () => {
    const { statusCode, body } = await coordinator.post(`/staff/plans/${plan.id}/carry-over`, {
      ...next,
      'from-year': '2026',
    });
    expect(statusCode).toBe(400);
    expect(body).toContain('The new plan must begin after this one');
  });
});

describe('what somebody leads', () => {
  test('comes with the nearest day first, and shows on the home page when it needs a report', async () => {
    await put({ text: 'Later', timescale: due('2027-03-31') });
    await put({ text: 'Sooner', position: 2, timescale: due('2026-11-20') });
    const { body } = await lead.get('/staff/actions');
    expect(body.indexOf('Sooner')).toBeLessThan(body.indexOf('Later'));
    const home = await lead.get('/staff');
    expect(home.body).toContain('1 is overdue');
    expect((await coordinator.get('/staff')).body).not.toContain('need a report from you');
  });

  test('may be nothing', async () => {
    expect((await lead.get('/staff/actions')).body).toContain('You lead no action that is still to be done.');
  });
});

describe('the history of an action', () => {
  test('is drawn from two reports on, and its pages go back to the first', async () => {
    const action = await put();
    const entries = Array.from({ length: 25 }, (_, index) =>
      aProgress({
        action: action.id,
        text: `Report ${index}.`,
        at: `2026-0${1 + Math.floor(index / 5)}-0${1 + (index % 5)}T09:30:00.000Z`,
      }),
    );
    await world.facts.commit(entries.map((entry) => world.progressEntries.toAdd(entry)));
    const { body } = await lead.get(at(action));
    expect(body).toContain('<polyline');
    expect(body).toContain('Report 24.');
    expect(body).not.toContain('Report 4.');
    const older = /href="([^"]*after=[^"]*)#history"/.exec(body)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect((await lead.get(older)).body).toContain('Report 0.');
  });
});

describe('the figures of an action', () => {
  test('are kept by period, and a later figure of the same period takes the place of an earlier one', async () => {
    const action = await put({
      measures: [
        { text: 'Schools met', target: '12', actuals: [] },
        { text: 'Panels', target: null, actuals: [] },
      ],
    });
    await lead.get(at(action, '/figures'));
    const q3 = { version: '1', period: 'Q3 2026/27', 'figure-0': '7', 'figure-1': '' };
    const replies = [
      await lead.post(at(action, '/figures'), q3),
      await lead.post(at(action, '/figures'), q3),
      await lead.post(at(action, '/figures'), { ...q3, version: '2', 'figure-0': '8', 'figure-1': '1' }),
    ];
    expect(replies.map(location)).toEqual(Array.from({ length: 3 }, () => `${at(action)}?done=figures`));
    expect((await now(action)).measures.map(({ actuals }) => actuals)).toEqual([
      [{ period: 'Q3 2026/27', value: '8' }],
      [{ period: 'Q3 2026/27', value: '1' }],
    ]);
    expect((await lead.get(at(action))).body).toContain('Q3 2026/27: 8');
  });

  test('say what is missing, and are for leads and coordinators', async () => {
    const action = await put();
    await lead.get(at(action, '/figures'));
    const { statusCode, body } = await lead.post(at(action, '/figures'), {
      version: '1',
      period: '',
      'figure-0': '',
    });
    expect(statusCode).toBe(400);
    expect(body).toContain('Enter the period');
    expect(body).toContain('Enter at least one figure');
    const other = await put({ position: 2, leads: [{ name: 'Other', email: 'other@folkmoot.example' }] });
    expect((await lead.get(at(other, '/figures'))).statusCode).toBe(403);
  });
});
