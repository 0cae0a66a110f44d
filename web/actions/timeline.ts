import type { Action } from '#domain/actions/action.ts';
import type { ActionPlan } from '#domain/actions/plan.ts';
import type { Rag } from '#domain/actions/rag.ts';
import type { LocalDate } from '#domain/shared/clock.ts';
import { shorten } from '#domain/shared/text.ts';

interface Bar {
  readonly action: Action;
  /** The words beside it, short enough for the column. */
  readonly words: string;
  readonly y: number;
  /** From the beginning of the plan to the last day; null when nothing has a day. */
  readonly width: number | null;
  readonly rag: Rag | 'none' | 'complete';
  readonly marks: readonly { readonly x: number; readonly due: LocalDate; readonly isMet: boolean }[];
}

/** Actions as bars over the months of a plan, in the units of the drawing. */
export interface Timeline {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
  readonly months: readonly { readonly month: LocalDate; readonly x: number; readonly middle: number }[];
  readonly bars: readonly Bar[];
  /** Null when today is outside. */
  readonly today: number | null;
}

const WIDTH = 1_000;
const LEFT = 330;
const RIGHT = 20;
const TOP = 40;
const ROW = 34;
const WORDS = 42;

/** The first of each month from one day to another. */
const monthsBetween = (from: LocalDate, to: LocalDate): readonly LocalDate[] => {
  const months: LocalDate[] = [];
  const at = new Date(`${from.slice(0, 'yyyy-mm'.length)}-01`);
  while (at.toISOString().slice(0, 'yyyy-mm-dd'.length) <= to) {
    months.push(at.toISOString().slice(0, 'yyyy-mm-dd'.length));
    at.setUTCMonth(at.getUTCMonth() + 1);
  }
  return months;
};

const colourOf = ({ status, rag }: Action): Bar['rag'] =>
  status === 'complete' ? 'complete' : (rag ?? 'none');

/** Draws the actions of a plan. What is due outside of it stands at its edge. */
export const drawTimeline = (
  actions: readonly Action[],
  { from, to }: ActionPlan,
  today: LocalDate,
): Timeline => {
  const [begin, end] = [Date.parse(from), Date.parse(to)];
  const right = WIDTH - RIGHT;
  const xOf = (day: LocalDate): number =>
    Math.round(LEFT + Math.min(1, Math.max(0, (Date.parse(day) - begin) / (end - begin))) * (right - LEFT));
  const bars = actions.map((action, index) => {
    const days = action.timescale.milestones.map(({ due }) => due);
    const last = days.at(-1);
    const reach = action.timescale.ongoing ? right : last && xOf(last);
    return {
      action,
      words: shorten(`${action.position}. ${action.text}`, WORDS),
      y: TOP + index * ROW,
      width: reach ? Math.max(4, reach - LEFT) : null,
      rag: colourOf(action),
      marks: days.map((due) => ({ x: xOf(due), due, isMet: action.met.includes(due) })),
    };
  });
  const starts = monthsBetween(from, to);
  const months = starts.map((month, index) => {
    const [x, next] = [xOf(month), xOf(starts[index + 1] ?? to)];
    return { month, x, middle: Math.round((x + next) / 2) };
  });
  return {
    ...{ width: WIDTH, height: TOP + actions.length * ROW + ROW / 2, left: LEFT, top: TOP, months, bars },
    today: today >= from && today <= to ? xOf(today) : null,
  };
};
