import type { ChangedMeanwhile } from '../shared/changed-meanwhile.ts';
import type { Id } from '../shared/ids.ts';
import { failed, type Result } from '../shared/result.ts';
import type { Action } from './action.ts';
import {
  type ActionDeed,
  ActionInOtherState,
  type ActionPorts,
  type ActionUnknown,
  commitAction,
  findToDo,
} from './action-deed.ts';
import type { Rag } from './rag.ts';

/** How an action goes: on course, at risk or in trouble; or it is done. */
export type Standing = Rag | 'complete';

export interface ProgressReport {
  readonly text: string;
  readonly standing: Standing;
  /** Days of milestones that have been met by now. */
  readonly met: readonly string[];
}

const afterReport = (action: Action, { standing, met }: ProgressReport, at: string): Action => {
  const isComplete = standing === 'complete';
  const days = action.timescale.milestones.map(({ due }) => due);
  const metNow = isComplete ? days : days.filter((due) => action.met.includes(due) || met.includes(due));
  return {
    ...action,
    rag: isComplete ? 'green' : standing,
    status: isComplete ? 'complete' : statusAfter(action),
    reason: isComplete ? null : action.reason,
    met: [...new Set(metNow)],
    progressAt: at,
  };
};

/** Whoever tells how it goes has begun. */
const statusAfter = ({ status }: Action): Action['status'] =>
  status === 'not-started' || status === 'complete' ? 'in-progress' : status;

/**
 * Adds a dated report of how an action goes. It ends the reminders that have begun; a complete action owes nothing any
 * more, and a report on a complete action that is not complete after all opens it again.
 */
export const recordProgress =
  (ports: ActionPorts) =>
  async (
    id: Id,
    report: ProgressReport,
    deed: ActionDeed,
  ): Promise<Result<Action, ActionUnknown | ActionInOtherState | ChangedMeanwhile>> => {
    const found = await findToDo(ports, id, deed, 'report progress');
    if (!found.ok) return found;
    const { action, plan } = found.value;
    if (action.carriedTo !== null || action.status === 'dropped') return failed(new ActionInOtherState());
    const at = ports.clock.now();
    const after = afterReport(action, report, at);
    const entry = { id: ports.ids.next(), action: id, at, by: deed.by.email, text: report.text };
    return commitAction(ports, {
      deed: 'report progress',
      by: deed.by,
      correlationId: deed.correlationId,
      plan,
      before: action,
      after,
      answers: true,
      besides: [ports.progressEntries.toAdd({ ...entry, rag: after.rag, status: after.status })],
    });
  };
