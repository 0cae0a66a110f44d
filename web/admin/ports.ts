import type { Areas } from '#domain/areas/ports.ts';
import type { AccountDeeds, UnitDeeds } from '#domain/staff/deeds.ts';
import type { findInvitation } from '#domain/staff/find-invitation.ts';
import type { StaffAccounts, Units } from '#domain/staff/ports.ts';

/** What the pages about accounts and units need. */
export interface AdminPorts {
  readonly staff: StaffAccounts;
  readonly units: Units;
  readonly areas: Areas;
  readonly accountDeeds: Omit<AccountDeeds, 'add'>;
  readonly unitDeeds: UnitDeeds;
  readonly findInvitation: ReturnType<typeof findInvitation>;
}
