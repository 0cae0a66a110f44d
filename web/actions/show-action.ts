import { actionsAction } from '#build/templates/actions/action.njk.js';
import type { Progress } from '#domain/actions/action.ts';
import { mayWithAction } from '#domain/actions/action-deed.ts';
import { unmetOf } from '#domain/actions/next-due.ts';
import type { ActionPlan } from '#domain/actions/plan.ts';
import { londonDate } from '#domain/shared/clock.ts';
import { type Reply, showPage } from '../http/reply.ts';
import { actorOf, page, type Route, type Visit } from '../http/route.ts';
import { patterns } from '../paths.ts';
import { view } from '../render/render.ts';
import { findAction } from './find-action.ts';
import { type HistoryChart, historyChart } from './history-chart.ts';
import { lookAtLeads } from './leads.ts';
import type { ActionPagePorts } from './ports.ts';
import { type ActionRow, rowOf } from './rows.ts';

const actionView = view<{
  plan: ActionPlan;
  row: ActionRow;
  milestones: readonly { due: string; label: string | null; isMet: boolean; isLate: boolean }[];
  entries: readonly Progress[];
  next: string | null;
  isFirst: boolean;
  /** Null when there is too little to draw. */
  chart: HistoryChart | null;
  possible: {
    readonly report: boolean;
    readonly disown: boolean;
    readonly newDay: boolean;
    readonly keep: boolean;
  };
  done: string | null;
}>(actionsAction);

const PAGE_SIZE = 20;

const DONE = ['reported', 'figures', 'disowned', 'proposed', 'agreed', 'declined', 'edited', 'added'];

const show =
  (ports: ActionPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const { action, plan } = await findAction(ports, visit);
    const today = londonDate(visit.now);
    const after = visit.query.get('after');
    const { items, next } = await ports.progressEntries.of(action.id, { after, size: PAGE_SIZE });
    const actor = actorOf(visit);
    const isHere = action.carriedTo === null;
    const reports = isHere && mayWithAction(actor, 'report progress', action);
    const unmet = unmetOf(action).map(({ due }) => due);
    return showPage(actionView, {
      plan,
      row: rowOf(action, plan, today, await lookAtLeads(ports, [action])),
      milestones: action.timescale.milestones.map(({ due, label }) => ({
        ...{ due, label },
        isMet: !unmet.includes(due),
        isLate: unmet.includes(due) && due < today,
      })),
      entries: items,
      ...{ next, isFirst: after === null },
      chart: after === null ? historyChart(items) : null,
      possible: {
        report: reports && action.status !== 'dropped',
        disown: isHere && action.leads.some(({ email }) => email === actor.email),
        newDay: reports && unmet.length > 0 && action.proposal === null && action.status !== 'dropped',
        keep: isHere && mayWithAction(actor, 'keep action plans', { leads: [] }),
      },
      done: DONE.find((word) => word === visit.query.get('done')) ?? null,
    });
  };

/** One action with everything. */
export const actionRoutes = (ports: ActionPagePorts): readonly Route[] => [
  page(patterns.action, { may: 'read action plans', answer: show(ports) }),
];
