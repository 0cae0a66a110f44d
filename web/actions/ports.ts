import type { ActionDeeds } from '#domain/actions/action-deeds.ts';
import type { PlanTable } from '#domain/actions/import/export-plan.ts';
import type { ReadWorkbook } from '#domain/actions/import/workbook.ts';
import type { PlanFileDeeds } from '#domain/actions/plan-file-deeds.ts';
import type { ActionPlans, Actions, PlanUploads, ProgressEntries } from '#domain/actions/ports.ts';
import type { KeyOfRecipient, MailTokens, Suppressions } from '#domain/mailings/ports.ts';
import type { Clock } from '#domain/shared/clock.ts';
import type { Ids } from '#domain/shared/ids.ts';
import type { StaffAccounts, Units } from '#domain/staff/ports.ts';

/** What the pages about action plans need. */
export interface ActionPagePorts {
  readonly actionPlans: Pick<ActionPlans, 'find' | 'list'>;
  readonly actions: Pick<Actions, 'find' | 'ofPlan' | 'ledBy'>;
  readonly progressEntries: Pick<ProgressEntries, 'of'>;
  readonly actionDeeds: ActionDeeds;
  readonly staff: Pick<StaffAccounts, 'find' | 'list'>;
  readonly units: Pick<Units, 'list'>;
  readonly suppressions: Pick<Suppressions, 'find'>;
  readonly planUploads: PlanUploads;
  readonly planFileDeeds: PlanFileDeeds;
  readonly readWorkbook: ReadWorkbook;
  /** A workbook with one sheet. */
  readonly writeXlsx: (table: PlanTable, sheet: string) => Promise<Uint8Array>;
  /** Whose a link in a reminder is. */
  readonly mailTokens: Pick<MailTokens, 'read'>;
  readonly keyOfRecipient: KeyOfRecipient;
  readonly clock: Clock;
  readonly ids: Ids;
}
