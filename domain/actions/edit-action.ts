import type { Id } from '../shared/ids.ts';
import { failed, type Result } from '../shared/result.ts';
import type { Action } from './action.ts';
import {
  type ActionDeed,
  type ActionFailure,
  ActionInOtherState,
  type ActionPorts,
  commitAction,
  findToDo,
} from './action-deed.ts';

/** What a coordinator may write about an action; how it goes is reported, see record-progress.ts. */
export type ActionEdit = Pick<
  Action,
  | 'theme'
  | 'objective'
  | 'text'
  | 'leads'
  | 'body'
  | 'commitment'
  | 'funding'
  | 'budget'
  | 'actual'
  | 'priority'
  | 'timescale'
  | 'measures'
  | 'benefits'
  | 'status'
  | 'reason'
  | 'questions'
  | 'links'
>;

/** Statuses that need a reason which others can read. */
export const needsReason = (status: Action['status']): boolean =>
  status === 'deferred' || status === 'dropped';

const hasLead = ({ leads }: Pick<Action, 'leads'>): boolean => leads.some(({ email }) => email !== null);

/** What is left of what was asked and is answered by this edit. */
const settle = (before: Action, after: Action): Action => ({
  ...after,
  // A new lead takes up what somebody has given back.
  disowned: hasLead(after) && after.leads !== before.leads ? null : after.disowned,
  // Who asked for another day asked it of a milestone that there is.
  proposal:
    after.proposal && after.timescale.milestones.some(({ due }) => due === after.proposal?.due)
      ? after.proposal
      : null,
  met:
    after.status === 'complete'
      ? after.timescale.milestones.map(({ due }) => due)
      : after.met.filter((day) => after.timescale.milestones.some(({ due }) => due === day)),
});

/** Changes what a plan says of an action. */
export const editAction =
  (ports: ActionPorts) =>
  async (id: Id, edit: Partial<ActionEdit>, deed: ActionDeed): Promise<Result<Action, ActionFailure>> => {
    const found = await findToDo(ports, id, deed, 'keep action plans');
    if (!found.ok) return found;
    const { action, plan } = found.value;
    if (action.carriedTo !== null) return failed(new ActionInOtherState());
    const after = settle(action, { ...action, ...edit });
    if (needsReason(after.status) && !after.reason) return failed(new ActionInOtherState());
    return commitAction(ports, {
      ...{ deed: 'edit action', by: deed.by, correlationId: deed.correlationId, plan, before: action },
      after,
    });
  };

/** Which of many were changed, and which could not be. */
export interface ManyEdited {
  readonly edited: readonly Id[];
  /** Somebody else was faster, or it goes on in a later plan. */
  readonly left: readonly Id[];
}

/** Changes many actions in the same way, each for itself: what cannot be changed keeps nothing else back. */
export const editMany =
  (ports: ActionPorts) =>
  async (
    chosen: readonly Pick<Action, 'id' | 'version'>[],
    edit: Partial<ActionEdit>,
    deed: Omit<ActionDeed, 'version'>,
  ): Promise<ManyEdited> => {
    const edited: Id[] = [];
    const left: Id[] = [];
    for (const { id, version } of chosen) {
      const done = await editAction(ports)(id, edit, { ...deed, version });
      (done.ok ? edited : left).push(id);
    }
    return { edited, left };
  };
