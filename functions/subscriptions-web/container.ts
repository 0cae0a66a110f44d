import { DynamoAreas } from '#adapters/dynamo/areas.ts';
import { DynamoAuditTrail } from '#adapters/dynamo/audit-trail.ts';
import { DynamoDaySecrets } from '#adapters/dynamo/day-secrets.ts';
import { DynamoDrafts } from '#adapters/dynamo/drafts.ts';
import { DynamoFacts } from '#adapters/dynamo/facts.ts';
import { keyOfRecipient } from '#adapters/dynamo/keys.ts';
import { DynamoLimits } from '#adapters/dynamo/limits.ts';
import { DynamoMailTokens } from '#adapters/dynamo/mail-tokens.ts';
import { DynamoOutbox } from '#adapters/dynamo/outbox.ts';
import { DynamoReceipts } from '#adapters/dynamo/receipts.ts';
import { DynamoSessions } from '#adapters/dynamo/sessions.ts';
import { DynamoSignUps } from '#adapters/dynamo/sign-ups.ts';
import { DynamoSubscriptions } from '#adapters/dynamo/subscriptions.ts';
import { DynamoSuppressions } from '#adapters/dynamo/suppressions.ts';
import { Table } from '#adapters/dynamo/table.ts';
import { systemClock as clock } from '#adapters/system/clock.ts';
import { sha256 as hash } from '#adapters/system/digest.ts';
import { systemIds as ids } from '#adapters/system/ids.ts';
import { systemLog as log } from '#adapters/system/log.ts';
import { subscriptionDeeds } from '#domain/subscriptions/deeds.ts';
import { renderer } from '#web/render/render.ts';
import { english } from '#web/render/translate.ts';
import type { Config } from './config.ts';

/** Everything that signing up, preferences and leaving need, on the real engines. */
export const container = ({ tableName, site, sessionLimits, abuseLimits, originSecret }: Config) => {
  const table = new Table(tableName);
  const daySecrets = new DynamoDaySecrets(table, clock, ids);
  const shared = {
    areas: new DynamoAreas(table),
    subscriptions: new DynamoSubscriptions(table),
    mailTokens: new DynamoMailTokens(table, clock, ids),
    keyOfRecipient,
    clock,
    ids,
  };
  return {
    ...shared,
    subscriptionDeeds: subscriptionDeeds({
      ...shared,
      signUps: new DynamoSignUps(table),
      suppressions: new DynamoSuppressions(table),
      outbox: new DynamoOutbox(table),
      audit: new DynamoAuditTrail(table),
      receipts: new DynamoReceipts(table, clock),
      facts: new DynamoFacts(table),
      hash,
    }),
    drafts: new DynamoDrafts(table, clock),
    sessions: new DynamoSessions(table, sessionLimits),
    sessionLimits,
    daySecrets,
    limits: new DynamoLimits(table, daySecrets, clock),
    abuseLimits,
    originSecret,
    // Nobody is staff on these pages.
    findActor: async () => null,
    log,
    render: renderer(site, english),
  };
};
