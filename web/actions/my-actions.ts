import { actionsMine } from '#build/templates/actions/mine.njk.js';
import type { ActionPlan } from '#domain/actions/plan.ts';
import { londonDate } from '#domain/shared/clock.ts';
import type { Actor } from '#domain/staff/actor.ts';
import { may } from '#domain/staff/may.ts';
import { type Reply, showPage } from '../http/reply.ts';
import { actorOf, page, type Route, type Visit } from '../http/route.ts';
import { paths, patterns, withQuery } from '../paths.ts';
import { view } from '../render/render.ts';
import type { FindDuty } from '../staff/duties.ts';
import { type LeadPorts, lookAtLeads } from './leads.ts';
import type { ActionPagePorts } from './ports.ts';
import { type ActionRow, rowOf } from './rows.ts';

interface MyRow extends ActionRow {
  readonly plan: ActionPlan;
}

const mineView = view<{ rows: readonly MyRow[]; done: readonly MyRow[]; today: string }>(actionsMine);

export type MyActionPorts = Pick<ActionPagePorts, 'actions' | 'actionPlans'> & LeadPorts;

const LAST = '9999-12-31';

/** What somebody leads in any plan, the nearest day first. */
const rowsLedBy = async (ports: MyActionPorts, { email }: Actor, today: string) => {
  const { actions, actionPlans } = ports;
  const led = (await actions.ledBy(email)).filter(({ carriedTo }) => carriedTo === null);
  const plans = new Map<string, ActionPlan | null>();
  for (const { plan } of led) if (!plans.has(plan)) plans.set(plan, await actionPlans.find(plan));
  const seen = await lookAtLeads(ports, led);
  const rows = led.flatMap((action) => {
    const plan = plans.get(action.plan);
    return plan ? [{ ...rowOf(action, plan, today, seen), plan }] : [];
  });
  return rows.sort((a, b) => ((a.due ?? LAST) < (b.due ?? LAST) ? -1 : 1));
};

const isOver = ({ action }: MyRow): boolean => action.status === 'complete' || action.status === 'dropped';

const show =
  (ports: MyActionPorts) =>
  async (visit: Visit): Promise<Reply> => {
    const today = londonDate(visit.now);
    const rows = await rowsLedBy(ports, actorOf(visit), today);
    return showPage(mineView, {
      rows: rows.filter((row) => !isOver(row)),
      done: rows.filter(isOver),
      today,
    });
  };

/** What somebody leads and is late with, or should say something about. */
export const actionsToReportOn =
  (ports: MyActionPorts): FindDuty =>
  async (actor, now) => {
    if (!may(actor, 'report progress')) return null;
    const today = londonDate(now);
    const rows = (await rowsLedBy(ports, actor, today)).filter((row) => !isOver(row));
    const waiting = rows.filter(({ suggestion }) => suggestion !== null && suggestion.rag !== 'green');
    if (waiting.length === 0) return null;
    return {
      heading: { key: 'actions.duty', count: waiting.length },
      notes: [
        {
          key: 'actions.duty.overdue',
          count: waiting.filter(({ due }) => due !== null && due < today).length,
          colour: 'red',
        },
      ],
      link: { href: paths.actions, key: 'actions.duty.link' },
    };
  };

/** What officers have asked of the coordinators, and what nobody can be reminded of, in the plans of today. */
export const actionsForCoordinators =
  (ports: MyActionPorts): FindDuty =>
  async (actor, now) => {
    if (!may(actor, 'keep action plans')) return null;
    const today = londonDate(now);
    const plans = (await ports.actionPlans.list()).filter(({ from, to }) => from <= today && today <= to);
    const counts = await Promise.all(plans.map((plan) => countForCoordinators(ports, plan, today)));
    const [first, ...others] = plans.filter((_, at) => (counts[at] ?? 0) > 0);
    if (!first) return null;
    const only = withQuery(paths.actionPlan(first.id), { due: 'attention' });
    return {
      heading: { key: 'plans.duty', count: counts.reduce((sum, count) => sum + count, 0) },
      notes: [],
      link: { href: others.length === 0 ? only : paths.actionPlans, key: 'plans.duty.link' },
    };
  };

const countForCoordinators = async (
  ports: MyActionPorts,
  plan: ActionPlan,
  today: string,
): Promise<number> => {
  const actions = await ports.actions.ofPlan(plan.id);
  const seen = await lookAtLeads(ports, actions);
  return actions.filter((action) => rowOf(action, plan, today, seen).needsCoordinator).length;
};

/** The actions that somebody leads. */
export const myActionRoutes = (ports: MyActionPorts): readonly Route[] => [
  page(patterns.actions, { may: 'report progress', answer: show(ports) }),
];
