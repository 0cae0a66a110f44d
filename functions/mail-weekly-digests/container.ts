import { DynamoFacts } from '#adapters/dynamo/facts.ts';
import { DynamoHeldMailings } from '#adapters/dynamo/held-mailings.ts';
import { DynamoMailTokens } from '#adapters/dynamo/mail-tokens.ts';
import { DynamoMailings } from '#adapters/dynamo/mailings.ts';
import { DynamoOutbox } from '#adapters/dynamo/outbox.ts';
import { Table } from '#adapters/dynamo/table.ts';
import { systemClock as clock } from '#adapters/system/clock.ts';
import { systemIds as ids } from '#adapters/system/ids.ts';
import { systemLog as log } from '#adapters/system/log.ts';
import type { Config } from './config.ts';

export const container = ({ tableName }: Config) => {
  const table = new Table(tableName);
  return {
    held: new DynamoHeldMailings(table),
    mailings: new DynamoMailings(table),
    outbox: new DynamoOutbox(table),
    mailTokens: new DynamoMailTokens(table, clock, ids),
    facts: new DynamoFacts(table),
    clock,
    ids,
    log,
  };
};
