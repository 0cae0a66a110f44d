import { DynamoActionPlans } from '#adapters/dynamo/action-plans.ts';
import { DynamoActions } from '#adapters/dynamo/actions.ts';
import { DynamoAreas } from '#adapters/dynamo/areas.ts';
import { DynamoAuditSeals } from '#adapters/dynamo/audit-seals.ts';
import { DynamoAuditTrail } from '#adapters/dynamo/audit-trail.ts';
import { DynamoContacts } from '#adapters/dynamo/contacts.ts';
import { DynamoDepartures } from '#adapters/dynamo/departures.ts';
import { DynamoDocumentEvents } from '#adapters/dynamo/document-events.ts';
import { DynamoDocumentChanges, DynamoDocuments } from '#adapters/dynamo/documents.ts';
import { DynamoDuties } from '#adapters/dynamo/duties.ts';
import { DynamoFacts } from '#adapters/dynamo/facts.ts';
import { keyOfRecipient } from '#adapters/dynamo/keys.ts';
import { DynamoMailTokens } from '#adapters/dynamo/mail-tokens.ts';
import { DynamoNotices } from '#adapters/dynamo/notices.ts';
import { DynamoOutbox } from '#adapters/dynamo/outbox.ts';
import { DynamoPriorities } from '#adapters/dynamo/priorities.ts';
import { DynamoProgressEntries } from '#adapters/dynamo/progress-entries.ts';
import { DynamoReceipts } from '#adapters/dynamo/receipts.ts';
import { DynamoSessions } from '#adapters/dynamo/sessions.ts';
import { DynamoStaffAccounts } from '#adapters/dynamo/staff-accounts.ts';
import { DynamoSubmissions } from '#adapters/dynamo/submissions.ts';
import { DynamoSubscriptions } from '#adapters/dynamo/subscriptions.ts';
import { DynamoSupporters } from '#adapters/dynamo/supporters.ts';
import { DynamoSuppressions } from '#adapters/dynamo/suppressions.ts';
import { connect, Table } from '#adapters/dynamo/table.ts';
import { DynamoUnits } from '#adapters/dynamo/units.ts';
import { DynamoUploads } from '#adapters/dynamo/uploads.ts';
import { sha256 } from '#adapters/system/digest.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { randomBelow } from '#adapters/system/random.ts';
import { findClock } from './find-clock.ts';
import type { Place } from './place.ts';
import type { Store } from './store.ts';

/** The tool opens no session; it only ends them. */
const SESSION_LIMITS = { idleMinutes: 30, absoluteMinutes: 720 };

const openTable = (place: Place): Table => {
  if (place.kind === 'stage') return new Table(place.table, connect({ region: place.region }));
  const { region, accessKeyId, secretAccessKey } = place;
  const credentials = { accessKeyId, secretAccessKey };
  return new Table(place.table, connect({ region, endpoint: place.endpoints.dynamodb, credentials }));
};

/** Opens what is stored at a place, with the clock of that place. */
export const openStore = async (place: Place): Promise<Store> => {
  const table = openTable(place);
  const clock = await findClock(place, process.env);
  return {
    clock,
    areas: new DynamoAreas(table),
    staff: new DynamoStaffAccounts(table),
    units: new DynamoUnits(table),
    priorities: new DynamoPriorities(table, randomBelow),
    submissions: new DynamoSubmissions(table),
    supporters: new DynamoSupporters(table, randomBelow),
    notices: new DynamoNotices(table),
    contacts: new DynamoContacts(),
    subscriptions: new DynamoSubscriptions(table),
    suppressions: new DynamoSuppressions(table),
    mailTokens: new DynamoMailTokens(table, clock, systemIds),
    keyOfRecipient,
    outbox: new DynamoOutbox(table),
    audit: new DynamoAuditTrail(table),
    seals: new DynamoAuditSeals(table),
    digest: sha256,
    receipts: new DynamoReceipts(table, clock),
    actionPlans: new DynamoActionPlans(table),
    actions: new DynamoActions(table),
    progressEntries: new DynamoProgressEntries(table),
    uploads: new DynamoUploads(table),
    documents: new DynamoDocuments(table),
    documentEvents: new DynamoDocumentEvents(table),
    documentChanges: new DynamoDocumentChanges(),
    duties: new DynamoDuties(table),
    departures: new DynamoDepartures(table),
    facts: new DynamoFacts(table),
    sessions: new DynamoSessions(table, SESSION_LIMITS),
    ids: systemIds,
  };
};
