import { DynamoAreas } from '#adapters/dynamo/areas.ts';
import { DynamoFacts } from '#adapters/dynamo/facts.ts';
import { DynamoNotices } from '#adapters/dynamo/notices.ts';
import { DynamoOutbox } from '#adapters/dynamo/outbox.ts';
import { Table } from '#adapters/dynamo/table.ts';
import { systemClock as clock } from '#adapters/system/clock.ts';
import { systemIds as ids } from '#adapters/system/ids.ts';
import { systemLog as log } from '#adapters/system/log.ts';
import type { Config } from './config.ts';

export const container = ({ tableName, fallbackMailbox }: Config) => {
  const table = new Table(tableName);
  return {
    areas: new DynamoAreas(table),
    notices: new DynamoNotices(table),
    outbox: new DynamoOutbox(table),
    facts: new DynamoFacts(table),
    clock,
    ids,
    log,
    fallbackMailbox,
  };
};
