import { DynamoAreas } from '#adapters/dynamo/areas.ts';
import { DynamoAuditTrail } from '#adapters/dynamo/audit-trail.ts';
import { DynamoFacts } from '#adapters/dynamo/facts.ts';
import { DynamoNotices } from '#adapters/dynamo/notices.ts';
import { DynamoOutbox } from '#adapters/dynamo/outbox.ts';
import { DynamoPriorities } from '#adapters/dynamo/priorities.ts';
import { DynamoReceipts } from '#adapters/dynamo/receipts.ts';
import { DynamoStaffAccounts } from '#adapters/dynamo/staff-accounts.ts';
import { DynamoSubmissions } from '#adapters/dynamo/submissions.ts';
import { DynamoSupporters } from '#adapters/dynamo/supporters.ts';
import { connect, Table } from '#adapters/dynamo/table.ts';
import { randomBelow } from '#adapters/system/random.ts';
import { findClock } from './find-clock.ts';
import type { Place } from './place.ts';
import type { Store } from './store.ts';

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
    priorities: new DynamoPriorities(table, randomBelow),
    submissions: new DynamoSubmissions(table),
    supporters: new DynamoSupporters(table, randomBelow),
    notices: new DynamoNotices(table),
    outbox: new DynamoOutbox(table),
    audit: new DynamoAuditTrail(table),
    receipts: new DynamoReceipts(table, clock),
    facts: new DynamoFacts(table),
  };
};
