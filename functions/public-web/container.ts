import { DynamoAreas } from '#adapters/dynamo/areas.ts';
import { DynamoDaySecrets } from '#adapters/dynamo/day-secrets.ts';
import { DynamoDrafts } from '#adapters/dynamo/drafts.ts';
import { DynamoLimits } from '#adapters/dynamo/limits.ts';
import { DynamoPriorities } from '#adapters/dynamo/priorities.ts';
import { DynamoReceipts } from '#adapters/dynamo/receipts.ts';
import { DynamoSessions } from '#adapters/dynamo/sessions.ts';
import { DynamoSupporters } from '#adapters/dynamo/supporters.ts';
import { Table } from '#adapters/dynamo/table.ts';
import { systemClock as clock } from '#adapters/system/clock.ts';
import { systemIds as ids } from '#adapters/system/ids.ts';
import { systemLog as log } from '#adapters/system/log.ts';
import { randomBelow } from '#adapters/system/random.ts';
import { renderer } from '#web/render/render.ts';
import { publicEnglish } from '#web/render/translate.ts';
import type { Config } from './config.ts';
import type { leaveContainer } from './leave-container.ts';

type Leave = ReturnType<typeof leaveContainer>;

/** Everything that the public pages need, on the real engines. */
export const container = ({ tableName, site, sessionLimits, abuseLimits, originSecret }: Config) => {
  const table = new Table(tableName);
  const daySecrets = new DynamoDaySecrets(table, clock, ids);
  const shared = {
    areas: new DynamoAreas(table),
    priorities: new DynamoPriorities(table, randomBelow),
    supporters: new DynamoSupporters(table, randomBelow),
    receipts: new DynamoReceipts(table, clock),
    clock,
    ids,
  };
  // Loaded when somebody first leaves something: who only reads does not wait for it.
  const loadLeave = async (): Promise<Leave> =>
    (await import('./leave-container.ts')).leaveContainer(table, {
      ...shared,
      fallbackMailbox: site.contactEmail,
    });
  let loaded: Promise<Leave> | undefined;
  const leave: Leave = async (...submission) => {
    loaded ??= loadLeave();
    return (await loaded)(...submission);
  };
  return {
    ...shared,
    leave,
    drafts: new DynamoDrafts(table, clock),
    sessions: new DynamoSessions(table, sessionLimits),
    sessionLimits,
    daySecrets,
    limits: new DynamoLimits(table, daySecrets, clock),
    abuseLimits,
    originSecret,
    // Nobody is staff on the pages of the public.
    findActor: async () => null,
    log,
    render: renderer(site, publicEnglish),
  };
};
