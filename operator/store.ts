import type { Areas } from '#domain/areas/ports.ts';
import type { AuditTrail } from '#domain/audit/audit.ts';
import type { Outbox } from '#domain/mailings/ports.ts';
import type { Notices, Priorities, Submissions, Supporters } from '#domain/priorities/ports.ts';
import type { Clock } from '#domain/shared/clock.ts';
import type { Facts } from '#domain/shared/facts.ts';
import type { Receipts } from '#domain/shared/once.ts';
import type { StaffAccounts } from '#domain/staff/ports.ts';

/** What is stored, by the ports of the domain, and the clock of the place where it is stored. */
export interface Store {
  readonly clock: Clock;
  readonly areas: Areas;
  readonly staff: StaffAccounts;
  readonly priorities: Priorities;
  readonly submissions: Submissions;
  readonly supporters: Supporters;
  readonly notices: Notices;
  readonly outbox: Outbox;
  readonly audit: AuditTrail;
  readonly receipts: Receipts;
  readonly facts: Facts;
}
