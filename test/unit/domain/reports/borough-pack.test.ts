import { beforeEach, describe, expect, test } from 'vitest';
import { FEW, tellAnswers } from '#domain/reports/answer-figures.ts';
import { writeBoroughPack } from '#domain/reports/borough-pack.ts';
import { addHours } from '#domain/shared/clock.ts';
import { FixedClock } from '#test/support/fixed-clock.ts';
import { openMemoryStores } from '#test/support/stores/memory-stores.ts';
import {
  anAccount,
  anAction,
  anArea,
  aPlan,
  aPriority,
  aSubmission,
  aUnit,
  BOROUGH,
  WARD,
} from '#test/support/stores/records.ts';

let stores: ReturnType<typeof openMemoryStores>;
let clock: FixedClock;

beforeEach(async () => {
  clock = new FixedClock('2026-11-23T09:30:00.000Z');
  stores = openMemoryStores(clock);
  await stores.areas.save([
    anArea({ code: BOROUGH, name: 'Exampleham', kind: 'borough', borough: null }),
    anArea(),
    anArea({ code: 'E05099902', name: 'Northgate' }),
  ]);
});

const pack = async () => {
  const written = await writeBoroughPack(stores)(BOROUGH);
  if (!written) throw new Error('There is no such borough');
  return written;
};

/** Submissions of the quarter from July, each answered so many hours later, or not at all. */
const receive = async (count: number, hours: number | null, receivedAt = '2026-08-10T09:00:00.000Z') => {
  for (let at = 0; at < count; at += 1) {
    const answer = hours === null ? null : { text: 'Mended.', at: addHours(receivedAt, hours) };
    const status = answer ? 'answered' : 'received';
    const times = { receivedAt, answerBy: addHours(receivedAt, 72) };
    await stores.facts.commit([stores.submissions.toAdd(aSubmission({ ...times, status, answer }))]);
  }
};

test('there is a pack of boroughs only', async () => {
  expect(await writeBoroughPack(stores)(WARD)).toBeNull();
  expect(await writeBoroughPack(stores)('E09000001')).toBeNull();
});

test('it has the open priorities of the borough and its wards, with how many people are behind each', async () => {
  const open = aPriority({ title: 'Speeding', status: 'in-progress' });
  const closed = aPriority({ status: 'closed', closedReason: 'Solved' });
  const inBorough = aPriority({ area: BOROUGH, title: 'Robbery' });
  const { facts, priorities, supporters } = stores;
  await facts.commit([open, closed, inBorough].map((priority) => priorities.toAdd(priority)));
  await facts.commit([supporters.toCount(WARD, open.id, 1)]);
  await facts.commit([supporters.toCount(WARD, open.id, 1)]);
  const { areas } = await pack();
  expect(
    areas.map(({ area, priorities: those }) => [
      area.name,
      those.map(({ priority, supporters: people }) => [priority.title, people]),
    ]),
  ).toEqual([
    ['Exampleham', [['Robbery', 0]]],
    ['Millbrook', [['Speeding', 2]]],
  ]);
});

