import { DynamoAuditTrail } from '#adapters/dynamo/audit-trail.ts';
import { DynamoFacts } from '#adapters/dynamo/facts.ts';
import { DynamoMailingSteps } from '#adapters/dynamo/mailing-work.ts';
import { DynamoMailings } from '#adapters/dynamo/mailings.ts';
import { Table } from '#adapters/dynamo/table.ts';
import { systemClock as clock } from '#adapters/system/clock.ts';
import { systemIds as ids } from '#adapters/system/ids.ts';
import { systemLog as log } from '#adapters/system/log.ts';
import type { Config } from './config.ts';

export const container = ({ tableName }: Config) => {
  const table = new Table(tableName);
  return {
    mailings: new DynamoMailings(table),
    steps: new DynamoMailingSteps(),
    audit: new DynamoAuditTrail(table),
    facts: new DynamoFacts(table),
    clock,
    ids,
    log,
  };
};
