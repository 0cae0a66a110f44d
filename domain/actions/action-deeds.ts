import type { ActionPorts } from './action-deed.ts';
import { agreeToDay, declineDay, disownAction, proposeDay } from './ask-coordinator.ts';
import { addAction, beginPlan, carryOver } from './begin-plan.ts';
import { editAction, editMany } from './edit-action.ts';
import { recordFigures } from './record-figures.ts';
import { recordProgress } from './record-progress.ts';

/** Everything that staff do with plans and their actions. */
export const actionDeeds = (ports: ActionPorts) => ({
  begin: beginPlan(ports),
  add: addAction(ports),
  edit: editAction(ports),
  editMany: editMany(ports),
  report: recordProgress(ports),
  recordFigures: recordFigures(ports),
  disown: disownAction(ports),
  propose: proposeDay(ports),
  agree: agreeToDay(ports),
  decline: declineDay(ports),
  carryOver: carryOver(ports),
});

export type ActionDeeds = ReturnType<typeof actionDeeds>;
