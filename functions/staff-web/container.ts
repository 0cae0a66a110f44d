import { DynamoActionPlans } from '#adapters/dynamo/action-plans.ts';
import { DynamoActions } from '#adapters/dynamo/actions.ts';
import { DynamoAreas } from '#adapters/dynamo/areas.ts';
import { DynamoAudiences } from '#adapters/dynamo/audiences.ts';
import { DynamoAuditSeals } from '#adapters/dynamo/audit-seals.ts';
import { DynamoAuditTrail } from '#adapters/dynamo/audit-trail.ts';
import { DynamoDaySecrets } from '#adapters/dynamo/day-secrets.ts';
import { DynamoDepartures } from '#adapters/dynamo/departures.ts';
import { DynamoDuties } from '#adapters/dynamo/duties.ts';
import { DynamoFacts } from '#adapters/dynamo/facts.ts';
import { keyOfRecipient } from '#adapters/dynamo/keys.ts';
import { DynamoLedger } from '#adapters/dynamo/ledger.ts';
import { DynamoLimits } from '#adapters/dynamo/limits.ts';
import { DynamoMailTokens } from '#adapters/dynamo/mail-tokens.ts';
import { DynamoMailTroubles } from '#adapters/dynamo/mail-troubles.ts';
import { DynamoMailingSteps } from '#adapters/dynamo/mailing-work.ts';
import { DynamoMailings } from '#adapters/dynamo/mailings.ts';
import { DynamoOutbox } from '#adapters/dynamo/outbox.ts';
import { DynamoPlanUploads } from '#adapters/dynamo/plan-uploads.ts';
import { DynamoPriorities } from '#adapters/dynamo/priorities.ts';
import { DynamoProgressEntries } from '#adapters/dynamo/progress-entries.ts';
import { DynamoReports } from '#adapters/dynamo/reports.ts';
import { DynamoSessions } from '#adapters/dynamo/sessions.ts';
import { DynamoStaffAccounts } from '#adapters/dynamo/staff-accounts.ts';
import { DynamoSubmissions } from '#adapters/dynamo/submissions.ts';
import { DynamoSupporters } from '#adapters/dynamo/supporters.ts';
import { DynamoSuppressions } from '#adapters/dynamo/suppressions.ts';
import { Table } from '#adapters/dynamo/table.ts';
import { DynamoUnits } from '#adapters/dynamo/units.ts';
import { OidcIssuer } from '#adapters/oidc/issuer.ts';
import { systemClock as clock } from '#adapters/system/clock.ts';
import { sha256 as hash } from '#adapters/system/digest.ts';
import { systemIds as ids } from '#adapters/system/ids.ts';
import { systemLog as log } from '#adapters/system/log.ts';
import { randomBelow } from '#adapters/system/random.ts';
import { actionDeeds } from '#domain/actions/action-deeds.ts';
import type { PlanTable } from '#domain/actions/import/export-plan.ts';
import { planFileDeeds } from '#domain/actions/plan-file-deeds.ts';
import { mailingDeeds } from '#domain/mailings/deeds.ts';
import { answerSubmission } from '#domain/priorities/answer-submission.ts';
import { changePriority } from '#domain/priorities/change-priority.ts';
import { triageSubmission } from '#domain/priorities/triage-submission.ts';
import { endAllSessions, endSession } from '#domain/sessions/end-session.ts';
import { openSession, renewSession } from '#domain/sessions/open-session.ts';
import { accountDeeds, unitDeeds } from '#domain/staff/deeds.ts';
import { findActor } from '#domain/staff/find-actor.ts';
import { findInvitation } from '#domain/staff/find-invitation.ts';
import { admitStaff } from '#domain/staff/sign-in.ts';
import { mailLanguages } from '#web/mail/mail-language.ts';
import { mailRenderer } from '#web/mail/render-mail.ts';
import { renderer } from '#web/render/render.ts';
import { english } from '#web/render/translate.ts';
import type { Config } from './config.ts';

/** Everything that the staff pages need, on the real engines. */
export const container = ({
  tableName,
  publicUrl,
  site,
  sessionLimits,
  abuseLimits,
  originSecret,
  signIn,
  groupRoles,
  invitationDays,
  approvalAbove,
}: Config) => {
  const table = new Table(tableName);
  const daySecrets = new DynamoDaySecrets(table, clock, ids);
  const areas = new DynamoAreas(table);
  const ports = {
    areas,
    priorities: new DynamoPriorities(table, randomBelow),
    submissions: new DynamoSubmissions(table),
    supporters: new DynamoSupporters(table, randomBelow),
    outbox: new DynamoOutbox(table),
    mailings: new DynamoMailings(table),
    steps: new DynamoMailingSteps(),
    audiences: new DynamoAudiences(table, areas, clock),
    mailTokens: new DynamoMailTokens(table, clock, ids),
    keyOfRecipient,
    approvalAbove,
    actionPlans: new DynamoActionPlans(table),
    actions: new DynamoActions(table),
    progressEntries: new DynamoProgressEntries(table),
    reports: new DynamoReports(table),
    duties: new DynamoDuties(table),
    suppressions: new DynamoSuppressions(table),
    audit: new DynamoAuditTrail(table),
    seals: new DynamoAuditSeals(table),
    departures: new DynamoDepartures(table),
    facts: new DynamoFacts(table),
    staff: new DynamoStaffAccounts(table),
    units: new DynamoUnits(table),
    sessions: new DynamoSessions(table, sessionLimits),
    clock,
    ids,
    fallbackMailbox: site.contactEmail,
  };
  return {
    ...ports,
    triage: triageSubmission(ports),
    answer: answerSubmission(ports),
    change: changePriority(ports),
    mailingDeeds: mailingDeeds(ports),
    actionDeeds: actionDeeds(ports),
    planFileDeeds: planFileDeeds({ ...ports, digest: hash }),
    planUploads: new DynamoPlanUploads(table, clock),
    // Once in a while, and a seventh of all that is read at a cold start otherwise.
    readWorkbook: async (bytes: Uint8Array, filename: string) =>
      (await import('#adapters/files/read-workbook.ts')).readWorkbook(bytes, filename),
    writeXlsx: async (table: PlanTable, sheet: string) =>
      (await import('#adapters/files/write-xlsx.ts')).writeXlsx(table, sheet),
    ledger: new DynamoLedger(table, randomBelow),
    mailTroubles: new DynamoMailTroubles(table),
    renderMail: mailRenderer(site, mailLanguages, publicUrl),
    render: renderer(site, english),
    language: english,
    organisation: site.organisation,
    issuer: new OidcIssuer(signIn),
    sessionLimits,
    daySecrets,
    limits: new DynamoLimits(table, daySecrets, clock),
    abuseLimits,
    originSecret,
    accountDeeds: accountDeeds({ ...ports, hash, invitationDays }),
    unitDeeds: unitDeeds(ports),
    findInvitation: findInvitation({ ...ports, hash }),
    findActor: findActor(ports),
    admit: admitStaff(ports),
    open: openSession({ ...ports, groupRoles }),
    renew: renewSession({ ...ports, groupRoles }),
    endSession: endSession(ports),
    endAllSessions: endAllSessions(ports),
    publicUrl,
    log,
  };
};
