import type { Action } from '#domain/actions/action.ts';
import { mayWithAction } from '#domain/actions/action-deed.ts';
import type { ActionPlan } from '#domain/actions/plan.ts';
import { notFound, PageError } from '../http/reply.ts';
import { actorOf, param, type Visit } from '../http/route.ts';
import type { ActionPagePorts } from './ports.ts';

/** The plan of the address. All staff may read plans. */
export const findPlan = async (
  { actionPlans }: Pick<ActionPagePorts, 'actionPlans'>,
  visit: Visit,
): Promise<ActionPlan> => {
  const plan = await actionPlans.find(param(visit, 'id'));
  if (!plan) throw notFound();
  return plan;
};

export interface Found {
  readonly action: Action;
  readonly plan: ActionPlan;
}

/** The action of the address, in its plan. */
export const findAction = async (
  { actions, actionPlans }: Pick<ActionPagePorts, 'actions' | 'actionPlans'>,
  visit: Visit,
): Promise<Found> => {
  const action = await actions.find(param(visit, 'id'));
  const plan = action && (await actionPlans.find(action.plan));
  if (!action || !plan) throw notFound();
  return { action, plan };
};

/** The same, when whoever asks may tell how it goes: its leads and the coordinators. */
export const findToReport = async (
  ports: Pick<ActionPagePorts, 'actions' | 'actionPlans'>,
  visit: Visit,
): Promise<Found> => {
  const found = await findAction(ports, visit);
  if (!mayWithAction(actorOf(visit), 'report progress', found.action))
    throw new PageError(403, 'not-allowed');
  return found;
};

/** By whom and within which request a deed is done. */
export const deedOf = (visit: Visit) => ({ by: actorOf(visit), correlationId: visit.correlationId });
