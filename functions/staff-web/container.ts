import { DynamoAreas } from '#adapters/dynamo/areas.ts';
import { DynamoAuditTrail } from '#adapters/dynamo/audit-trail.ts';
import { DynamoFacts } from '#adapters/dynamo/facts.ts';
import { DynamoOutbox } from '#adapters/dynamo/outbox.ts';
import { DynamoPriorities } from '#adapters/dynamo/priorities.ts';
import { DynamoSessions } from '#adapters/dynamo/sessions.ts';
import { DynamoStaffAccounts } from '#adapters/dynamo/staff-accounts.ts';
import { DynamoSubmissions } from '#adapters/dynamo/submissions.ts';
import { DynamoSupporters } from '#adapters/dynamo/supporters.ts';
import { Table } from '#adapters/dynamo/table.ts';
import { OidcIssuer } from '#adapters/oidc/issuer.ts';
import { systemClock as clock } from '#adapters/system/clock.ts';
import { systemIds as ids } from '#adapters/system/ids.ts';
import { systemLog as log } from '#adapters/system/log.ts';
import { randomBelow } from '#adapters/system/random.ts';
import { answerSubmission } from '#domain/priorities/answer-submission.ts';
import { changePriority } from '#domain/priorities/change-priority.ts';
import { triageSubmission } from '#domain/priorities/triage-submission.ts';
import { mailRenderer } from '#web/mail/render-mail.ts';
import { renderer } from '#web/render/render.ts';
import { english } from '#web/render/translate.ts';
import { staffTemplates } from '#web/staff-routes.ts';
import type { Config } from './config.ts';

/** Everything that the staff pages need, on the real engines. */
export const container = ({ tableName, publicUrl, site, sessionLimits, signIn }: Config) => {
  const table = new Table(tableName);
  const ports = {
    areas: new DynamoAreas(table),
    priorities: new DynamoPriorities(table, randomBelow),
    submissions: new DynamoSubmissions(table),
    supporters: new DynamoSupporters(table, randomBelow),
    outbox: new DynamoOutbox(table),
    audit: new DynamoAuditTrail(table),
    facts: new DynamoFacts(table),
    clock,
    ids,
    fallbackMailbox: site.contactEmail,
  };
  return {
    ...ports,
    triage: triageSubmission(ports),
    answer: answerSubmission(ports),
    change: changePriority(ports),
    renderMail: mailRenderer(site, english, publicUrl),
    render: renderer(site, english, staffTemplates),
    issuer: new OidcIssuer(signIn),
    sessions: new DynamoSessions(table, sessionLimits),
    sessionLimits,
    staff: new DynamoStaffAccounts(table),
    publicUrl,
    log,
  };
};
