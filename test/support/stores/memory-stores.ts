import { keyOfRecipient } from '#adapters/dynamo/keys.ts';
import { MemoryActionPlans, MemoryActions, MemoryProgressEntries } from '#adapters/memory/actions.ts';
import { MemoryAreas } from '#adapters/memory/areas.ts';
import { MemoryAudiences } from '#adapters/memory/audiences.ts';
import { MemoryAuditSeals } from '#adapters/memory/audit-seals.ts';
import { MemoryAuditTrail } from '#adapters/memory/audit-trail.ts';
import { MemoryContacts } from '#adapters/memory/contacts.ts';
import { MemoryDaySecrets } from '#adapters/memory/day-secrets.ts';
import { MemoryDeliveries } from '#adapters/memory/deliveries.ts';
import { MemoryDeliveryRows } from '#adapters/memory/delivery-rows.ts';
import { MemoryDepartures } from '#adapters/memory/departures.ts';
import { MemoryDigests } from '#adapters/memory/digests.ts';
import {
  MemoryDocumentChanges,
  MemoryDocumentEvents,
  MemoryDocuments,
  MemoryUploads,
} from '#adapters/memory/documents.ts';
import { MemoryDrafts } from '#adapters/memory/drafts.ts';
import { MemoryDuties } from '#adapters/memory/duties.ts';
import { MemoryFacts } from '#adapters/memory/facts.ts';
import { MemoryLedger } from '#adapters/memory/ledger.ts';
import { MemoryLimits } from '#adapters/memory/limits.ts';
import { MemoryMailTokens } from '#adapters/memory/mail-tokens.ts';
import { MemoryMailTroubles } from '#adapters/memory/mail-troubles.ts';
import { MemoryFreezingProgress, MemoryLeases, MemoryMailingSteps } from '#adapters/memory/mailing-work.ts';
import { MemoryMailings } from '#adapters/memory/mailings.ts';
import { MemoryNotices } from '#adapters/memory/notices.ts';
import { MemoryOutbox } from '#adapters/memory/outbox.ts';
import { MemoryPlanUploads } from '#adapters/memory/plan-uploads.ts';
import { MemoryPriorities } from '#adapters/memory/priorities.ts';
import { MemoryReceipts } from '#adapters/memory/receipts.ts';
import { MemoryReports } from '#adapters/memory/reports.ts';
import { MemorySessions } from '#adapters/memory/sessions.ts';
import { MemorySignUps } from '#adapters/memory/sign-ups.ts';
import { MemoryStaffAccounts } from '#adapters/memory/staff-accounts.ts';
import { MemorySubmissions } from '#adapters/memory/submissions.ts';
import { MemorySubscriptions } from '#adapters/memory/subscriptions.ts';
import { MemorySupporters } from '#adapters/memory/supporters.ts';
import { MemorySuppressions } from '#adapters/memory/suppressions.ts';
import { MemoryUnits } from '#adapters/memory/units.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { FixedClock } from '../fixed-clock.ts';
import type { Stores } from './stores.ts';

type MemoryStores = Stores & {
  readonly outbox: MemoryOutbox;
  readonly steps: MemoryMailingSteps;
  readonly documentChanges: MemoryDocumentChanges;
};

/** Stores in memory. They show what was posted: `outbox.mails`, `steps.posted`. */
export const openMemoryStores = (clock = new FixedClock()): MemoryStores => {
  const outbox = new MemoryOutbox();
  const areas = new MemoryAreas();
  const contacts = new MemoryContacts();
  const subscriptions = new MemorySubscriptions();
  const suppressions = new MemorySuppressions();
  const ledger = new MemoryLedger(suppressions);
  const deliveries = new MemoryDeliveries(outbox, suppressions);
  return {
    clock,
    facts: new MemoryFacts(),
    areas,
    priorities: new MemoryPriorities(),
    submissions: new MemorySubmissions(),
    supporters: new MemorySupporters(),
    notices: new MemoryNotices(),
    contacts,
    subscriptions,
    signUps: new MemorySignUps(),
    suppressions,
    audiences: new MemoryAudiences({ subscriptions, contacts, areas, clock }),
    mailTokens: new MemoryMailTokens(clock, systemIds),
    keyOfRecipient,
    outbox,
    deliveries,
    mailings: new MemoryMailings(),
    steps: new MemoryMailingSteps(),
    ledger,
    rows: new MemoryDeliveryRows(ledger, deliveries),
    elsewhere: { ledger: ledger.elsewhere(), deliveries: deliveries.elsewhere() },
    held: ledger.held,
    mailTroubles: new MemoryMailTroubles(outbox, deliveries),
    progress: new MemoryFreezingProgress(),
    leases: new MemoryLeases(),
    audit: new MemoryAuditTrail(),
    seals: new MemoryAuditSeals(),
    receipts: new MemoryReceipts(),
    sessions: new MemorySessions(),
    drafts: new MemoryDrafts(clock),
    staff: new MemoryStaffAccounts(),
    units: new MemoryUnits(),
    daySecrets: new MemoryDaySecrets(clock, systemIds),
    limits: new MemoryLimits(clock),
    planUploads: new MemoryPlanUploads(clock),
    actionPlans: new MemoryActionPlans(),
    actions: new MemoryActions(),
    progressEntries: new MemoryProgressEntries(),
    reports: new MemoryReports(),
    uploads: new MemoryUploads(),
    documents: new MemoryDocuments(),
    documentEvents: new MemoryDocumentEvents(),
    documentChanges: new MemoryDocumentChanges(),
    duties: new MemoryDuties(),
    digests: new MemoryDigests(),
    departures: new MemoryDepartures(),
  };
};
