import type { ActionPlans, Actions, ProgressEntries } from '#domain/actions/ports.ts';
import type { Areas } from '#domain/areas/ports.ts';
import type { AuditTrail } from '#domain/audit/audit.ts';
import type { AuditSeals, Digest } from '#domain/audit/seals.ts';
import type { Departures, Duties } from '#domain/chasing/ports.ts';
import type { DocumentChanges, DocumentEvents, Documents, Uploads } from '#domain/documents/ports.ts';
import type { KeyOfRecipient, MailTokens, Outbox, Suppressions } from '#domain/mailings/ports.ts';
import type { Contacts, Notices, Priorities, Submissions, Supporters } from '#domain/priorities/ports.ts';
import type { Sessions } from '#domain/sessions/ports.ts';
import type { Clock } from '#domain/shared/clock.ts';
import type { Facts } from '#domain/shared/facts.ts';
import type { Ids } from '#domain/shared/ids.ts';
import type { Receipts } from '#domain/shared/once.ts';
import type { StaffAccounts, Units } from '#domain/staff/ports.ts';
import type { Subscriptions } from '#domain/subscriptions/ports.ts';

/** What is stored, by the ports of the domain, and the clock of the place where it is stored. */
export interface Store {
  readonly clock: Clock;
  readonly areas: Areas;
  readonly staff: StaffAccounts;
  readonly units: Units;
  readonly priorities: Priorities;
  readonly submissions: Submissions;
  readonly supporters: Supporters;
  readonly notices: Notices;
  readonly contacts: Contacts;
  readonly subscriptions: Subscriptions;
  readonly suppressions: Suppressions;
  readonly mailTokens: MailTokens;
  readonly keyOfRecipient: KeyOfRecipient;
  readonly outbox: Outbox;
  readonly audit: AuditTrail;
  readonly seals: AuditSeals;
  readonly digest: Digest;
  readonly receipts: Receipts;
  readonly actionPlans: ActionPlans;
  readonly actions: Actions;
  readonly progressEntries: ProgressEntries;
  readonly uploads: Uploads;
  readonly documents: Documents;
  readonly documentEvents: DocumentEvents;
  readonly documentChanges: DocumentChanges;
  readonly duties: Duties;
  readonly departures: Departures;
  readonly facts: Facts;
  readonly sessions: Sessions;
  readonly ids: Ids;
}
