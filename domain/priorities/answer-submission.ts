import type { Areas } from '../areas/ports.ts';
import type { AuditTrail } from '../audit/audit.ts';
import { describeChange } from '../audit/describe-change.ts';
import type { Duties } from '../chasing/ports.ts';
import { defaultLanguage, type Mail, type SubmissionAnswered } from '../mailings/message.ts';
import type { Outbox } from '../mailings/ports.ts';
import type { Clock } from '../shared/clock.ts';
import { commitRecord } from '../shared/commit-record.ts';
import type { Facts } from '../shared/facts.ts';
import type { Id, Ids } from '../shared/ids.ts';
import { failed, ok, type Result } from '../shared/result.ts';
import { owedAnswer } from './owed-answer.ts';
import type { Priorities, Submissions } from './ports.ts';
import { type Submission, submissionSchema } from './submission.ts';
import { findToWorkOn, priorityOf, type StaffDeed, type TriageFailure } from './triage-submission.ts';

export interface AnswerPorts {
  readonly areas: Areas;
  readonly submissions: Submissions;
  readonly priorities: Priorities;
  readonly outbox: Outbox;
  readonly duties: Pick<Duties, 'toSettle'>;
  readonly audit: AuditTrail;
  readonly facts: Facts;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly fallbackMailbox: string;
}

/** Characters at most of an answer, as a person counts them. */
export const MAX_ANSWER = 3000;

/** It has to be decided what becomes of a submission before its person is told. */
export class NotTriaged {
  readonly name = 'NotTriaged';
}

/** The mail that an answer would make: the same for the preview and for the sending. */
export const describeAnswer = async (
  { areas, priorities }: Pick<AnswerPorts, 'areas' | 'priorities'>,
  submission: Submission,
  answer: string,
): Promise<Result<SubmissionAnswered, NotTriaged>> => {
  if (submission.outcome === null) return failed(new NotTriaged());
  const joined = priorityOf(submission.outcome);
  const [area, priority] = await Promise.all([
    areas.find(submission.area),
    joined === null ? null : priorities.find(joined),
  ]);
  return ok({
    kind: 'submission-answered',
    reference: submission.reference,
    area: { code: submission.area, name: area?.name ?? submission.area },
    text: submission.text,
    outcome: submission.outcome,
    priority: priority && { id: priority.id, title: priority.title },
    answer,
  });
};

/**
 * Gives the local team's answer. It is recorded and, when the person left an address, its mail posted in
 * the same moment; both happen once. Without an address the answer is recorded all the same.
 */
export const answerSubmission =
  (ports: AnswerPorts) =>
  async (id: Id, text: string, deed: StaffDeed): Promise<Result<Submission, TriageFailure | NotTriaged>> => {
    const found = await findToWorkOn(ports.submissions, id, deed);
    if (!found.ok) return found;
    const submission = found.value;
    const message = await describeAnswer(ports, submission, text);
    if (!message.ok) return message;
    const at = ports.clock.now();
    const answered: Submission = { ...submission, status: 'answered', answer: { text, at } };
    const mails: Mail[] = [];
    if (submission.email !== null) {
      const directory = await ports.areas.directory();
      const area = directory.find(submission.area);
      const replyTo = (area && directory.teamOf(area)?.mailbox) ?? ports.fallbackMailbox;
      mails.push({
        id: ports.ids.next(),
        to: submission.email,
        replyTo,
        language: defaultLanguage,
        message: message.value,
        correlationId: deed.correlationId,
        postedAt: at,
      });
    }
    return commitRecord(ports.facts, { before: submission, after: answered }, [
      ports.submissions.toChange(answered),
      ports.duties.toSettle(owedAnswer(submission)),
      ...mails.map((mail) => ports.outbox.toPost(mail)),
      ports.audit.toRecord({
        id: ports.ids.next(),
        at,
        actor: { kind: 'staff', email: deed.by.email },
        deed: 'answer submission',
        record: { kind: 'submission', id },
        ...describeChange(submissionSchema, submission, answered),
        change: { mailed: mails.length > 0, late: at > submission.answerBy },
        correlationId: deed.correlationId,
      }),
    ]);
  };