describe('how people are answered', () => {
  test('is told of the last whole quarter for which the 72 hours are over', async () => {
    const quarter = async (now: string) => {
      clock.set(now);
      return (await pack()).answers.quarter.to;
    };
    expect(await quarter('2026-11-23T09:30:00.000Z')).toBe('2026-09-30');
    expect(await quarter('2026-10-03T22:59:59.000Z')).toBe('2026-06-30');
    expect(await quarter('2026-10-03T23:00:00.000Z')).toBe('2026-09-30');
  });

  test('counts what was answered in time, late and not at all', async () => {
    await receive(12, 72);
    await receive(7, 73);
    await receive(5, null);
    await receive(30, 1, '2026-06-30T22:59:59.000Z');
    await receive(30, 1, '2026-09-30T23:00:00.000Z');
    await receive(30, null, '2026-11-01T09:00:00.000Z');
    expect((await pack()).answers).toMatchObject({ received: 24, inTime: { kind: 'exact', count: 12 } });
  });

  test('does not move any more, whenever one looks', async () => {
    await receive(12, 72);
    await receive(15, 1200);
    const before = (await pack()).answers;
    clock.set('2026-12-31T23:00:00.000Z');
    await receive(20, 1, '2026-12-01T09:00:00.000Z');
    expect((await pack()).answers).toEqual(before);
  });

  test.each([
    [9, 9, { received: null, inTime: { kind: 'untold' } }],
    [0, 0, { received: null, inTime: { kind: 'untold' } }],
    [19, 12, { received: 19, inTime: { kind: 'untold' } }],
    [30, 9, { received: 30, inTime: { kind: 'few' } }],
    [30, 0, { received: 30, inTime: { kind: 'few' } }],
    [30, 21, { received: 30, inTime: { kind: 'all-but-few' } }],
    [30, 30, { received: 30, inTime: { kind: 'all-but-few' } }],
    [30, 20, { received: 30, inTime: { kind: 'exact', count: 20 } }],
    [30, 10, { received: 30, inTime: { kind: 'exact', count: 10 } }],
  ] as const)('of %i, %i in time', (received, inTime, figures) =>
    expect(tellAnswers(received, inTime)).toEqual(figures),
  );

  test('says nothing from which fewer than ten could be worked out', () => {
    const all = Array.from({ length: 61 }, (_, received) =>
      Array.from({ length: received + 1 }, (_, inTime) => ({ received, inTime, late: received - inTime })),
    ).flat();
    // By what is said, all that could have led to it.
    const possible = Map.groupBy(all, ({ received, inTime }) =>
      JSON.stringify(tellAnswers(received, inTime)),
    );
    for (const [said, those] of possible)
      for (const cell of ['received', 'inTime', 'late'] as const) {
        const values = new Set(those.map((each) => each[cell]));
        if (Math.min(...values) < FEW) expect(values.size, said).toBeGreaterThanOrEqual(FEW);
      }
  });
});

describe('actions', () => {
  const lead = (email: string) => ({ leads: [{ name: 'A lead', email }] });

  beforeEach(async () => {
    const { facts, staff, units, actionPlans } = stores;
    await facts.commit([
      units.toAdd(aUnit({ id: 'millbrook', areas: [WARD] })),
      units.toAdd(aUnit({ id: 'elsewhere', areas: ['E09000998'] })),
      staff.toAdd(anAccount({ email: 'here@folkmoot.example', unit: 'millbrook' })),
      staff.toAdd(anAccount({ email: 'there@folkmoot.example', unit: 'elsewhere' })),
      actionPlans.toAdd(aPlan({ id: 'plan-1' })),
      actionPlans.toAdd(aPlan({ id: 'last-year', from: '2025-04-01', to: '2026-03-31' })),
    ]);
  });

  test('concern a borough by the unit of a lead, or by a link', async () => {
    const linked = { links: [{ title: 'Northgate', href: '/areas/E05099902' }] };
    const added = [
      anAction({ text: 'Led here', ...lead('here@folkmoot.example') }),
      anAction({ text: 'Led elsewhere', ...lead('there@folkmoot.example') }),
      anAction({ text: 'Linked', ...lead('there@folkmoot.example'), ...linked }),
      anAction({ text: 'Nobody’s', leads: [{ name: 'Somebody', email: null }] }),
      anAction({ text: 'Dropped', ...lead('here@folkmoot.example'), status: 'dropped', reason: 'No' }),
      anAction({ text: 'Carried over', ...lead('here@folkmoot.example'), carriedTo: 'another' }),
      anAction({ text: 'Of last year', ...lead('here@folkmoot.example'), plan: 'last-year' }),
    ];
    await stores.facts.commit(added.map((action) => stores.actions.toAdd(action)));
    const { actions } = await pack();
    expect(actions.map(({ action }) => action.text).toSorted()).toEqual(['Led here', 'Linked']);
    expect(actions[0]).toMatchObject({ due: '2027-03-31', overdue: false });
  });
});
