import { DynamoAuditTrail } from '#adapters/dynamo/audit-trail.ts';
import { DynamoDeliveryRows } from '#adapters/dynamo/delivery-rows.ts';
import { DynamoDepartures } from '#adapters/dynamo/departures.ts';
import { DynamoFacts } from '#adapters/dynamo/facts.ts';
import { keyOfRecipient } from '#adapters/dynamo/keys.ts';
import { DynamoLedger } from '#adapters/dynamo/ledger.ts';
import { DynamoMailings } from '#adapters/dynamo/mailings.ts';
import { DynamoOutbox } from '#adapters/dynamo/outbox.ts';
import { DynamoSuppressions } from '#adapters/dynamo/suppressions.ts';
import { Table } from '#adapters/dynamo/table.ts';
import { systemClock as clock } from '#adapters/system/clock.ts';
import { systemIds as ids } from '#adapters/system/ids.ts';
import { systemLog as log } from '#adapters/system/log.ts';
import { randomBelow } from '#adapters/system/random.ts';
import type { Config } from './config.ts';

export const container = ({ tableName }: Config) => {
  const table = new Table(tableName);
  return {
    rows: new DynamoDeliveryRows(table, randomBelow),
    ledger: new DynamoLedger(table, randomBelow),
    mailings: new DynamoMailings(table),
    suppressions: new DynamoSuppressions(table),
    keyOfRecipient,
    departures: new DynamoDepartures(table),
    outbox: new DynamoOutbox(table),
    audit: new DynamoAuditTrail(table),
    facts: new DynamoFacts(table),
    clock,
    ids,
    log,
  };
};
