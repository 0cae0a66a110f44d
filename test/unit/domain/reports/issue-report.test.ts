import { beforeEach, describe, expect, test } from 'vitest';
import { editAction } from '#domain/actions/edit-action.ts';
import { recordProgress } from '#domain/actions/record-progress.ts';
import { type IssuePorts, issueReport } from '#domain/reports/issue-report.ts';
import type { Actor } from '#domain/staff/actor.ts';
import { CountingIds } from '#test/support/counting-ids.ts';
import { FixedClock } from '#test/support/fixed-clock.ts';
import { openMemoryStores } from '#test/support/stores/memory-stores.ts';
import { make, PLAN, told } from './world.ts';

const UNIT = { id: 'engagement', name: 'Engagement unit' };
const COORDINATOR: Actor = {
  ...{ email: 'coordinator@folkmoot.example', post: 'Coordinator', roles: ['coordinator'], unit: UNIT },
  areas: [],
};
const DEED = { by: COORDINATOR, correlationId: 'c-1' };
const SEPTEMBER = { kind: 'committee', asOf: '2026-09-30' } as const;

let ports: ReturnType<typeof openMemoryStores> & Pick<IssuePorts, 'ids'>;
let clock: FixedClock;
const action = make('a1', { status: 'in-progress', rag: 'green' });

beforeEach(async () => {
  clock = new FixedClock('2026-09-30T16:00:00.000Z');
  ports = { ...openMemoryStores(clock), ids: new CountingIds() };
  await ports.facts.commit([ports.actionPlans.toAdd(PLAN), ports.actions.toAdd(action)]);
});

const issue = (
  id: string,
  wanted: Parameters<ReturnType<typeof issueReport>>[2] = SEPTEMBER,
  by = COORDINATOR,
) => issueReport(ports)(id, PLAN.id, wanted, { ...DEED, by });

describe('an issued report', () => {
  test('stays as it is, whatever becomes of the actions', async () => {
    await issue('report-1');
    const before = await ports.reports.find('report-1');
    clock.set('2026-10-20T09:00:00.000Z');
    const deed = { ...DEED, version: 1 };
    await recordProgress(ports)('a1', { text: 'In trouble', standing: 'red', met: [] }, deed);
    await editAction(ports)('a1', { text: 'Something else', budget: 5 }, { ...deed, version: 2 });
    expect(await ports.reports.find('report-1')).toEqual(before);
    expect(before?.report.actions[0]).toMatchObject({ text: action.text, rag: 'green', budget: null });
  });

  test('is issued once, however often the button is pressed', async () => {
    const [first, second] = [await issue('report-1'), await issue('report-1')];
    expect(second).toEqual(first);
    const together = await Promise.all([issue('report-2'), issue('report-2'), issue('report-2')]);
    expect(new Set(together.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(await ports.reports.ofPlan(PLAN.id)).toHaveLength(2);
    const trail = await ports.audit.ofDay('2026-09-30');
    expect(trail.filter(({ deed }) => deed === 'issue report')).toHaveLength(2);
  });

  test('is in the trail: who issued which', async () => {
    await issue('report-1');
    const [entry] = await ports.audit.ofDay('2026-09-30');
    expect(entry).toMatchObject({
      deed: 'issue report',
      actor: { kind: 'staff', email: COORDINATOR.email },
      record: { kind: 'report', id: 'report-1' },
      after: { plan: PLAN.id, kind: 'committee', asOf: '2026-09-30' },
      change: { actions: 1, since: null },
    });
  });

  test('is compared with the last one of its kind about an earlier day', async () => {
    await issue('june', { kind: 'committee', asOf: '2026-06-30' });
    await issue('july', { kind: 'board', asOf: '2026-07-31' });
    await issue('same-day');
    await issue('later');
    const found = await ports.reports.find('later');
    expect(found?.report.since).toEqual({ id: 'june', asOf: '2026-06-30' });
  });

  test('reads the entries of an action back to its day', async () => {
    const entries = Array.from({ length: 45 }, (_, at) =>
      told('a1', `2026-10-01T10:${String(at + 10)}:00.000Z`, { rag: 'red' }),
    );
    const before = told('a1', '2026-08-01T09:00:00.000Z', { rag: 'amber', text: 'In August' });
    await ports.facts.commit([before, ...entries].map((entry) => ports.progressEntries.toAdd(entry)));
    clock.set('2026-10-05T09:00:00.000Z');
    await issue('report-1');
    const found = await ports.reports.find('report-1');
    expect(found?.report.actions[0]).toMatchObject({ rag: 'amber', progress: { text: 'In August' } });
  });
});

describe('is refused', () => {
  test.each([
    ['for a day to come', 'report-1', { kind: 'committee', asOf: '2026-10-01' }, COORDINATOR],
    ['for a day before the plan', 'report-1', { kind: 'committee', asOf: '2026-03-31' }, COORDINATOR],
    ['to others than coordinators', 'report-1', SEPTEMBER, { ...COORDINATOR, roles: ['member'] as const }],
  ] as const)('%s', async (_, id, wanted, by) => {
    expect(await issue(id, wanted, by)).toMatchObject({ ok: false });
    expect(await ports.reports.ofPlan(PLAN.id)).toEqual([]);
  });

  test('for a plan that is not there, and under the id of another plan’s report', async () => {
    expect(await issueReport(ports)('report-1', 'no-plan', SEPTEMBER, DEED)).toMatchObject({ ok: false });
    await ports.facts.commit([ports.actionPlans.toAdd({ ...PLAN, id: 'plan-2' })]);
    await issueReport(ports)('report-1', 'plan-2', SEPTEMBER, DEED);
    expect(await issue('report-1')).toMatchObject({ ok: false });
  });
});
