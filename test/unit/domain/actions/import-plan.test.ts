import { beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '#adapters/system/digest.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { understandWorkbook } from '#domain/actions/import/understand-plan.ts';
import { GONE, importPlan, type PlanImport } from '#domain/actions/import-plan.ts';
import { progressBy, stateAt } from '#domain/reports/state-at.ts';
import { londonDate } from '#domain/shared/clock.ts';
import { addDays } from '#domain/shared/days.ts';
import type { Write } from '#domain/shared/facts.ts';
import { operator } from '#domain/staff/doer.ts';
import { aSheet, aWorkbook } from '#test/support/sheets/sheets.ts';
import { openMemoryStores } from '#test/support/stores/memory-stores.ts';
import { aPlan } from '#test/support/stores/records.ts';

const plan = { title: 'Engagement plan', from: '2010-05-01', to: '2011-04-30' };

let stores: ReturnType<typeof openMemoryStores>;
/** Commits that are made before the store fails, as it does when a process is killed. */
let commitsLeft: number;

beforeEach(() => {
  stores = openMemoryStores();
  commitsLeft = Number.POSITIVE_INFINITY;
});

const ports = () => ({
  ...stores,
  ids: systemIds,
  digest: sha256,
  facts: {
    commit: async (writes: readonly Write[]) => {
      commitsLeft -= 1;
      if (commitsLeft < 0) throw new Error('killed');
      return stores.facts.commit(writes);
    },
  },
});

const run = (rows: readonly string[][], changes: Partial<PlanImport> = {}) => {
  const understood = understandWorkbook(aWorkbook(aSheet(rows)), { period: plan, officers: [] });
  if (!understood.ok) throw new Error(understood.error.problem);
  const wanted = {
    plan,
    unit: 'central',
    understood: understood.value,
    leaveQuestions: false,
    dropped: [],
    ...changes,
  };
  return importPlan(ports())(wanted, { by: operator, correlationId: 'c' });
};

const stored = async () => {
  const [first] = await stores.actionPlans.list();
  return first ? stores.actions.ofPlan(first.id) : [];
};

const HEADER = ['Action', 'Lead', 'Timescale', 'Progress', 'RAG'];
const ROWS = [
  HEADER,
  ['Paint', 'Ann <ann@folkmoot.example>', 'March 2011', 'Begun', 'Amber'],
  ['Sweep', 'Bob', 'Ongoing', '', ''],
];

describe('the import of a plan', () => {
  it('begins it with its actions, what was told of them, their clocks and its trail', async () => {
    const imported = await run(ROWS);
    expect(imported).toMatchObject({ ok: true, value: { plan: { ...plan, unit: 'central' } } });
    const [paint, sweep] = await stored();
    expect(paint).toMatchObject({ position: 1, text: 'Paint', rag: 'amber', status: 'in-progress' });
    expect(sweep).toMatchObject({
      position: 2,
      text: 'Sweep',
      status: 'in-progress',
      timescale: { ongoing: true },
    });
    expect((await stores.progressEntries.of(paint?.id ?? '', { after: null, size: 9 })).items).toMatchObject([
      { text: 'Begun', by: null, rag: 'amber', status: 'in-progress' },
    ]);
    const [due] = await stores.duties.of(paint?.id ?? '');
    expect(due).toMatchObject({ due: '2011-03-31', owners: ['ann@folkmoot.example'] });
    expect(due?.nextOn).not.toBeNull();
    const day = stores.clock.now().slice(0, 10);
    expect((await stores.audit.ofDay(day)).map(({ deed, actor }) => [deed, actor.kind])).toEqual([
      ['import action', 'operator'],
      ['import action', 'operator'],
      ['begin plan', 'operator'],
    ]);
  });

  it('dates a colour and a state that come without a report, for reports about days in the past', async () => {
    await run([HEADER, ['Paint', 'Ann', 'March 2011', '', 'Red'], ['Count', 'Bob', 'March 2011', '', '']]);
    const [paint, count] = await stored();
    if (!paint || !count) throw new Error('Nothing was stored');
    expect(paint).toMatchObject({ rag: 'red', status: 'not-started', progressAt: null });
    const { items } = await stores.progressEntries.of(paint.id, { after: null, size: 9 });
    expect(items).toMatchObject([{ text: '', by: null, rag: 'red', status: 'not-started' }]);
    expect((await stores.progressEntries.of(count.id, { after: null, size: 9 })).items).toEqual([]);
    const asOf = londonDate(stores.clock.now());
    const later = addDays(asOf, 2);
    const reported = { id: 'later', action: paint.id, at: `${later}T12:00:00.000Z`, by: null, text: 'Done' };
    const entries = [...items, { ...reported, rag: 'green' as const, status: 'complete' as const }];
    const now = { ...paint, rag: 'green' as const, status: 'complete' as const };
    const then = stateAt(now, progressBy(entries, asOf), { asOf, now: `${later}T13:00:00.000Z` });
    expect(then).toMatchObject({ action: { rag: 'red', status: 'not-started' }, doubts: [] });
  });

  it('changes nothing the second time', async () => {
    await run(ROWS);
    const before = await stored();
    const again = await run(ROWS);
    expect(again).toMatchObject({
      value: { comparison: { added: [], changed: [], gone: [], unchanged: 2 } },
    });
    expect(await stored()).toEqual(before);
    expect(await stores.actionPlans.list()).toHaveLength(1);
  });

  it('merges a newer file: history stays, what is gone stays unless somebody drops it', async () => {
    await run(ROWS);
    const [, sweep] = await stored();
    const newer = [
      HEADER,
      ['Paint', 'Ann', 'March 2011', 'Half done', 'Green'],
      ['Count', 'Cara', 'June 2010', '', ''],
    ];
    expect(await run(newer)).toMatchObject({ value: { comparison: { gone: [{ text: 'Sweep' }] } } });
    const [paint, kept, count] = await stored();
    expect(paint).toMatchObject({
      rag: 'green',
      leads: [{ name: 'Ann', email: 'ann@folkmoot.example' }],
      version: 2,
    });
    expect([kept, count?.text, count?.position]).toEqual([sweep, 'Count', 3]);
    const told = await stores.progressEntries.of(paint?.id ?? '', { after: null, size: 9 });
    expect(told.items.map(({ text, rag }) => [text, rag]).sort()).toEqual([
      ['Begun', 'amber'],
      ['Half done', 'green'],
    ]);
    await run(newer, { dropped: [sweep?.id ?? ''] });
    expect((await stored())[1]).toMatchObject({ status: 'dropped', reason: GONE });
    expect(await stores.duties.of(sweep?.id ?? '')).toEqual([]);
    expect(await run(newer)).toMatchObject({ value: { comparison: { gone: [] } } });
  });

  it('stores nothing while there is a question, unless it is left with its action', async () => {
    const rows = [HEADER, ['Paint', '', 'soon', '', ''], ['Sweep', '', '', '', '']];
    expect(await run(rows)).toMatchObject({ ok: false, error: { name: 'FileNotClear' } });
    expect(await stores.actionPlans.list()).toEqual([]);
    expect(await run(rows, { leaveQuestions: true })).toMatchObject({ ok: true });
    expect((await stored()).map(({ questions }) => questions)).toEqual([
      [{ column: 'timescale', text: 'soon', why: 'timescale.vague' }],
      [],
    ]);
    // Asked once: the same file has no question any more.
    expect(await run(rows)).toMatchObject({ ok: true, value: { comparison: { unchanged: 2 } } });
  });

  it('stores nothing while something is refused', async () => {
    expect(await run([HEADER, ['', 'Ann', '', '', '']], { leaveQuestions: true })).toMatchObject({
      ok: false,
    });
  });

  it('shows nothing before it is whole, and goes on where it was interrupted', async () => {
    const rows = [
      HEADER,
      ...Array.from({ length: 120 }, (_, at) => [
        `Action ${at}`,
        `Ann ${at} <a${at}@folkmoot.example>`,
        'March 2011',
        'Begun',
        'Red',
      ]),
    ];
    for (let kills = 1; ; kills += 1) {
      commitsLeft = 2;
      const outcome = await run(rows).catch(() => null);
      if (outcome?.ok) break;
      expect(await stores.actionPlans.list()).toEqual([]);
      expect(kills).toBeLessThan(40);
    }
    const actions = await stored();
    expect(actions.map(({ text }) => text).sort()).toEqual(
      rows
        .slice(1)
        .map(([text]) => text)
        .sort(),
    );
    expect(new Set(actions.map(({ position }) => position)).size).toBe(120);
    for (const { id } of actions)
      expect((await stores.progressEntries.of(id, { after: null, size: 9 })).items).toHaveLength(1);
  });

  it('is done once when two do it at the same time', async () => {
    const outcomes = await Promise.all([run(ROWS), run(ROWS)]);
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true]);
    expect(await stored()).toHaveLength(2);
  });

  it('refuses a file that may be of several plans, and names them', async () => {
    const alike = [aPlan(plan), aPlan({ ...plan, title: ` ${plan.title.toUpperCase()}` })];
    await stores.facts.commit(alike.map((each) => stores.actionPlans.toAdd(each)));
    expect(await run(ROWS)).toMatchObject({ ok: false, error: { name: 'PlansAlike' } });
    const refused = await run(ROWS);
    const ids = !refused.ok && refused.error.name === 'PlansAlike' ? refused.error.ids : [];
    expect([...ids].sort()).toEqual(alike.map(({ id }) => id).sort());
    for (const { id } of alike) expect(await stores.actions.ofPlan(id)).toEqual([]);
  });

  it('keeps two actions of the same words apart', async () => {
    const rows = [HEADER, ['Paint', 'Ann', '', '', ''], ['Paint', 'Bob', '', '', '']];
    await run(rows);
    expect((await stored()).map(({ leads }) => leads[0]?.name)).toEqual(['Ann', 'Bob']);
    expect(await run(rows)).toMatchObject({ value: { comparison: { unchanged: 2 } } });
  });
});
