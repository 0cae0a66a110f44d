import type { DaySecrets, Limits } from '#domain/abuse/ports.ts';
import type { ActionPlans, Actions, PlanUploads, ProgressEntries } from '#domain/actions/ports.ts';
import type { Areas } from '#domain/areas/ports.ts';
import type { AuditTrail } from '#domain/audit/audit.ts';
import type { AuditSeals } from '#domain/audit/seals.ts';
import type { Departures, Digests, Duties } from '#domain/chasing/ports.ts';
import type { DocumentChanges, DocumentEvents, Documents, Uploads } from '#domain/documents/ports.ts';
import type { Audiences } from '#domain/mailings/audience.ts';
import type {
  DeliveryRows,
  FreezingProgress,
  HeldMailings,
  Leases,
  Ledger,
  MailingSteps,
  Mailings,
  MailTroubles,
} from '#domain/mailings/mailing-ports.ts';
import type { Deliveries, KeyOfRecipient, MailTokens, Outbox, Suppressions } from '#domain/mailings/ports.ts';
import type { Contacts, Notices, Priorities, Submissions, Supporters } from '#domain/priorities/ports.ts';
import type { Reports } from '#domain/reports/ports.ts';
import type { Drafts, Sessions } from '#domain/sessions/ports.ts';
import type { Facts } from '#domain/shared/facts.ts';
import type { Receipts } from '#domain/shared/once.ts';
import type { StaffAccounts, Units } from '#domain/staff/ports.ts';
import type { SignUps, Subscriptions } from '#domain/subscriptions/ports.ts';
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
  readonly contacts: Contacts;
  readonly subscriptions: Subscriptions;
  readonly signUps: SignUps;
  readonly suppressions: Suppressions;
  readonly audiences: Audiences;
  readonly mailTokens: MailTokens;
  readonly keyOfRecipient: KeyOfRecipient;
  readonly outbox: Outbox;
  readonly deliveries: Deliveries;
  readonly mailings: Mailings;
  readonly steps: MailingSteps;
  readonly ledger: Ledger;
  readonly rows: DeliveryRows;
  /** What is claimed, as another process has it. */
  readonly elsewhere: { readonly ledger: Ledger; readonly deliveries: Deliveries };
  readonly held: HeldMailings;
  readonly mailTroubles: MailTroubles;
  readonly progress: FreezingProgress;
  readonly leases: Leases;
  readonly audit: AuditTrail;
  readonly seals: AuditSeals;
  readonly receipts: Receipts;
  readonly sessions: Sessions;
  readonly drafts: Drafts;
  readonly staff: StaffAccounts;
  readonly units: Units;
  readonly daySecrets: DaySecrets;
  readonly limits: Limits;
  readonly planUploads: PlanUploads;
  readonly actionPlans: ActionPlans;
  readonly actions: Actions;
  readonly progressEntries: ProgressEntries;
  readonly reports: Reports;
  readonly uploads: Uploads;
  readonly documents: Documents;
  readonly documentEvents: DocumentEvents;
  readonly documentChanges: DocumentChanges;
  readonly duties: Duties;
  readonly digests: Digests;
  readonly departures: Departures;
}

/** Opens stores that nothing is in yet. */
export type OpenStores = () => Promise<Stores>;
