import { describe, expect, test } from 'vitest';
import { anArea, BOROUGH, WARD } from '#test/support/stores/records.ts';
import type { OpenStores } from '#test/support/stores/stores.ts';

const borough = anArea({ code: BOROUGH, name: 'Marshwick', kind: 'borough', borough: null });

export const describeAreas = (open: OpenStores) =>
  describe('areas', () => {
    test('finds what was saved, and nothing else', async () => {
      const { areas } = await open();
      expect((await areas.directory()).all()).toEqual([]);
      const ward = anArea({ team: null });
      const old = anArea({ code: 'E05099902', superseded: { on: '2026-05-01', by: [WARD] } });
      await areas.save([borough, ward, old]);
      expect(await areas.find(WARD)).toEqual(ward);
      expect(await areas.find('E05000000')).toBeNull();
      const directory = await areas.directory();
      expect(directory.all()).toHaveLength(3);
      expect(directory.wardsOf(BOROUGH)).toEqual([ward]);
      expect(directory.find('E05099902')).toEqual(old);
    });

    test('shows a change to whoever has read before', async () => {
      const { areas } = await open();
      await areas.save([borough, anArea({ name: 'Old Name' })]);
      const before = await areas.directory();
      expect(await areas.directory()).toEqual(before);
      await areas.save([anArea({ name: 'New Name' })]);
      expect((await areas.directory()).find(WARD)?.name).toBe('New Name');
      expect((await areas.directory()).boroughs()).toEqual([borough]);
    });

    test('saves many with progress, and again without harm', async () => {
      const { areas } = await open();
      const many = Array.from({ length: 737 }, (_, number) =>
        anArea({ code: `E05${String(number).padStart(6, '0')}`, name: `Ward ${number} of a long name` }),
      );
      const stored: number[] = [];
      await areas.save(many, (number) => stored.push(number));
      await areas.save(many);
      expect(stored.at(-1)).toBe(737);
      expect(stored).toEqual(stored.toSorted((a, b) => a - b));
      expect((await areas.directory()).all()).toHaveLength(737);
    });

    test('finds nothing under a code that is none', async () => {
      const { areas } = await open();
      for (const code of ['', '\ud800', 'x'.repeat(5_000), '\u0000'])
        expect(await areas.find(code)).toBeNull();
    });
  });
