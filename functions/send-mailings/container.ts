import { setTimeout as wait } from 'node:timers/promises';
import { DynamoAreas } from '#adapters/dynamo/areas.ts';
import { DynamoAudiences } from '#adapters/dynamo/audiences.ts';
import { DynamoAuditTrail } from '#adapters/dynamo/audit-trail.ts';
import { DynamoFacts } from '#adapters/dynamo/facts.ts';
import { DynamoLedger } from '#adapters/dynamo/ledger.ts';
import { DynamoMailTokens } from '#adapters/dynamo/mail-tokens.ts';
import { DynamoFreezingProgress, DynamoLeases, DynamoMailingSteps } from '#adapters/dynamo/mailing-work.ts';
import { DynamoMailings } from '#adapters/dynamo/mailings.ts';
import { DynamoPace } from '#adapters/dynamo/pace.ts';
import { Table } from '#adapters/dynamo/table.ts';
import { connect, SesPostman } from '#adapters/ses/postman.ts';
import { SesSendingQuota } from '#adapters/ses/sending-quota.ts';
import { systemClock as clock } from '#adapters/system/clock.ts';
import { systemIds as ids } from '#adapters/system/ids.ts';
import { systemLog as log } from '#adapters/system/log.ts';
import { randomBelow } from '#adapters/system/random.ts';
import { mailLanguages } from '#web/mail/mail-language.ts';
import { mailRenderer } from '#web/mail/render-mail.ts';
import type { Config } from './config.ts';

export const container = (config: Config) => {
  const { tableName, publicUrl, site, sender, configurationSet, approvalAbove, weeklyCap } = config;
  const table = new Table(tableName);
  const ses = connect();
  return {
    mailings: new DynamoMailings(table),
    audiences: new DynamoAudiences(table, new DynamoAreas(table), clock),
    ledger: new DynamoLedger(table, randomBelow),
    progress: new DynamoFreezingProgress(table),
    leases: new DynamoLeases(table),
    steps: new DynamoMailingSteps(),
    pace: new DynamoPace(table, new SesSendingQuota(ses, clock), clock),
    mailTokens: new DynamoMailTokens(table, clock, ids),
    postman: new SesPostman(
      { sender: { name: site.organisation, address: sender }, configurationSet },
      clock,
      ses,
    ),
    render: mailRenderer(site, mailLanguages, publicUrl),
    audit: new DynamoAuditTrail(table),
    facts: new DynamoFacts(table),
    clock,
    ids,
    log,
    wait,
    approvalAbove,
    weeklyCap,
  };
};
