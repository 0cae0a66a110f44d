import { randomUUID } from 'node:crypto';
import { CreateTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoActionPlans } from '#adapters/dynamo/action-plans.ts';
import { DynamoActions } from '#adapters/dynamo/actions.ts';
import { DynamoAreas } from '#adapters/dynamo/areas.ts';
import { DynamoAudiences } from '#adapters/dynamo/audiences.ts';
import { DynamoAuditSeals } from '#adapters/dynamo/audit-seals.ts';
import { DynamoAuditTrail } from '#adapters/dynamo/audit-trail.ts';
import { DynamoContacts } from '#adapters/dynamo/contacts.ts';
import { DynamoDaySecrets } from '#adapters/dynamo/day-secrets.ts';
import { DynamoDeliveries } from '#adapters/dynamo/deliveries.ts';
import { DynamoDeliveryRows } from '#adapters/dynamo/delivery-rows.ts';
import { DynamoDepartures } from '#adapters/dynamo/departures.ts';
import { DynamoDigests } from '#adapters/dynamo/digests.ts';
import { DynamoDocumentEvents } from '#adapters/dynamo/document-events.ts';
import { DynamoDocumentChanges, DynamoDocuments } from '#adapters/dynamo/documents.ts';
import { DynamoDrafts } from '#adapters/dynamo/drafts.ts';
import { DynamoDuties } from '#adapters/dynamo/duties.ts';
import { DynamoFacts } from '#adapters/dynamo/facts.ts';
import { DynamoHeldMailings } from '#adapters/dynamo/held-mailings.ts';
import { keyOfRecipient } from '#adapters/dynamo/keys.ts';
import { DynamoLedger } from '#adapters/dynamo/ledger.ts';
import { DynamoLimits } from '#adapters/dynamo/limits.ts';
import { DynamoMailTokens } from '#adapters/dynamo/mail-tokens.ts';
import { DynamoMailTroubles } from '#adapters/dynamo/mail-troubles.ts';
import { DynamoFreezingProgress, DynamoLeases, DynamoMailingSteps } from '#adapters/dynamo/mailing-work.ts';
import { DynamoMailings } from '#adapters/dynamo/mailings.ts';
import { DynamoNotices } from '#adapters/dynamo/notices.ts';
import { DynamoOutbox } from '#adapters/dynamo/outbox.ts';
import { DynamoPlanUploads } from '#adapters/dynamo/plan-uploads.ts';
import { DynamoPriorities } from '#adapters/dynamo/priorities.ts';
import { DynamoProgressEntries } from '#adapters/dynamo/progress-entries.ts';
import { DynamoReceipts } from '#adapters/dynamo/receipts.ts';
import { DynamoReports } from '#adapters/dynamo/reports.ts';
import { DynamoSessions } from '#adapters/dynamo/sessions.ts';
import { DynamoSignUps } from '#adapters/dynamo/sign-ups.ts';
import { DynamoStaffAccounts } from '#adapters/dynamo/staff-accounts.ts';
import { DynamoSubmissions } from '#adapters/dynamo/submissions.ts';
import { DynamoSubscriptions } from '#adapters/dynamo/subscriptions.ts';
import { DynamoSupporters } from '#adapters/dynamo/supporters.ts';
import { DynamoSuppressions } from '#adapters/dynamo/suppressions.ts';
import { connect, Table } from '#adapters/dynamo/table.ts';
import { DynamoUnits } from '#adapters/dynamo/units.ts';
import { DynamoUploads } from '#adapters/dynamo/uploads.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { randomBelow } from '#adapters/system/random.ts';
import { FixedClock } from '../fixed-clock.ts';
import type { Stores } from './stores.ts';

const STAFF_LIMITS = { idleMinutes: 30, absoluteMinutes: 12 * 60 };

const KEYS = ['pk', 'sk', 'gsi1pk', 'gsi1sk', 'gsi2pk', 'gsi2sk'];

const keySchema = (prefix: '' | 'gsi1' | 'gsi2') => [
  { AttributeName: `${prefix}pk`, KeyType: 'HASH' as const },
  { AttributeName: `${prefix}sk`, KeyType: 'RANGE' as const },
];

/** A connection to an engine on this machine. */
export const connectTo = (endpoint: string): DynamoDBClient =>
  connect({
    endpoint,
    region: 'eu-west-2',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    // The referee's machine may be busy with its other tests.
    requestHandler: { requestTimeout: 20_000 },
  });

/** A new table with the keys and indexes of infra/constructs/single-table.ts. */
export const createTable = async (client: DynamoDBClient): Promise<Table> => {
  const name = `test-${randomUUID()}`;
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: KEYS.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: keySchema(''),
      GlobalSecondaryIndexes: (['gsi1', 'gsi2'] as const).map((index) => ({
        IndexName: index,
        KeySchema: keySchema(index),
        Projection: { ProjectionType: 'ALL' },
      })),
    }),
  );
  return new Table(name, client);
};

/** Stores in one table. */
export const openDynamoStores = (table: Table, clock = new FixedClock()): Stores => ({
  clock,
  facts: new DynamoFacts(table),
  areas: new DynamoAreas(table),
  priorities: new DynamoPriorities(table, randomBelow),
  submissions: new DynamoSubmissions(table),
  supporters: new DynamoSupporters(table, randomBelow),
  notices: new DynamoNotices(table),
  contacts: new DynamoContacts(),
  subscriptions: new DynamoSubscriptions(table),
  signUps: new DynamoSignUps(table),
  suppressions: new DynamoSuppressions(table),
  audiences: new DynamoAudiences(table, new DynamoAreas(table), clock),
  mailTokens: new DynamoMailTokens(table, clock, systemIds),
  keyOfRecipient,
  outbox: new DynamoOutbox(table),
  deliveries: new DynamoDeliveries(table),
  mailings: new DynamoMailings(table),
  steps: new DynamoMailingSteps(),
  ledger: new DynamoLedger(table, randomBelow),
  rows: new DynamoDeliveryRows(table, randomBelow),
  elsewhere: { ledger: new DynamoLedger(table, randomBelow), deliveries: new DynamoDeliveries(table) },
  held: new DynamoHeldMailings(table),
  mailTroubles: new DynamoMailTroubles(table),
  progress: new DynamoFreezingProgress(table),
  leases: new DynamoLeases(table),
  audit: new DynamoAuditTrail(table),
  seals: new DynamoAuditSeals(table),
  receipts: new DynamoReceipts(table, clock),
  sessions: new DynamoSessions(table, STAFF_LIMITS),
  drafts: new DynamoDrafts(table, clock),
  staff: new DynamoStaffAccounts(table),
  units: new DynamoUnits(table),
  daySecrets: new DynamoDaySecrets(table, clock, systemIds),
  planUploads: new DynamoPlanUploads(table, clock),
  actionPlans: new DynamoActionPlans(table),
  actions: new DynamoActions(table),
  progressEntries: new DynamoProgressEntries(table),
  reports: new DynamoReports(table),
  uploads: new DynamoUploads(table),
  documents: new DynamoDocuments(table),
  documentEvents: new DynamoDocumentEvents(table),
  documentChanges: new DynamoDocumentChanges(),
  duties: new DynamoDuties(table),
  digests: new DynamoDigests(table, clock),
  departures: new DynamoDepartures(table),
  limits: new DynamoLimits(table, new DynamoDaySecrets(table, clock, systemIds), clock),
});
