import type { AuditTrail } from '../audit/audit.ts';
import { describeChange } from '../audit/describe-change.ts';
import { ChangedMeanwhile } from '../shared/changed-meanwhile.ts';
import { type Clock, londonDate } from '../shared/clock.ts';
import type { Facts, Write } from '../shared/facts.ts';
import type { CorrelationId, Id, Ids } from '../shared/ids.ts';
import { failed, ok, type Result } from '../shared/result.ts';
import type { Actor } from '../staff/actor.ts';
import { may } from '../staff/may.ts';
import type { Priorities, Submissions, Supporters } from './ports.ts';
import { isOpenToSupport, type Priority } from './priority.ts';
import { awaitsAnswer, type Submission, submissionSchema, type TriageOutcome } from './submission.ts';

export interface TriagePorts {
  readonly submissions: Submissions;
  readonly priorities: Priorities;
  readonly supporters: Supporters;
  readonly audit: AuditTrail;
  readonly facts: Facts;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** What the local team decides about a submission. */
export type TriageDecision =
  | { readonly kind: 'join'; readonly priority: Id }
  | { readonly kind: 'adopt'; readonly title: string; readonly description: string }
  | { readonly kind: 'pass-on'; readonly to: string }
  | { readonly kind: 'not-take-up'; readonly reason: string };

/** There is no such submission in the areas of this person. */
export class SubmissionUnknown {
  readonly name = 'SubmissionUnknown';
}

/** The answer has gone out: what it says can no longer be changed. */
export class AnsweredAlready {
  readonly name = 'AnsweredAlready';
}

/** The priority is not one of this area that takes support. */
export class PriorityNotJoinable {
  readonly name = 'PriorityNotJoinable';
}

export type TriageFailure = SubmissionUnknown | ChangedMeanwhile | AnsweredAlready | PriorityNotJoinable;

/** A deed of staff on a submission: by whom, and on which version of it. */
export interface StaffDeed {
  readonly by: Actor;
  readonly version: number;
  readonly correlationId: CorrelationId;
}

/** The submission that somebody wants to work on, when they may and nobody was faster. */
export const findToWorkOn = async (
  submissions: Submissions,
  id: Id,
  deed: StaffDeed,
): Promise<Result<Submission, TriageFailure>> => {
  const submission = await submissions.find(id);
  if (!submission || !may(deed.by, 'triage submissions', submission)) return failed(new SubmissionUnknown());
  if (!awaitsAnswer(submission)) return failed(new AnsweredAlready());
  return submission.version === deed.version ? ok(submission) : failed(new ChangedMeanwhile());
};

const newPriority = (
  ports: TriagePorts,
  submission: Submission,
  title: string,
  description: string,
): Priority => ({
  id: ports.ids.next(),
  area: submission.area,
  title,
  description,
  status: 'adopted',
  closedReason: null,
  adoptedOn: londonDate(ports.clock.now()),
  updates: [],
  version: 1,
});

interface Carried {
  readonly outcome: TriageOutcome;
  readonly writes: readonly Write[];
}

/** What a decision comes to, with the changes that it makes beside the submission itself. */
const carryOut = async (
  ports: TriagePorts,
  submission: Submission,
  decision: TriageDecision,
): Promise<Result<Carried, PriorityNotJoinable>> => {
  switch (decision.kind) {
    case 'join': {
      const priority = await ports.priorities.find(decision.priority);
      if (priority?.area !== submission.area || !isOpenToSupport(priority))
        return failed(new PriorityNotJoinable());
      return ok({
        outcome: { kind: 'joined', priority: priority.id },
        writes: [
          ports.priorities.toRequireOpen(priority.id),
          ports.supporters.toCount(submission.area, priority.id, 1),
        ],
      });
    }
    case 'adopt': {
      const priority = newPriority(ports, submission, decision.title, decision.description);
      return ok({
        outcome: { kind: 'adopted', priority: priority.id },
        writes: [ports.priorities.toAdd(priority), ports.supporters.toCount(submission.area, priority.id, 1)],
      });
    }
    case 'pass-on':
      return ok({ outcome: { kind: 'passed-on', to: decision.to }, writes: [] });
    case 'not-take-up':
      return ok({ outcome: { kind: 'not-taken-up', reason: decision.reason }, writes: [] });
  }
};

/** The priority that a person was counted for before, if any. */
export const priorityOf = (outcome: TriageOutcome | null): Id | null =>
  outcome?.kind === 'joined' || outcome?.kind === 'adopted' ? outcome.priority : null;

/** Whether a submission stands already as a decision would have it: the button was pressed twice, say. */
const standsSo = async (
  ports: TriagePorts,
  submission: Submission,
  decision: TriageDecision,
): Promise<boolean> => {
  const { outcome } = submission;
  switch (decision.kind) {
    case 'join':
      return priorityOf(outcome) === decision.priority;
    case 'adopt': {
      const priority = outcome?.kind === 'adopted' ? await ports.priorities.find(outcome.priority) : null;
      return priority?.title === decision.title && priority.description === decision.description;
    }
    case 'pass-on':
      return outcome?.kind === 'passed-on' && outcome.to === decision.to;
    case 'not-take-up':
      return outcome?.kind === 'not-taken-up' && outcome.reason === decision.reason;
  }
};

const decide = async (
  ports: TriagePorts,
  submission: Submission,
  decision: TriageDecision,
  deed: StaffDeed,
): Promise<Result<Submission, TriageFailure>> => {
  const carried = await carryOut(ports, submission, decision);
  if (!carried.ok) return carried;
  const { outcome, writes } = carried.value;
  const before = priorityOf(submission.outcome);
  const triaged: Submission = { ...submission, status: 'triaged', outcome };
  const { refused } = await ports.facts.commit([
    ports.submissions.toChange(triaged),
    ...writes,
    ...(before === null ? [] : [ports.supporters.toCount(submission.area, before, -1)]),
    ports.audit.toRecord({
      id: ports.ids.next(),
      at: ports.clock.now(),
      actor: { kind: 'staff', email: deed.by.email },
      deed: 'triage submission',
      record: { kind: 'submission', id: submission.id },
      ...describeChange(submissionSchema, submission, triaged),
      change: {},
      correlationId: deed.correlationId,
    }),
  ]);
  if (refused === 'not-there') return failed(new PriorityNotJoinable());
  if (refused !== null) return failed(new ChangedMeanwhile());
  return ok({ ...triaged, version: submission.version + 1 });
};

/**
 * Records the local team's decision about a submission: joined to a priority, adopted as a new one,
 * passed on, or not taken up. May be changed until the answer has gone out; the person is then counted
 * for the new priority and no longer for the old one. The same decision again changes nothing.
 */
export const triageSubmission =
  (ports: TriagePorts) =>
  async (id: Id, decision: TriageDecision, deed: StaffDeed): Promise<Result<Submission, TriageFailure>> => {
    const found = await findToWorkOn(ports.submissions, id, deed);
    if (found.ok && (await standsSo(ports, found.value, decision))) return found;
    const decided = found.ok ? await decide(ports, found.value, decision, deed) : found;
    if (decided.ok || decided.error.name !== 'ChangedMeanwhile') return decided;
    const now = await ports.submissions.find(id);
    return now && awaitsAnswer(now) && (await standsSo(ports, now, decision)) ? ok(now) : decided;
  };
