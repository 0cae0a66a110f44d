import { type BarDrawing, drawBars } from './chart/draw-bars.ts';
import type { ShownDocument } from './document.ts';

/** The drawing of the chart of a page, which has one at most; null when there is none. */
export type ShownCharts = BarDrawing | null;

export const drawCharts = ({ parts }: ShownDocument): ShownCharts => {
  const chart = parts.flatMap(({ blocks }) => blocks).find(({ kind }) => kind === 'chart');
  return chart?.kind === 'chart' ? drawBars(chart) : null;
};
