import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LaptopStore, startLaptopStore } from './laptop-store.ts';

/** The 33 files of London, where somebody has put them beside the project. */
const LONDON = fileURLToPath(new URL('../../../../shared/data/wards', import.meta.url));

const header = (year: number) => `WD${year}CD,WD${year}NM,LAD${year}CD,LAD${year}NM`;
const row = (ward: number, name: string, borough: number) =>
  `E0590${String(ward).padStart(4, '0')},${name},E0990000${borough},Borough ${borough}`;

let laptop: LaptopStore;

const areas = async () => (await (await laptop.open()).areas.directory()).all();

beforeAll(async () => {
  laptop = await startLaptopStore();
});

afterAll(() => laptop.close());

describe('npx folkmoot import areas', () => {
  it('loads a list, and changes nothing when it is loaded again', async () => {
    const file = laptop.write('a.csv', [header(25), row(1, 'One', 1), row(2, 'Two', 1)].join('\r\n'));
    const first = await laptop.run(['import', 'areas', file]);
    expect(first).toEqual({ code: 0, out: '3 added, 0 changed, 0 superseded, 0 unchanged\n', err: '' });
    const before = await areas();
    const second = await laptop.run(['import', 'areas', file]);
    expect(second).toEqual({ code: 0, out: '0 added, 0 changed, 0 superseded, 3 unchanged\n', err: '' });
    expect(await areas()).toEqual(before);
  });

  it('supersedes the codes that a newer list no longer has, and keeps them', async () => {
    const file = laptop.write('b.csv', [header(26), row(1, 'One', 1), row(3, 'Two', 1)].join('\n'));
    const { code, out } = await laptop.run(['import', 'areas', file]);
    expect({ code, out }).toEqual({
      code: 0,
      out: 'superseded: E05900002 Two, now E05900003\n1 added, 2 changed, 1 superseded, 0 unchanged\n',
    });
    const gone = (await areas()).find(({ code: of }) => of === 'E05900002');
    expect(gone).toMatchObject({ edition: 2025, superseded: { by: ['E05900003'] } });
  });

  it('stores nothing of what it was given when one row is refused', async () => {
    const before = await areas();
    const good = laptop.write('good.csv', [header(25), row(10, 'Ten', 2)].join('\n'));
    const bad = laptop.write('bad.csv', [header(25), row(11, '', 3)].join('\n'));
    const { code, out, err } = await laptop.run(['import', 'areas', good, bad]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('bad.csv, row 2, column WD25NM: the name is missing.');
    expect(await areas()).toEqual(before);
  });

  it('completes what a kill has interrupted', async () => {
    const wards = Array.from({ length: 1200 }, (_, index) => row(5000 + index, `Ward ${index}`, 4));
    const file = laptop.write('many.csv', [header(25), ...wards].join('\n'));
    const before = (await areas()).length;
    const killed = await laptop.run(['import', 'areas', file], { killAtWrite: 10 });
    expect(killed.code).toBeNull();
    const stored = (await areas()).length - before;
    expect(stored).toBeGreaterThan(0);
    expect(stored).toBeLessThan(1201);
    const again = await laptop.run(['import', 'areas', file]);
    expect(again.out).toBe(`${1201 - stored} added, 0 changed, 0 superseded, ${stored} unchanged\n`);
    expect((await areas()).length - before).toBe(1201);
  });

  it.skipIf(!existsSync(LONDON))('loads all of London in a few seconds', async () => {
    const files = readdirSync(LONDON).map((name) => join(LONDON, name));
    const startedAt = performance.now();
    const first = await laptop.run(['import', 'areas', ...files]);
    expect(first).toMatchObject({ code: 0, out: '737 added, 0 changed, 0 superseded, 0 unchanged\n' });
    expect(performance.now() - startedAt).toBeLessThan(30_000);
    const second = await laptop.run(['import', 'areas', ...files]);
    expect(second.out).toBe('0 added, 0 changed, 0 superseded, 737 unchanged\n');
  });
});
