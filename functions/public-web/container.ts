import { DynamoAreas } from '#adapters/dynamo/areas.ts';
import { DynamoAuditTrail } from '#adapters/dynamo/audit-trail.ts';
import { DynamoDrafts } from '#adapters/dynamo/drafts.ts';
import { DynamoFacts } from '#adapters/dynamo/facts.ts';
import { DynamoNotices } from '#adapters/dynamo/notices.ts';
import { DynamoOutbox } from '#adapters/dynamo/outbox.ts';
import { DynamoPriorities } from '#adapters/dynamo/priorities.ts';
import { DynamoReceipts } from '#adapters/dynamo/receipts.ts';
import { DynamoSessions } from '#adapters/dynamo/sessions.ts';
import { DynamoStaffAccounts } from '#adapters/dynamo/staff-accounts.ts';
import { DynamoSubmissions } from '#adapters/dynamo/submissions.ts';
import { DynamoSupporters } from '#adapters/dynamo/supporters.ts';
import { Table } from '#adapters/dynamo/table.ts';
import { systemClock as clock } from '#adapters/system/clock.ts';
import { systemIds as ids } from '#adapters/system/ids.ts';
import { systemLog as log } from '#adapters/system/log.ts';
import { randomBelow } from '#adapters/system/random.ts';
import { systemReferences as references } from '#adapters/system/references.ts';
import { leaveSubmission } from '#domain/priorities/leave-submission.ts';
import { publicTemplates } from '#web/public-routes.ts';
import { renderer } from '#web/render/render.ts';
import { english } from '#web/render/translate.ts';
import type { Config } from './config.ts';

/** Everything that the public pages need, on the real engines. */
export const container = ({ tableName, site, sessionLimits }: Config) => {
  const table = new Table(tableName);
  const areas = new DynamoAreas(table);
  const priorities = new DynamoPriorities(table, randomBelow);
  const supporters = new DynamoSupporters(table, randomBelow);
  const receipts = new DynamoReceipts(table, clock);
  const leave = leaveSubmission({
    areas,
    priorities,
    supporters,
    receipts,
    submissions: new DynamoSubmissions(table),
    notices: new DynamoNotices(table),
    outbox: new DynamoOutbox(table),
    audit: new DynamoAuditTrail(table),
    facts: new DynamoFacts(table),
    clock,
    ids,
    references,
    fallbackMailbox: site.contactEmail,
  });
  return {
    areas,
    priorities,
    supporters,
    receipts,
    leave,
    drafts: new DynamoDrafts(table, clock),
    sessions: new DynamoSessions(table, sessionLimits),
    sessionLimits,
    staff: new DynamoStaffAccounts(table),
    clock,
    ids,
    log,
    render: renderer(site, english, publicTemplates),
  };
};
