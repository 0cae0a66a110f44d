import type { ActionPlans } from '../actions/ports.ts';
import type { AuditTrail } from '../audit/audit.ts';
import { describeChange } from '../audit/describe-change.ts';
import { londonDate } from '../shared/clock.ts';
import type { Facts } from '../shared/facts.ts';
import type { CorrelationId, Id, Ids } from '../shared/ids.ts';
import { failed, ok, type Result } from '../shared/result.ts';
import type { Actor } from '../staff/actor.ts';
import { may } from '../staff/may.ts';
import { type DraftPorts, draftReport, type ReportWanted } from './draft-report.ts';
import type { FrozenReport, Reports } from './ports.ts';
import { issuedReportSchema } from './report.ts';

export interface IssuePorts extends DraftPorts {
  readonly actionPlans: Pick<ActionPlans, 'find'>;
  readonly reports: Reports;
  readonly audit: Pick<AuditTrail, 'toRecord'>;
  readonly facts: Facts;
  readonly ids: Ids;
}

/** There is no such plan, the day is no day of it that has come, or it is not for this person to issue its reports. */
export class ReportRefused {
  readonly name = 'ReportRefused';
}

export interface IssueDeed {
  readonly by: Actor;
  readonly correlationId: CorrelationId;
}

/**
 * Freezes a report as it is written at this moment: whatever becomes of its actions, it stays as it is. The id comes
 * from the form, so that pressing twice issues one.
 */
export const issueReport =
  (ports: IssuePorts) =>
  async (
    id: Id,
    planId: Id,
    wanted: ReportWanted,
    { by, correlationId }: IssueDeed,
  ): Promise<Result<FrozenReport, ReportRefused>> => {
    const plan = await ports.actionPlans.find(planId);
    const issuedAt = ports.clock.now();
    const isDayOfPlan = plan && wanted.asOf >= plan.from && wanted.asOf <= londonDate(issuedAt);
    if (!isDayOfPlan || !may(by, 'keep action plans', {})) return failed(new ReportRefused());
    const there = await ports.reports.find(id);
    if (there) return ofPlan(there, planId);
    const report = await draftReport(ports)(plan, wanted);
    const issued = { id, plan: planId, ...wanted, issuedAt, issuedBy: by.email };
    const { refused } = await ports.facts.commit([
      await ports.reports.toIssue({ issued, report }),
      ports.audit.toRecord({
        id: ports.ids.next(),
        at: issuedAt,
        actor: { kind: 'staff', email: by.email },
        deed: 'issue report',
        record: { kind: 'report', id },
        ...describeChange(issuedReportSchema, null, issued),
        change: { actions: report.figures.actions, since: report.since?.id ?? null },
        correlationId,
      }),
    ]);
    if (refused === null) return ok({ issued, report });
    const first = await ports.reports.find(id);
    return first ? ofPlan(first, planId) : failed(new ReportRefused());
  };

/** What was issued under an id, unless that was for another plan. */
const ofPlan = (found: FrozenReport, plan: Id): Result<FrozenReport, ReportRefused> =>
  found.issued.plan === plan ? ok(found) : failed(new ReportRefused());
