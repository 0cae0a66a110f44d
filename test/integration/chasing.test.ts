import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Action } from '#domain/actions/action.ts';
import { clockWrites } from '#domain/actions/keep-clocks.ts';
import { noTimescale } from '#domain/actions/timescale/timescale.ts';
import { londonDate } from '#domain/shared/clock.ts';
import type { MailSummary } from '#infra/local/mail.ts';
import type { Store } from '#operator/store.ts';
import { startLaptop, type TestLaptop } from '#test/support/laptop.ts';
import { openProduct, type ProductLaptop } from '#test/support/product-laptop.ts';
import { anAccount, anAction, aPlan, aUnit } from '#test/support/stores/records.ts';

/*
 * Christmas 2026 on a laptop of its own: Christmas Day is a Friday, Boxing Day is kept on Monday 28 December, and New
 * Year's Day is a Friday.
 */

const SCHEDULE = 'chase-overdue-actions';
const PLAN = aPlan({ id: 'plan-1', title: 'Engagement plan 2026/27' });
const emailOf = (name: string) => `${name}@folkmoot.example`;

let running: TestLaptop;
let laptop: ProductLaptop;
let store: Store;

const addAction = async (id: string, due: string, ...leads: readonly string[]): Promise<void> => {
  const action = anAction({
    id,
    plan: PLAN.id,
    text: `Action ${id}`,
    leads: leads.map((name) => ({ name: `Officer ${name}`, email: emailOf(name) })),
    timescale: { ...noTimescale, milestones: [{ due, precision: 'day', label: null }] },
    createdAt: store.clock.now(),
  });
  const clocks = await clockWrites(store, null, action, PLAN, londonDate(store.clock.now()), false);
  const { refused } = await store.facts.commit([store.actions.toAdd(action), ...clocks]);
  expect(refused).toBeNull();
};

const report = async (id: string): Promise<void> => {
  const before = await store.actions.find(id);
  if (!before) throw new Error(id);
  const now = await laptop.clock();
  const after: Action = { ...before, status: 'in-progress', progressAt: now };
  const clocks = await clockWrites(store, before, after, PLAN, londonDate(now), true);
  const { refused } = await store.facts.commit([store.actions.toChange(before, after), ...clocks]);
  expect(refused).toBeNull();
};

const digestsOf = async (name: string): Promise<readonly MailSummary[]> =>
  (await laptop.mail(emailOf(name))).filter(({ tags }) => tags.kind === 'chase-digest').toReversed();

/** What somebody was told on each day: the ids of actions in the order of the mail. */
const toldTo = async (name: string): Promise<readonly string[]> =>
  (await digestsOf(name)).map(
    ({ at, text }) =>
      `${at.slice(0, 10)} ${[...text.matchAll(/^\* Action (\S+)/gm)].map(([, id]) => id).join(' ')}`,
  );

beforeAll(async () => {
  running = await startLaptop({ now: '2026-12-14T18:00:00Z' });
  laptop = openProduct(running.dataDir);
  store = await laptop.store();
  const { facts, units, staff, actionPlans } = store;
  await facts.commit([
    units.toAdd(aUnit({ id: 'roads', name: 'Roads', areas: [], head: emailOf('head') })),
    actionPlans.toAdd(PLAN),
    ...['anna', 'bela', 'head'].map((name) =>
      staff.toAdd(anAccount({ email: emailOf(name), post: name, roles: ['officer'], unit: 'roads' })),
    ),
    staff.toAdd(anAccount({ email: emailOf('carol'), post: 'carol', roles: ['coordinator'], unit: 'roads' })),
  ]);
  await addAction('one', '2026-12-25', 'anna');
  await addAction('two', '2026-12-18', 'anna', 'bela');
  await addAction('three', '2026-12-31', 'bela');
});

afterAll(() => running?.stop());

