import type { LocalDate } from '../shared/clock.ts';
import type { Id } from '../shared/ids.ts';
import { failed, type Result } from '../shared/result.ts';
import { type Action, isOpen } from './action.ts';
import {
  type ActionDeed,
  type ActionFailure,
  ActionInOtherState,
  type ActionPorts,
  ActionUnknown,
  commitAction,
  findToDo,
} from './action-deed.ts';
import { moveMilestone } from './move-milestone.ts';
import { unmetOf } from './next-due.ts';

/** A day that an officer asks for in the place of another. */
export interface NewDay {
  /** The milestone's day now. */
  readonly due: LocalDate;
  readonly newDue: LocalDate;
  readonly reason: string;
}

type Deed = (ports: ActionPorts) => (id: Id, deed: ActionDeed) => Promise<Result<Action, ActionFailure>>;

/**
 * An officer says that an action is not theirs. It is taken from them and waits for a coordinator to name another lead;
 * other leads keep it.
 */
export const disownAction =
  (ports: ActionPorts) =>
  async (id: Id, reason: string, deed: ActionDeed): Promise<Result<Action, ActionFailure>> => {
    const found = await findToDo(ports, id, deed, 'report progress');
    if (!found.ok) return found;
    const { action, plan } = found.value;
    const { email } = deed.by;
    if (!action.leads.some((lead) => lead.email === email)) return failed(new ActionUnknown());
    return commitAction(ports, {
      ...{ deed: 'disown action', by: deed.by, correlationId: deed.correlationId, plan, before: action },
      after: {
        ...action,
        leads: action.leads.map((lead) => (lead.email === email ? { ...lead, email: null } : lead)),
        disowned: { by: email, at: ports.clock.now(), reason },
      },
    });
  };

/** An officer asks for another day. The old one holds until a coordinator has agreed. */
export const proposeDay =
  (ports: ActionPorts) =>
  async (
    id: Id,
    { due, newDue, reason }: NewDay,
    deed: ActionDeed,
  ): Promise<Result<Action, ActionFailure>> => {
    const found = await findToDo(ports, id, deed, 'report progress');
    if (!found.ok) return found;
    const { action, plan } = found.value;
    if (!isOpen(action) || !unmetOf(action).some((milestone) => milestone.due === due))
      return failed(new ActionInOtherState());
    return commitAction(ports, {
      ...{ deed: 'propose day', by: deed.by, correlationId: deed.correlationId, plan, before: action },
      after: { ...action, proposal: { by: deed.by.email, at: ports.clock.now(), due, newDue, reason } },
      answers: true,
    });
  };

/** A coordinator agrees to the day that an officer has asked for. */
export const agreeToDay: Deed = (ports) => async (id, deed) => {
  const found = await findToDo(ports, id, deed, 'keep action plans');
  if (!found.ok) return found;
  const { action, plan } = found.value;
  if (action.proposal === null) return failed(new ActionInOtherState());
  const { due, newDue } = action.proposal;
  return commitAction(ports, {
    ...{ deed: 'agree to day', by: deed.by, correlationId: deed.correlationId, plan, before: action },
    after: { ...action, timescale: moveMilestone(action.timescale, due, newDue), proposal: null },
  });
};

/** A coordinator keeps to the day that there is. */
export const declineDay: Deed = (ports) => async (id, deed) => {
  const found = await findToDo(ports, id, deed, 'keep action plans');
  if (!found.ok) return found;
  const { action, plan } = found.value;
  if (action.proposal === null) return failed(new ActionInOtherState());
  return commitAction(ports, {
    ...{ deed: 'decline day', by: deed.by, correlationId: deed.correlationId, plan, before: action },
    after: { ...action, proposal: null },
  });
};
