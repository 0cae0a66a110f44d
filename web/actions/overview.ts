import { actionsPlan } from '#build/templates/actions/plan.njk.js';
import { actionsPlans } from '#build/templates/actions/plans.njk.js';
import type { ActionPlan } from '#domain/actions/plan.ts';
import { londonDate } from '#domain/shared/clock.ts';
import { type Reply, showPage } from '../http/reply.ts';
import { page, type Route, type Visit } from '../http/route.ts';
import { patterns } from '../paths.ts';
import { view } from '../render/render.ts';
import { type ActionFilter, choicesOf, type FilterChoices, filterRows, readFilter } from './filter.ts';
import { findPlan } from './find-action.ts';
import { lookAtLeads } from './leads.ts';
import type { ActionPagePorts } from './ports.ts';
import { type ActionRow, byTheme, rowOf, type ThemeRows } from './rows.ts';

const plansView = view<{ plans: readonly ActionPlan[] }>(actionsPlans);

const planView = view<{
  plan: ActionPlan;
  /** Of all actions, whatever is filtered. */
  counts: Readonly<
    Record<'red' | 'amber' | 'green' | 'ungiven' | 'disagrees' | 'overdue' | 'attention' | 'all', number>
  >;
  filter: ActionFilter;
  isFiltered: boolean;
  choices: FilterChoices;
  shown: number;
  themes: readonly ThemeRows[];
  today: string;
  done: string | null;
}>(actionsPlan);

const DONE = ['begun', 'carried-over', 'added', 'imported', 'merged'];

const showPlans =
  ({ actionPlans }: ActionPagePorts) =>
  async (): Promise<Reply> =>
    showPage(plansView, { plans: await actionPlans.list() });

const countRows = (rows: readonly ActionRow[], today: string) => {
  const count = (fits: (row: ActionRow) => boolean) => rows.filter(fits).length;
  return {
    all: rows.length,
    red: count(({ action }) => action.rag === 'red'),
    amber: count(({ action }) => action.rag === 'amber'),
    green: count(({ action }) => action.rag === 'green'),
    ungiven: count(({ action }) => action.rag === null),
    disagrees: count(({ disagrees }) => disagrees),
    overdue: count(({ due }) => due !== null && due < today),
    attention: count(({ needsCoordinator }) => needsCoordinator),
  };
};

const showPlan =
  (ports: ActionPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const plan = await findPlan(ports, visit);
    const today = londonDate(visit.now);
    const actions = await ports.actions.ofPlan(plan.id);
    const seen = await lookAtLeads(ports, actions);
    const rows = actions.map((action) => rowOf(action, plan, today, seen));
    const choices = choicesOf(rows, seen);
    const filter = readFilter(visit.query, choices);
    const shown = filterRows(rows, filter, { seen, today });
    return showPage(planView, {
      ...{ plan, filter, choices, today, counts: countRows(rows, today) },
      isFiltered: Object.values(filter).some((chosen) => chosen !== ''),
      shown: shown.length,
      themes: byTheme(shown),
      done: DONE.find((word) => word === visit.query.get('done')) ?? null,
    });
  };

/** All plans, and one with its actions by theme. */
export const planRoutes = (ports: ActionPagePorts): readonly Route[] => [
  page(patterns.actionPlans, { may: 'read action plans', answer: showPlans(ports) }),
  page(patterns.actionPlan, { may: 'read action plans', answer: showPlan(ports) }),
];
