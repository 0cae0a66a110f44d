import type { ByRag } from '#domain/reports/report.ts';
import { Bitmap, type Colour, type Paint } from './bitmap.ts';
import type { BarDrawing } from './draw-bars.ts';

/** Pixels for each unit of the drawing: sharp on paper, too. */
export const SCALE = 3;

const DARK: Colour = [11, 12, 12];
const ink: Paint = () => DARK;

/** How far the lines and dots of a pattern are apart, in pixels. */
const GAP = 12;
const LINE = 3;

/** Dark on light wherever `isDark`: each colour has a pattern of its own, so that it can be told without colours. */
const pattern =
  (light: Colour, isDark: (x: number, y: number) => boolean): Paint =>
  (x, y) =>
    isDark(x, y) ? DARK : light;

const isSlope = (x: number, y: number): boolean => (x + y) % GAP < LINE;
const isCounterSlope = (x: number, y: number): boolean => (((x - y) % GAP) + GAP) % GAP < LINE;

/** Crossed lines for red, slanting ones for amber, none for green, and dots where no colour is given. */
const paints: Readonly<Record<keyof ByRag, Paint>> = {
  red: pattern([244, 205, 198], (x, y) => isSlope(x, y) || isCounterSlope(x, y)),
  amber: pattern([252, 214, 195], isSlope),
  green: pattern([204, 226, 216], () => false),
  none: pattern([255, 255, 255], (x, y) => x % GAP < LINE && y % GAP < LINE),
};

/** Ten figures of three by five, row by row: words are in the table beside the chart. */
const FIGURES: readonly (readonly string[])[] = [
  ['111', '101', '101', '101', '111'],
  ['010', '110', '010', '010', '111'],
  ['111', '001', '111', '100', '111'],
  ['111', '001', '111', '001', '111'],
  ['101', '101', '111', '001', '001'],
  ['111', '100', '111', '001', '111'],
  ['111', '100', '111', '101', '111'],
  ['111', '001', '001', '010', '010'],
  ['111', '101', '111', '101', '111'],
  ['111', '101', '111', '001', '111'],
];
const DOT = 6;
const FIGURE_WIDTH = 4 * DOT;
const FIGURE_HEIGHT = 5 * DOT;

const paintFigure = (bitmap: Bitmap, figure: number, x: number, y: number): void => {
  for (const [row, dots] of (FIGURES[figure] ?? []).entries())
    for (const [column, dot] of [...dots].entries())
      if (dot === '1') bitmap.fill(x + column * DOT, y + row * DOT, DOT, DOT, ink);
};

const paintNumber = (bitmap: Bitmap, number: number, x: number, y: number): void => {
  for (const [at, figure] of [...String(number)].entries())
    paintFigure(bitmap, Number(figure), x + at * FIGURE_WIDTH, y);
};

const EDGE = { thick: LINE, paint: ink };

/** A chart as a picture: before each bar the number of its theme, behind it how many actions it stands for. */
export const paintBars = ({ width, height, thickness, bars }: BarDrawing): Bitmap => {
  const bitmap = new Bitmap(width * SCALE, height * SCALE);
  for (const { number, total, y, segments, end } of bars) {
    const [top, tall] = [y * SCALE, thickness * SCALE];
    const middle = top + Math.floor((tall - FIGURE_HEIGHT) / 2);
    paintNumber(bitmap, number, 0, middle);
    for (const { colour, x, width: wide } of segments) {
      bitmap.fill(x * SCALE, top, wide * SCALE, tall, paints[colour]);
      bitmap.frame(x * SCALE, top, wide * SCALE, tall, EDGE);
    }
    paintNumber(bitmap, total, end * SCALE + 2 * DOT, middle);
  }
  return bitmap;
};

/** The pattern of one colour, for the key of a chart. */
export const paintSample = (colour: keyof ByRag, width: number, height: number): Bitmap => {
  const bitmap = new Bitmap(width * SCALE, height * SCALE);
  bitmap.fill(0, 0, bitmap.width, bitmap.height, paints[colour]);
  bitmap.frame(0, 0, bitmap.width, bitmap.height, EDGE);
  return bitmap;
};
