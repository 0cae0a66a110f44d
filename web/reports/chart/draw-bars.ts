import type { ByRag } from '#domain/reports/report.ts';
import type { ThemeChart } from '../document.ts';

/** A piece of a bar: so many actions in one colour. */
interface Segment {
  readonly colour: keyof ByRag;
  readonly x: number;
  readonly width: number;
}

/** The bar of one theme, in the units of the drawing. */
interface Bar {
  readonly number: number;
  readonly total: number;
  readonly y: number;
  readonly segments: readonly Segment[];
  /** Where the bar ends. */
  readonly end: number;
}

/** Bars of themes beneath each other: the page and the picture of the file are drawn from the same. */
export interface BarDrawing {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  /** Between top and bottom of a bar. */
  readonly thickness: number;
  readonly bars: readonly Bar[];
}

/** So narrow that its numbers can still be read on a phone. */
const WIDTH = 400;
const LEFT = 40;
const RIGHT = 50;
const STEP = 34;
const THICKNESS = 22;
const EDGE = 6;

const COLOURS = ['red', 'amber', 'green', 'none'] as const;

/** Draws how many actions of each theme have which colour; the longest bar fills the width. */
export const drawBars = ({ themes }: Pick<ThemeChart, 'themes'>): BarDrawing => {
  const totals = themes.map(({ byRag }) => COLOURS.reduce((sum, colour) => sum + byRag[colour], 0));
  const unit = (WIDTH - LEFT - RIGHT) / Math.max(1, ...totals);
  const xAfter = (actions: number) => Math.round(LEFT + actions * unit);
  const bars = themes.map(({ number, byRag }, at): Bar => {
    let before = 0;
    const segments = COLOURS.map((colour) => {
      const x = xAfter(before);
      before += byRag[colour];
      return { colour, x, width: xAfter(before) - x };
    });
    return {
      ...{ number, total: totals[at] ?? 0, y: EDGE + at * STEP },
      segments: segments.filter(({ width }) => width > 0),
      end: xAfter(before),
    };
  });
  const height = 2 * EDGE + Math.max(1, themes.length) * STEP - (STEP - THICKNESS);
  return { width: WIDTH, height, left: LEFT, thickness: THICKNESS, bars };
};
