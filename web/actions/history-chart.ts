import type { Progress } from '#domain/actions/action.ts';
import { type Rag, rags } from '#domain/actions/rag.ts';

/** A step line of colours over time, in the units of its own drawing. */
export interface HistoryChart {
  readonly width: number;
  readonly height: number;
  /** Where the lines begin. */
  readonly left: number;
  /** Where each colour has its line, with its word beside it. */
  readonly levels: readonly { readonly rag: Rag; readonly y: number }[];
  readonly points: readonly {
    readonly x: number;
    readonly y: number;
    readonly rag: Rag;
    readonly at: string;
  }[];
  /** For `points` of a polyline. */
  readonly line: string;
}

// About a phone's width, so that words can be read there.
const WIDTH = 360;
const LEFT = 64;
const RIGHT = 20;
const TOP = 20;
const STEP = 40;

/** Green on top. */
const LEVELS: readonly Rag[] = rags.toReversed();

const levelOf = (rag: Rag): number => TOP + LEVELS.indexOf(rag) * STEP;

type Coloured = Progress & { readonly rag: Rag };

/** Draws how the officer's colour went, from entries with the newest first; null with fewer than two. */
export const historyChart = (entries: readonly Progress[]): HistoryChart | null => {
  const coloured = entries.filter((entry): entry is Coloured => entry.rag !== null).toReversed();
  const [first, last] = [coloured[0], coloured.at(-1)];
  if (!first || !last || coloured.length < 2) return null;
  const [begin, end] = [Date.parse(first.at), Date.parse(last.at)];
  const scale = (WIDTH - LEFT - RIGHT) / Math.max(1, end - begin);
  const points = coloured.map(({ at, rag }) => ({
    ...{ at, rag },
    x: Math.round(LEFT + (Date.parse(at) - begin) * scale),
    y: levelOf(rag),
  }));
  const steps = points.flatMap(({ x, y }, index) => {
    const before = points[index - 1];
    return before ? [`${x},${before.y}`, `${x},${y}`] : [`${x},${y}`];
  });
  return {
    width: WIDTH,
    left: LEFT,
    height: TOP * 2 + STEP * (LEVELS.length - 1),
    levels: LEVELS.map((rag) => ({ rag, y: levelOf(rag) })),
    points,
    line: steps.join(' '),
  };
};
