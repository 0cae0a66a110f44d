import { describe, expect, test } from 'vitest';
import { priorityStatuses } from '#domain/priorities/priority.ts';
import { aPriority, WARD } from '#test/support/stores/records.ts';
import type { OpenStores } from '#test/support/stores/stores.ts';

export const describePriorities = (open: OpenStores) =>
  describe('priorities', () => {
    test('finds what was added, and refuses to add it again', async () => {
      const { facts, priorities } = await open();
      const priority = aPriority({ updates: [{ at: '2026-11-21T10:00:00.000Z', text: 'We were there.' }] });
      expect(await priorities.find(priority.id)).toBeNull();
      expect(await facts.commit([priorities.toAdd(priority)])).toEqual({ refused: null });
      expect(await priorities.find(priority.id)).toEqual(priority);
      expect(await facts.commit([priorities.toAdd({ ...priority, title: 'Other' })])).toEqual({
        refused: 'already-there',
      });
      expect(await priorities.find(priority.id)).toEqual(priority);
    });

    test('lists those of an area, the latest adopted first', async () => {
      const { facts, priorities } = await open();
      const days = ['2026-03-01', '2026-11-20', '2025-12-31'];
      const added = days.map((adoptedOn) => aPriority({ adoptedOn }));
      const elsewhere = aPriority({ area: 'E05099902' });
      for (const priority of [...added, elsewhere]) await facts.commit([priorities.toAdd(priority)]);
      expect((await priorities.ofArea(WARD)).map(({ adoptedOn }) => adoptedOn)).toEqual([
        '2026-11-20',
        '2026-03-01',
        '2025-12-31',
      ]);
      expect(await priorities.ofArea('E05099902')).toEqual([elsewhere]);
      expect(await priorities.ofArea('E05099903')).toEqual([]);
    });

    test('changes a version once', async () => {
      const { facts, priorities } = await open();
      const priority = aPriority();
      await facts.commit([priorities.toAdd(priority)]);
      const changed = { ...priority, status: 'in-progress' as const };
      const answers = await Promise.all([1, 2, 3].map(() => facts.commit([priorities.toChange(changed)])));
      expect(answers.map(({ refused }) => refused).sort()).toEqual([
        'changed-meanwhile',
        'changed-meanwhile',
        null,
      ]);
      expect(await priorities.find(priority.id)).toEqual({ ...changed, version: 2 });
      expect(await priorities.ofArea(WARD)).toEqual([{ ...changed, version: 2 }]);
      expect(await facts.commit([priorities.toChange({ ...changed, version: 2 })])).toEqual({
        refused: null,
      });
    });

    test('refuses to change what is not there', async () => {
      const { facts, priorities } = await open();
      const priority = aPriority();
      expect(await facts.commit([priorities.toChange(priority)])).toEqual({ refused: 'changed-meanwhile' });
      expect(await priorities.find(priority.id)).toBeNull();
    });

    test.each(priorityStatuses)('knows whether a priority that is %s takes support', async (status) => {
      const { facts, priorities } = await open();
      const refused = ['achieved', 'closed'].includes(status) ? 'not-there' : null;
      const added = aPriority({ status });
      const changed = aPriority({ status: refused === null ? 'closed' : 'adopted' });
      await facts.commit([priorities.toAdd(added)]);
      await facts.commit([priorities.toAdd(changed)]);
      await facts.commit([priorities.toChange({ ...changed, status })]);
      // Often enough to meet every shard.
      for (let time = 0; time < 12; time += 1) {
        expect(await facts.commit([priorities.toRequireOpen(added.id)])).toEqual({ refused });
        expect(await facts.commit([priorities.toRequireOpen(changed.id)])).toEqual({ refused });
      }
    });

    test('knows nothing of a priority that never was', async () => {
      const { facts, priorities } = await open();
      expect(await facts.commit([priorities.toRequireOpen('unknown')])).toEqual({ refused: 'not-there' });
      for (const id of ['', '\udc00', 'x'.repeat(3_000)]) expect(await priorities.find(id)).toBeNull();
    });
  });
