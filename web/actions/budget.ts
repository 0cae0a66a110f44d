import { actionsBudget } from '#build/templates/actions/budget.njk.js';
import type { Action } from '#domain/actions/action.ts';
import type { ActionPlan } from '#domain/actions/plan.ts';
import { type Reply, showPage } from '../http/reply.ts';
import { page, type Route, type Visit } from '../http/route.ts';
import { patterns } from '../paths.ts';
import { view } from '../render/render.ts';
import { findPlan } from './find-action.ts';
import type { ActionPagePorts } from './ports.ts';

/** Sums in pence over the actions that say one. */
export interface ThemeMoney {
  readonly theme: string;
  readonly budget: number;
  readonly actual: number;
  /** Of so many actions nobody has said what they cost. */
  readonly unknown: number;
}

const budgetView = view<{ plan: ActionPlan; themes: readonly ThemeMoney[]; total: ThemeMoney }>(
  actionsBudget,
);

const sumOf = (theme: string, actions: readonly Action[]): ThemeMoney => ({
  theme,
  budget: actions.reduce((sum, { budget }) => sum + (budget ?? 0), 0),
  actual: actions.reduce((sum, { actual }) => sum + (actual ?? 0), 0),
  unknown: actions.filter(({ budget }) => budget === null).length,
});

/** Budget and actual cost by theme, in the order of the plan. */
const moneyByTheme = (actions: readonly Action[]): readonly ThemeMoney[] =>
  [...new Set(actions.map(({ theme }) => theme))].map((theme) =>
    sumOf(
      theme,
      actions.filter((action) => action.theme === theme),
    ),
  );

const show =
  (ports: ActionPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const plan = await findPlan(ports, visit);
    const actions = await ports.actions.ofPlan(plan.id);
    return showPage(budgetView, { plan, themes: moneyByTheme(actions), total: sumOf('', actions) });
  };

/** What a plan costs. */
export const budgetRoutes = (ports: ActionPagePorts): readonly Route[] => [
  page(patterns.actionPlanBudget, { may: 'read action plans', answer: show(ports) }),
];