test('on the next working day each officer has one mail with everything', async () => {
  await laptop.clock('2026-12-15T07:40:00Z');
  await laptop.waitForMail(1, emailOf('anna'));
  await laptop.settle();
  expect(await toldTo('anna')).toEqual(['2026-12-15 two one']);
  expect(await toldTo('bela')).toEqual(['2026-12-15 two']);
  const [mail] = await digestsOf('anna');
  expect(mail?.subject).toBe('2 actions need an update');
  expect(mail?.text).toContain('Engagement plan 2026/27');
  expect(mail?.text).toContain('Due on 18 December 2026, in 3 days. First reminder.');
  const [link = ''] = /\/staff\/actions\/two\/progress\?reminder=[\w.-]+/.exec(mail?.text ?? '') ?? [];
  const coming = await laptop.visitor().send(link);
  const returnTo = new URLSearchParams({ returnTo: link });
  expect([coming.status, coming.headers.get('location')]).toEqual([303, `/sign-in?${returnTo}`]);
  const passedOn = await (await laptop.staff('lead')).open(link);
  expect([passedOn.status, passedOn.html.heading]).toEqual([
    403,
    'This reminder was written to somebody else',
  ]);
  const form = await (await laptop.staff('coordinator')).open(link);
  expect([form.status, form.html.heading]).toEqual([200, 'How is it going?']);
  expect(mail?.at).toMatch(/^2026-12-15T07:3/);
});

test('run again on the same day, also several times at once, it says nothing twice', async () => {
  const runs = await Promise.all([1, 2, 3].map(() => laptop.run(SCHEDULE)));
  for (const { status, result } of runs) {
    expect(status).toBe('ok');
    expect(result).toEqual({ workingDay: true, said: 0, ownersGone: 0, mails: 0 });
  }
});

test('whoever answers is left alone; killed at any of its calls, the run is made up for, exactly once', async () => {
  await report('two');
  await laptop.clock('2026-12-17T07:00:00Z');
  for (const operation of ['TransactWriteItems', 'GetItem', 'Query']) {
    for (const effect of ['kill', 'timeout-after'] as const) {
      const rules = [{ engine: 'dynamodb', operation, function: SCHEDULE, effect, skip: 1, count: 1 }];
      await laptop.console('/faults', { method: 'PUT', body: JSON.stringify({ seed: 7, rules }) });
      await laptop.run(SCHEDULE);
    }
  }
  await laptop.console('/faults', { method: 'DELETE' });
  await laptop.clock('2026-12-23T07:40:00Z');
  await laptop.settle();
  expect(await toldTo('anna')).toEqual(['2026-12-15 two one', '2026-12-21 two', '2026-12-23 one']);
  expect(await toldTo('bela')).toEqual(['2026-12-15 two', '2026-12-17 three', '2026-12-21 two']);
});

test('nothing is said from Christmas to the substitute day; what is overdue comes after it', async () => {
  await laptop.clock('2026-12-28T18:00:00Z');
  await laptop.settle();
  expect((await toldTo('anna')).at(-1)).toBe('2026-12-23 one');
  await laptop.clock('2026-12-29T07:40:00Z');
  await laptop.settle();
  // The third is due on a Thursday, and is mentioned for the last time on the Tuesday before.
  expect((await toldTo('anna')).slice(3)).toEqual(['2026-12-29 two one']);
  expect((await toldTo('bela')).slice(3)).toEqual(['2026-12-29 two three']);
  expect((await digestsOf('anna')).at(-1)?.subject).toBe('2 actions need an update: 2 overdue');
});

test('what is long overdue is escalated, and who has left is made known at once', async () => {
  await report('two');
  const bela = await store.staff.find(emailOf('bela'));
  if (!bela) throw new Error('bela');
  await store.facts.commit([
    store.staff.toChange({ ...bela, status: 'suspended' }),
    store.departures.toNote({ email: bela.email, at: await laptop.clock() }),
  ]);
  await laptop.clock('2026-12-30T07:40:00Z');
  await laptop.settle();
  // The second was answered, but has a review ahead.
  expect(await toldTo('carol')).toEqual(['2026-12-30 three two']);
  expect((await digestsOf('carol'))[0]?.text).toContain('A lead cannot be reached');
  await laptop.clock('2027-01-08T07:40:00Z');
  await laptop.settle();
  expect(await toldTo('carol')).toEqual(['2026-12-30 three two', '2027-01-04 three', '2027-01-08 one']);
  expect(await toldTo('head')).toEqual(['2027-01-08 one']);
  expect((await digestsOf('head'))[0]?.text).toContain('Lead: Officer anna');
  expect((await toldTo('anna')).slice(4)).toEqual(['2027-01-05 one', '2027-01-08 one']);
  expect((await toldTo('bela')).slice(4)).toEqual([]);
});
