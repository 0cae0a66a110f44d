import type { Areas } from '#domain/areas/ports.ts';
import type { AuditTrail } from '#domain/audit/audit.ts';
import type { Deliveries, Outbox } from '#domain/mailings/ports.ts';
import type { Notices, Priorities, Submissions, Supporters } from '#domain/priorities/ports.ts';
import type { Drafts, Sessions } from '#domain/sessions/ports.ts';
import type { Facts } from '#domain/shared/facts.ts';
import type { Receipts } from '#domain/shared/once.ts';
import type { StaffAccounts } from '#domain/staff/ports.ts';
import type { FixedClock } from '../fixed-clock.ts';

/** Everything that is kept, empty at first. */
export interface Stores {
  readonly clock: FixedClock;
  readonly facts: Facts;
  readonly areas: Areas;
  readonly priorities: Priorities;
  readonly submissions: Submissions;
  readonly supporters: Supporters;
  readonly notices: Notices;
  readonly outbox: Outbox;
  readonly deliveries: Deliveries;
  readonly audit: AuditTrail;
  readonly receipts: Receipts;
  readonly sessions: Sessions;
  readonly drafts: Drafts;
  readonly staff: StaffAccounts;
}

/** Opens stores that nothing is in yet. */
export type OpenStores = () => Promise<Stores>;
