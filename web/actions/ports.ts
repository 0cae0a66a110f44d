import type { ActionDeeds } from '#domain/actions/action-deeds.ts';
import type { ActionPlans, Actions, ProgressEntries } from '#domain/actions/ports.ts';
import type { Ids } from '#domain/shared/ids.ts';
import type { StaffAccounts } from '#domain/staff/ports.ts';

/** What the pages about action plans need. */
export interface ActionPagePorts {
  readonly actionPlans: Pick<ActionPlans, 'find' | 'list'>;
  readonly actions: Pick<Actions, 'find' | 'ofPlan' | 'ledBy'>;
  readonly progressEntries: Pick<ProgressEntries, 'of'>;
  readonly actionDeeds: ActionDeeds;
  readonly staff: Pick<StaffAccounts, 'find'>;
  readonly ids: Ids;
}
