import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MemoryAreas } from '#adapters/memory/areas.ts';
import type { Area } from '#domain/areas/area.ts';
import { AreaDirectory } from '#domain/areas/area-directory.ts';
import { compareAreas, importAreas, type WardListed } from '#domain/areas/import-areas.ts';
import { FixedClock } from '#test/support/fixed-clock.ts';

const TODAY = '2026-11-23';
const CAMDEN = { code: 'E09000007', name: 'Camden' };
const BRENT = { code: 'E09000005', name: 'Brent' };

const aWard = (code: string, name: string, edition = 2025, borough = CAMDEN): WardListed => ({
  code: `E0500000${code}`,
  name,
  borough,
  edition,
});

const importing = () => {
  const areas = new MemoryAreas();
  const bring = importAreas({ areas, clock: new FixedClock() });
  return { areas, bring: (wards: readonly WardListed[], dryRun = false) => bring(wards, { dryRun }) };
};

const count = ({
  added,
  changed,
  superseded,
  unchanged,
  older,
}: Awaited<ReturnType<ReturnType<typeof importAreas>>>) => ({
  added: added.length,
  changed: changed.length,
  superseded: superseded.length,
  unchanged,
  older: older.length,
});

describe('importing areas', () => {
  test('adds a borough and its wards; the same list again changes nothing', async () => {
    const { areas, bring } = importing();
    const list = [aWard('1', 'Belsize'), aWard('2', 'Gospel Oak')];
    expect(count(await bring(list))).toEqual({ added: 3, changed: 0, superseded: 0, unchanged: 0, older: 0 });
    const before = (await areas.directory()).all();
    expect(count(await bring(list))).toEqual({ added: 0, changed: 0, superseded: 0, unchanged: 3, older: 0 });
    expect((await areas.directory()).all()).toEqual(before);
    expect(await areas.find('E09000007')).toMatchObject({ kind: 'borough', borough: null, edition: 2025 });
  });

  test('of a newer list supersedes what is gone by the ward that took its name', async () => {
    const { areas, bring } = importing();
    await bring([aWard('1', 'Belsize'), aWard('2', 'Gospel Oak'), aWard('3', 'Haverstock')]);
    const changes = await bring([aWard('4', 'Belsize', 2026), aWard('3', 'Haverstock', 2026)]);
    expect(count(changes)).toEqual({ added: 1, changed: 2, superseded: 2, unchanged: 0, older: 0 });
    expect((await areas.find('E05000001'))?.superseded).toEqual({ on: TODAY, by: ['E05000004'] });
    expect((await areas.find('E05000002'))?.superseded).toEqual({ on: TODAY, by: [] });
    expect((await areas.directory()).wardsOf(CAMDEN.code).map(({ name }) => name)).toEqual([
      'Belsize',
      'Haverstock',
    ]);
  });

  test('of an older list leaves its borough alone, and says so', async () => {
    const { areas, bring } = importing();
    await bring([aWard('1', 'Belsize', 2026)]);
    const before = (await areas.directory()).all();
    const changes = await bring([
      aWard('1', 'Belsise', 2024),
      aWard('9', 'Old', 2024),
      aWard('5', 'Kilburn', 2024, BRENT),
    ]);
    expect(changes.older).toEqual([{ borough: CAMDEN.code, stored: 2026, brought: 2024 }]);
    expect(changes.added.map(({ name }) => name)).toEqual(['Brent', 'Kilburn']);
    expect(
      (await areas.directory()).all().filter(({ code }) => !changes.added.some((area) => area.code === code)),
    ).toEqual(before);
  });

  test('keeps teams, and brings back a ward that a later list has again', async () => {
    const { areas, bring } = importing();
    await bring([aWard('1', 'Belsize'), aWard('2', 'Gospel Oak')]);
    const team = { name: 'Belsize team', mailbox: 'belsize@folkmoot.example' };
    await areas.save([{ ...((await areas.find('E05000001')) as Area), team }]);
    await bring([aWard('2', 'Gospel Oak', 2026)]);
    expect((await areas.find('E05000001'))?.superseded).not.toBeNull();
    await bring([aWard('1', 'Belsize Park', 2027), aWard('2', 'Gospel Oak', 2027)]);
    expect(await areas.find('E05000001')).toMatchObject({
      name: 'Belsize Park',
      team,
      superseded: null,
      edition: 2027,
    });
  });

  test('moves a ward to another borough without superseding it, in whatever order the lists come', async () => {
    for (const order of [1, -1]) {
      const { areas, bring } = importing();
      await bring([aWard('1', 'Kilburn'), aWard('2', 'Belsize'), aWard('3', 'Harlesden', 2025, BRENT)]);
      const lists = [
        aWard('2', 'Belsize', 2026),
        aWard('3', 'Harlesden', 2026, BRENT),
        aWard('1', 'Kilburn', 2026, BRENT),
      ];
      expect(count(await bring(order === 1 ? lists : lists.toReversed()))).toMatchObject({
        superseded: 0,
        changed: 5,
      });
      expect(await areas.find('E05000001')).toMatchObject({ borough: BRENT.code, superseded: null });
    }
  });

  test('only tells when it is a dry run, and reports progress when it is not', async () => {
    const areas = new MemoryAreas();
    const bring = importAreas({ areas, clock: new FixedClock() });
    const list = [aWard('1', 'Belsize'), aWard('2', 'Gospel Oak')];
    const steps: [number, number][] = [];
    const progress = (stored: number, of: number) => steps.push([stored, of]);
    expect((await bring(list, { dryRun: true, progress })).added).toHaveLength(3);
    expect((await areas.directory()).all()).toEqual([]);
    expect(steps).toEqual([]);
    await bring(list, { dryRun: false, progress });
    expect(steps.at(-1)).toEqual([3, 3]);
    await bring([], { dryRun: false, progress });
    expect(steps.at(-1)).toEqual([3, 3]);
  });

  const code = (prefix: string) =>
    fc.integer({ min: 0, max: 40 }).map((n) => `${prefix}${String(n).padStart(6, '0')}`);
  const name = fc.constantFrom('Abbey', 'Belsize', 'Church End', 'Dollis Hill', 'Elm');
  const boroughs = fc.constantFrom(CAMDEN, BRENT, { code: 'E09000030', name: 'Tower Hamlets' });
  const edition = fc.integer({ min: 2020, max: 2028 });
  // A list has one edition, each ward once, and a ward lies in one borough.
  const aList = edition.chain((year) =>
    fc.uniqueArray(fc.record({ code: code('E05'), name, borough: boroughs, edition: fc.constant(year) }), {
      selector: (ward) => ward.code,
      maxLength: 12,
    }),
  );

  test('twice is the same as once, whatever came before', () => {
    fc.assert(
      fc.property(fc.array(aList, { minLength: 1, maxLength: 5 }), (lists) => {
        const stored = new Map<string, Area>();
        const bring = (list: readonly WardListed[]) => {
          const changes = compareAreas(new AreaDirectory([...stored.values()]), list, TODAY);
          const toStore = [...changes.added, ...changes.changed, ...changes.superseded];
          expect(new Set(toStore.map((area) => area.code)).size, 'each area is stored once').toBe(
            toStore.length,
          );
          for (const area of toStore) stored.set(area.code, area);
          return toStore.length;
        };
        for (const list of lists) {
          bring(list);
          expect(bring(list)).toBe(0);
        }
      }),
    );
  });
});
