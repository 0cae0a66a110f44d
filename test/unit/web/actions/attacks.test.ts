import { beforeEach, describe, expect, test } from 'vitest';
import type { Action } from '#domain/actions/action.ts';
import { moveMilestone } from '#domain/actions/move-milestone.ts';
import type { ActionPlan } from '#domain/actions/plan.ts';
import { noTimescale } from '#domain/actions/timescale/timescale.ts';
import { anAction, aPlan } from '#test/support/stores/records.ts';
import type { Browser } from '../browser.ts';
import { COORDINATOR, openWorld, PRACTITIONER, type World } from '../world.ts';

/* What somebody new to the pages of plans has found, and what must not come back. */

let world: World;
let plan: ActionPlan;
let coordinator: Browser;

beforeEach(async () => {
  world = await openWorld();
  plan = aPlan();
  await world.facts.commit([world.actionPlans.toAdd(plan)]);
  coordinator = await world.signedIn(COORDINATOR);
});

const put = async (changes: Partial<Action> = {}): Promise<Action> => {
  const leads = [{ name: 'Schools officer', email: PRACTITIONER.email }];
  const action = anAction({ plan: plan.id, leads, ...changes });
  await world.facts.commit([world.actions.toAdd(action)]);
  return action;
};

describe('an action needs a coordinator', () => {
  const countOf = async (): Promise<string> => {
    const { body } = await coordinator.get(`/staff/plans/${plan.id}`);
    return /\d+ needs? a coordinator|None need a coordinator/.exec(body)?.[0] ?? 'nothing is said';
  };
  const known = { name: 'Schools officer', email: PRACTITIONER.email };

  test('not while all of its leads can be reminded', async () => {
    await put({ leads: [known] });
    expect(await countOf()).toBe('None need a coordinator');
    expect((await coordinator.get('/staff')).body).not.toContain('needs a coordinator');
  });

  test('when one lead beside another is nobody whom we know', async () => {
    await put({ leads: [known, { name: 'Somebody else', email: null }] });
    expect(await countOf()).toBe('1 needs a coordinator');
    expect((await coordinator.get('/staff')).body).toContain('1 action needs a coordinator');
  });

  test('when the account of its lead is suspended, or mail to it comes back', async () => {
    await put();
    await world.changeAccount(PRACTITIONER, { status: 'suspended' });
    expect(await countOf()).toBe('1 needs a coordinator');
    await world.changeAccount(PRACTITIONER, { status: 'active' });
    expect(await countOf()).toBe('None need a coordinator');
    const recipient = world.keyOfRecipient(PRACTITIONER.email);
    await world.facts.commit([world.suppressions.toSuppress(recipient, 'bounced', world.clock.now())]);
    expect(await countOf()).toBe('1 needs a coordinator');
  });
});

describe('a form that was sent before', () => {
  const id = '00000000-0000-7000-8000-000000000123';

  test('adds no action with other words, and says so', async () => {
    const address = `/staff/plans/${plan.id}/actions/new`;
    await coordinator.get(address);
    const first = await coordinator.post(address, { id, text: 'First', status: 'not-started' });
    expect(first.statusCode).toBe(303);
    const second = await coordinator.post(address, { id, text: 'Second', status: 'not-started' });
    expect(second.statusCode).toBe(409);
    const other = aPlan({ title: 'Another plan' });
    await world.facts.commit([world.actionPlans.toAdd(other)]);
    const elsewhere = `/staff/plans/${other.id}/actions/new`;
    const third = await coordinator.post(elsewhere, { id, text: 'First', status: 'not-started' });
    expect(third.statusCode).toBe(409);
    expect((await world.actions.ofPlan(plan.id)).map(({ text }) => text)).toEqual(['First']);
  });

  const days = {
    ...{ 'from-day': '1', 'from-month': '4', 'from-year': '2027' },
    ...{ 'to-day': '31', 'to-month': '3', 'to-year': '2028' },
  };

  test('begins no plan with another title, and none of a title and days that there are', async () => {
    await coordinator.get('/staff/plans/new');
    const begin = (title: string, by: string) =>
      coordinator.post('/staff/plans/new', { id: by, title, ...days });
    expect((await begin('One', id)).statusCode).toBe(303);
    expect((await begin('Two', id)).statusCode).toBe(409);
    const same = await begin('one', '00000000-0000-7000-8000-000000000124');
    expect([same.statusCode, same.body.includes('There is a plan of this title')]).toEqual([400, true]);
  });
});

describe('many at once', () => {
  test('may be all of a long plan', async () => {
    const actions: Action[] = [];
    for (let position = 1; position <= 300; position += 1) actions.push(await put({ position }));
    const address = `/staff/plans/${plan.id}/many`;
    await coordinator.get(address);
    const ticked = actions.map((action): [string, string] => ['actions', `${action.id}:1`]);
    const reply = await coordinator.post(address, [
      ...ticked,
      ['priority', 'low'],
      ['leads', ''],
      ['budget', ''],
    ]);
    expect(reply.headers.location).toBe(`${address}?edited=300&left=0`);
  });

  test('are of the plan that the page shows', async () => {
    const elsewhere = aPlan({ title: 'Another plan' });
    await world.facts.commit([world.actionPlans.toAdd(elsewhere)]);
    const other = await put({ plan: elsewhere.id });
    const address = `/staff/plans/${plan.id}/many`;
    await coordinator.get(address);
    await coordinator.post(address, { actions: `${other.id}:1`, priority: 'low', leads: '', budget: '' });
    expect(await world.actions.find(other.id)).toEqual(other);
  });
});

test('a long plan with a question in every row can be taken over', async () => {
  const rows = Array.from({ length: 250 }, (_, at) => `Action ${at},TBC`);
  const bytes = new TextEncoder().encode(['Action,Timescale', ...rows].join('\n'));
  await coordinator.get('/staff/plans/import');
  const fields = {
    title: 'A long plan',
    ...{ 'from-day': '1', 'from-month': '4', 'from-year': '2026' },
    ...{ 'to-day': '31', 'to-month': '3', 'to-year': '2027' },
  };
  const brought = await coordinator.upload('/staff/plans/import', fields, { name: 'plan.csv', bytes });
  const at = brought.headers.location ?? '';
  const { body } = await coordinator.get(at);
  const blank = [...body.matchAll(/name="(answer-[^"]+)"/g)].map(([, name = '']): [string, string] => [
    name,
    '',
  ]);
  expect(blank).toHaveLength(250);
  const taken = await coordinator.post(at, [...blank, ['leave', 'yes'], ['do', 'import']]);
  expect(taken.headers.location).toContain('done=imported');
});

test('what comes back keeps its words and its rhythm when one of its days is moved', () => {
  const quarterly = {
    ...noTimescale,
    ...{ text: 'Quarterly', recurring: 'quarterly' as const },
    milestones: ['2026-06-30', '2026-09-30'].map((due) => ({
      due,
      precision: 'quarter' as const,
      label: null,
    })),
  };
  expect(moveMilestone(quarterly, '2026-06-30', '2026-10-15')).toEqual({
    ...quarterly,
    milestones: [
      { due: '2026-09-30', precision: 'quarter', label: null },
      { due: '2026-10-15', precision: 'day', label: null },
    ],
  });
});
