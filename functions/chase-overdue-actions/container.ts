import { DynamoActionPlans } from '#adapters/dynamo/action-plans.ts';
import { DynamoActions } from '#adapters/dynamo/actions.ts';
import { DynamoAreas } from '#adapters/dynamo/areas.ts';
import { DynamoDepartures } from '#adapters/dynamo/departures.ts';
import { DynamoDigests } from '#adapters/dynamo/digests.ts';
import { DynamoDocuments } from '#adapters/dynamo/documents.ts';
import { DynamoDuties } from '#adapters/dynamo/duties.ts';
import { DynamoFacts } from '#adapters/dynamo/facts.ts';
import { keyOfRecipient } from '#adapters/dynamo/keys.ts';
import { DynamoMailTokens } from '#adapters/dynamo/mail-tokens.ts';
import { DynamoOutbox } from '#adapters/dynamo/outbox.ts';
import { DynamoStaffAccounts } from '#adapters/dynamo/staff-accounts.ts';
import { DynamoSubmissions } from '#adapters/dynamo/submissions.ts';
import { DynamoSuppressions } from '#adapters/dynamo/suppressions.ts';
import { Table } from '#adapters/dynamo/table.ts';
import { DynamoUnits } from '#adapters/dynamo/units.ts';
import { DynamoUploads } from '#adapters/dynamo/uploads.ts';
import { systemClock as clock } from '#adapters/system/clock.ts';
import { systemIds as ids } from '#adapters/system/ids.ts';
import { systemLog as log } from '#adapters/system/log.ts';
import { describeSubject } from '#domain/chasing/describe-subject.ts';
import type { Config } from './config.ts';

export const container = ({ tableName, fallbackMailbox }: Config) => {
  const table = new Table(tableName);
  const actions = new DynamoActions(table);
  const areas = new DynamoAreas(table);
  const documents = new DynamoDocuments(table);
  const submissions = new DynamoSubmissions(table);
  return {
    duties: new DynamoDuties(table),
    digests: new DynamoDigests(table, clock),
    departures: new DynamoDepartures(table),
    staff: new DynamoStaffAccounts(table),
    units: new DynamoUnits(table),
    areas,
    suppressions: new DynamoSuppressions(table),
    keyOfRecipient,
    describeSubject: describeSubject({
      actions,
      actionPlans: new DynamoActionPlans(table),
      submissions,
      areas,
      documents,
      uploads: new DynamoUploads(table),
    }),
    findOwedBy: async (email: string) =>
      [...(await actions.ledBy(email)), ...(await documents.ownedBy(email))].map(({ id }) => id),
    mailTokens: new DynamoMailTokens(table, clock, ids),
    outbox: new DynamoOutbox(table),
    facts: new DynamoFacts(table),
    clock,
    ids,
    log,
    fallbackMailbox,
  };
};
