import type { ActionPlan } from '../plan.ts';
import type { Actions, ProgressEntries } from '../ports.ts';
import { exportPlan, type PlanTable } from './export-plan.ts';

interface TablePorts {
  readonly actions: Pick<Actions, 'ofPlan'>;
  readonly progressEntries: Pick<ProgressEntries, 'of'>;
}

/** A plan as the table that the import reads again: each action with what was last told of it. */
export const planTable = async (
  { actions, progressEntries }: TablePorts,
  { id }: Pick<ActionPlan, 'id'>,
): Promise<PlanTable> => {
  const all = await actions.ofPlan(id);
  const latest = new Map<string, string>();
  for (const action of all) {
    const { items } = await progressEntries.of(action.id, { after: null, size: 1 });
    latest.set(action.id, items[0]?.text ?? '');
  }
  return exportPlan(all, latest);
};
