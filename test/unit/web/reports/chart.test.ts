import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Bitmap } from '#web/reports/chart/bitmap.ts';
import { drawBars } from '#web/reports/chart/draw-bars.ts';
import { encodePng } from '#web/reports/chart/encode-png.ts';
import { paintBars, paintSample, SCALE } from '#web/reports/chart/paint-bars.ts';
import { decodePng } from './decode-png.ts';

const theme = (number: number, red: number, amber: number, green: number, none: number) => ({
  number,
  byRag: { red, amber, green, none },
});

const DARK = [11, 12, 12, 255];
const WHITE = [255, 255, 255, 255];

describe('a PNG file', () => {
  test('has the parts that the standard asks for', () => {
    const { signature, types, format, filters, bytes } = decodePng(encodePng(new Bitmap(5, 3)));
    expect(signature).toBe('89504e470d0a1a0a');
    expect(types).toEqual(['IHDR', 'IDAT', 'IEND']);
    // Eight bits, with opacity, deflate, the usual filters, not interlaced.
    expect(format).toEqual([8, 6, 0, 0, 0]);
    expect([...filters]).toEqual([0]);
    expect(bytes).toBe(3 * (5 * 4 + 1));
  });

  test('shows every pixel that was painted', () => {
    const size = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(size, size, fc.integer({ min: 1, max: 7 }), (width, height, step) => {
        const bitmap = new Bitmap(width, height);
        bitmap.fill(0, 0, width, height, (x, y) => [(x * step) % 256, y, (x + y) % 256]);
        const png = decodePng(encodePng(bitmap));
        expect([png.width, png.height]).toEqual([width, height]);
        for (let y = 0; y < height; y += 1)
          for (let x = 0; x < width; x += 1) expect(png.at(x, y)).toEqual([...bitmap.at(x, y), 255]);
      }),
    );
  });
});

describe('the bars of themes', () => {
  const drawing = drawBars({ themes: [theme(1, 2, 1, 1, 0), theme(2, 0, 0, 0, 2), theme(3, 0, 0, 0, 0)] });

  test('are as long as there are actions, one colour after the other', () => {
    expect(drawing.bars.map(({ total }) => total)).toEqual([4, 2, 0]);
    const [first, second, third] = drawing.bars;
    expect(first?.segments.map(({ colour }) => colour)).toEqual(['red', 'amber', 'green']);
    expect(first?.segments.map(({ width }) => width)).toEqual([155, 78, 77]);
    expect(first?.end).toBe(350);
    expect(second?.end).toBe(195);
    expect(third?.segments).toEqual([]);
  });

  test('fill what they stand for, without gaps, whatever the counts are', () => {
    const count = fc.integer({ min: 0, max: 40 });
    const themes = fc.array(fc.tuple(count, count, count, count), { maxLength: 12 });
    fc.assert(
      fc.property(themes, (counts) => {
        const drawn = drawBars({ themes: counts.map((each, at) => theme(at + 1, ...each)) });
        for (const { segments, end } of drawn.bars) {
          const width = segments.reduce((sum, segment) => sum + segment.width, 0);
          expect(drawn.left + width).toBe(end);
          for (const [at, segment] of segments.entries()) {
            const before = segments[at - 1];
            expect(segment.x).toBe(before ? before.x + before.width : drawn.left);
          }
        }
        for (const { y } of drawn.bars) expect(y + drawn.thickness).toBeLessThanOrEqual(drawn.height);
      }),
    );
  });

  test('are a picture with a pattern for each colour, numbers beside them, and white around', () => {
    const png = decodePng(encodePng(paintBars(drawing)));
    expect([png.width, png.height]).toEqual([drawing.width * SCALE, drawing.height * SCALE]);
    expect(png.at(0, 0)).toEqual(WHITE);
    expect(png.at(png.width - 1, png.height - 1)).toEqual(WHITE);
    const [red, amber, green] = drawing.bars[0]?.segments ?? [];
    const colours = ({ x, width }: { x: number; width: number }, y: number) => {
      const found = new Map<string, number>();
      for (let column = (x + 2) * SCALE; column < (x + width - 2) * SCALE; column += 1)
        for (let row = (y + 2) * SCALE; row < (y + drawing.thickness - 2) * SCALE; row += 1) {
          const colour = png.at(column, row).slice(0, 3).join();
          found.set(colour, (found.get(colour) ?? 0) + 1);
        }
      const all = [...found.values()].reduce((sum, count) => sum + count, 0);
      return Object.fromEntries(
        [...found].map(([colour, count]) => [colour, Math.round((100 * count) / all)]),
      );
    };
    // In percent of the area: crossed lines, slanting lines, and none.
    expect(red && colours(red, 6)).toEqual({ '244,205,198': 57, '11,12,12': 43 });
    expect(amber && colours(amber, 6)).toEqual({ '252,214,195': 75, '11,12,12': 25 });
    expect(green && colours(green, 6)).toEqual({ '204,226,216': 100 });
    const none = drawing.bars[1]?.segments[0];
    expect(none && colours(none, drawing.bars[1]?.y ?? 0)).toEqual({ '255,255,255': 94, '11,12,12': 6 });
  });

  test('show the numbers of themes as figures', () => {
    const png = decodePng(encodePng(paintBars(drawBars({ themes: [theme(4, 1, 0, 0, 0)] }))));
    const top = 6 * SCALE + Math.floor((22 * SCALE - 30) / 2);
    const dots = Array.from({ length: 5 }, (_, row) =>
      Array.from({ length: 3 }, (_, column) =>
        png.at(column * 6 + 3, top + row * 6 + 3).join() === DARK.join() ? '#' : '.',
      ).join(''),
    );
    expect(dots).toEqual(['#.#', '#.#', '###', '..#', '..#']);
  });

  test('have a key of the same patterns', () => {
    const png = decodePng(encodePng(paintSample('green', 40, 18)));
    expect([png.width, png.height]).toEqual([40 * SCALE, 18 * SCALE]);
    expect(png.at(0, 0)).toEqual(DARK);
    expect(png.at(60, 27)).toEqual([204, 226, 216, 255]);
  });
});
