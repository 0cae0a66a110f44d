import { beforeEach, describe, expect, test } from 'vitest';
import { ClosedReasonMissing, PriorityUnknown } from '#domain/priorities/change-priority.ts';
import { isOpenToSupport, priorityStatuses } from '#domain/priorities/priority.ts';
import { ChangedMeanwhile } from '#domain/shared/changed-meanwhile.ts';
import { aPriority, BOROUGH } from '#test/support/stores/records.ts';
import { aPractitioner, OTHER_WARD, openWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});

const UPDATE = {
  update: 'We walked it with the council.',
  status: 'in-progress',
  closedReason: null,
} as const;

describe('telling about a priority', () => {
  test('adds a dated update and sets the status', async () => {
    const priority = await world.addPriority();
    const changed = await world.change(priority.id, UPDATE, world.deed(priority));
    const expected = {
      ...priority,
      status: 'in-progress',
      updates: [{ at: '2026-11-23T09:30:00.000Z', text: UPDATE.update }],
      version: 2,
    };
    expect(changed).toEqual({ ok: true, value: expected });
    expect(await world.priorities.find(priority.id)).toEqual(expected);
    expect(await world.audit.ofDay('2026-11-23')).toMatchObject([
      {
        deed: 'change priority',
        before: { status: 'adopted', updates: { count: 0 } },
        after: { status: 'in-progress', updates: { count: 1 } },
      },
    ]);
  });

  test('keeps earlier updates, and adds none when only the status changes', async () => {
    const priority = await world.addPriority({
      updates: [{ at: '2026-11-20T09:00:00.000Z', text: 'First.' }],
    });
    const changed = await world.change(priority.id, { ...UPDATE, update: '' }, world.deed(priority));
    expect(changed).toMatchObject({ value: { updates: priority.updates, status: 'in-progress' } });
  });

  test('closes with a reason, and forgets the reason when it opens again', async () => {
    const priority = await world.addPriority();
    const close = { update: '', status: 'closed', closedReason: 'The gate was built.' } as const;
    expect(await world.change(priority.id, close, world.deed(priority))).toMatchObject({
      value: { status: 'closed', closedReason: 'The gate was built.' },
    });
    const open = { ...UPDATE, closedReason: 'The gate was built.' };
    expect(await world.change(priority.id, open, world.deed({ version: 2 }))).toMatchObject({
      value: { status: 'in-progress', closedReason: null },
    });
  });

  test.each([null, ''])('does not close for the reason %j', async (closedReason) => {
    const priority = await world.addPriority();
    expect(
      await world.change(priority.id, { update: 'x', status: 'closed', closedReason }, world.deed(priority)),
    ).toEqual({ ok: false, error: new ClosedReasonMissing() });
  });

  test('refuses what was changed meanwhile, before and at the same moment', async () => {
    const priority = await world.addPriority();
    const outcomes = await Promise.all(
      [1, 2].map(() => world.change(priority.id, UPDATE, world.deed(priority))),
    );
    expect(outcomes.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(await world.change(priority.id, UPDATE, world.deed(priority))).toEqual({
      ok: false,
      error: new ChangedMeanwhile(),
    });
    expect((await world.priorities.find(priority.id))?.updates).toHaveLength(1);
  });

  test('is for those whose areas hold it', async () => {
    const priority = await world.addPriority();
    const unknown = { ok: false, error: new PriorityUnknown() };
    expect(await world.change('nothing', UPDATE, world.deed(priority))).toEqual(unknown);
    for (const by of [
      aPractitioner({ areas: [OTHER_WARD] }),
      aPractitioner({ roles: ['auditor'] }),
      aPractitioner({ roles: [] }),
    ])
      expect(await world.change(priority.id, UPDATE, world.deed(priority, by))).toEqual(unknown);
    const ofBorough = aPractitioner({ areas: [BOROUGH] });
    expect(await world.change(priority.id, UPDATE, world.deed(priority, ofBorough))).toMatchObject({
      ok: true,
    });
  });

  test('takes support while it is adopted or in progress, and no longer', () => {
    expect(priorityStatuses.filter((status) => isOpenToSupport(aPriority({ status })))).toEqual([
      'adopted',
      'in-progress',
    ]);
  });
});
