import { actionsCalendar } from '#build/templates/actions/calendar.njk.js';
import { actionsTimeline } from '#build/templates/actions/timeline.njk.js';
import type { Action } from '#domain/actions/action.ts';
import type { ActionPlan } from '#domain/actions/plan.ts';
import { type LocalDate, londonDate } from '#domain/shared/clock.ts';
import { type Reply, showPage } from '../http/reply.ts';
import { page, type Route, type Visit } from '../http/route.ts';
import { patterns } from '../paths.ts';
import { view } from '../render/render.ts';
import { findPlan } from './find-action.ts';
import type { ActionPagePorts } from './ports.ts';
import { drawTimeline, type Timeline } from './timeline.ts';

/** Something that is due on a day. */
interface Due {
  readonly due: LocalDate;
  readonly label: string | null;
  readonly isMet: boolean;
  readonly isLate: boolean;
  readonly action: Action;
}

/** The days of a month on which something is due. */
interface Month {
  /** The first of the month. */
  readonly month: LocalDate;
  readonly dues: readonly Due[];
}

const calendarView = view<{ plan: ActionPlan; months: readonly Month[]; without: readonly Action[] }>(
  actionsCalendar,
);
const timelineView = view<{ plan: ActionPlan; timeline: Timeline }>(actionsTimeline);

const isOver = ({ status }: Action): boolean => status === 'complete' || status === 'dropped';

const duesOf = (action: Action, today: LocalDate): readonly Due[] =>
  action.timescale.milestones.map(({ due, label }) => {
    const isMet = isOver(action) || action.met.includes(due);
    return { due, label, action, isMet, isLate: !isMet && due < today };
  });

const monthOf = (day: LocalDate): LocalDate => `${day.slice(0, 'yyyy-mm'.length)}-01`;

/** What is due, month by month, in the order of days. */
const monthsOf = (actions: readonly Action[], today: LocalDate): readonly Month[] => {
  const dues = actions.flatMap((action) => duesOf(action, today)).sort((a, b) => (a.due < b.due ? -1 : 1));
  return [...new Set(dues.map(({ due }) => monthOf(due)))].map((month) => ({
    month,
    dues: dues.filter(({ due }) => monthOf(due) === month),
  }));
};

const readShown = async (ports: ActionPagePorts, plan: ActionPlan): Promise<readonly Action[]> =>
  (await ports.actions.ofPlan(plan.id)).filter(
    ({ carriedTo, status }) => carriedTo === null && status !== 'dropped',
  );

const showCalendar =
  (ports: ActionPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const plan = await findPlan(ports, visit);
    const actions = await readShown(ports, plan);
    return showPage(calendarView, {
      plan,
      months: monthsOf(actions, londonDate(visit.now)),
      without: actions.filter(({ timescale }) => timescale.milestones.length === 0),
    });
  };

const showTimeline =
  (ports: ActionPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const plan = await findPlan(ports, visit);
    const actions = await readShown(ports, plan);
    return showPage(timelineView, { plan, timeline: drawTimeline(actions, plan, londonDate(visit.now)) });
  };

/** When what is due: as a list by month, and as a drawing to print. */
export const calendarRoutes = (ports: ActionPagePorts): readonly Route[] => [
  page(patterns.actionPlanCalendar, { may: 'read action plans', answer: showCalendar(ports) }),
  page(patterns.actionPlanTimeline, { may: 'read action plans', answer: showTimeline(ports) }),
];
