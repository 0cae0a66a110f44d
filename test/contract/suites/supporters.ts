import { describe, expect, test } from 'vitest';
import { WARD } from '#test/support/stores/records.ts';
import type { OpenStores } from '#test/support/stores/stores.ts';

export const describeSupporters = (open: OpenStores) =>
  describe('supporters', () => {
    test('counts people by area and priority, up and down', async () => {
      const { facts, supporters } = await open();
      const count = (area: string, priority: string, people: 1 | -1) =>
        facts.commit([supporters.toCount(area, priority, people)]);
      for (let person = 0; person < 9; person += 1) await count(WARD, 'p-1', 1);
      await count(WARD, 'p-2', 1);
      await count('E05099902', 'p-3', 1);
      expect(await supporters.countsOf(WARD)).toEqual(
        new Map([
          ['p-1', 9],
          ['p-2', 1],
        ]),
      );
      await count(WARD, 'p-1', -1);
      await count(WARD, 'p-2', -1);
      expect(await supporters.countsOf(WARD)).toEqual(new Map([['p-1', 8]]));
      expect(await supporters.countsOf('E05099903')).toEqual(new Map());
    });

    test('moves a person from one priority to another in one commit', async () => {
      const { facts, supporters } = await open();
      await facts.commit([supporters.toCount(WARD, 'p-1', 1)]);
      await facts.commit([supporters.toCount(WARD, 'p-2', 1), supporters.toCount(WARD, 'p-1', -1)]);
      expect(await supporters.countsOf(WARD)).toEqual(new Map([['p-2', 1]]));
    });
  });
