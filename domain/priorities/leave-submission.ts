import type { Area, AreaCode } from '../areas/area.ts';
import type { Areas } from '../areas/ports.ts';
import type { AuditActor, AuditTrail } from '../audit/audit.ts';
import { describeChange } from '../audit/describe-change.ts';
import type { Duties } from '../chasing/ports.ts';
import { defaultLanguage, type Mail } from '../mailings/message.ts';
import type { KeyOfRecipient, Outbox } from '../mailings/ports.ts';
import type { Clock } from '../shared/clock.ts';
import type { Facts, Refusal, Write } from '../shared/facts.ts';
import type { CorrelationId, Id, IdempotencyKey, Ids } from '../shared/ids.ts';
import { doOnce, KeyReused, type Receipts } from '../shared/once.ts';
import { failed, ok, type Result } from '../shared/result.ts';
import { owedAnswer } from './owed-answer.ts';
import type { Contacts, Notices, Priorities, Submissions, Supporters } from './ports.ts';
import { isOpenToSupport, type Priority } from './priority.ts';
import type { Reference, References } from './reference.ts';
import {
  answerDue,
  asksNothing,
  type Category,
  type Channel,
  type Submission,
  submissionSchema,
} from './submission.ts';
import { cautionsAbout } from './wording.ts';

export interface LeaveSubmissionPorts {
  readonly areas: Areas;
  readonly priorities: Priorities;
  readonly submissions: Submissions;
  readonly supporters: Supporters;
  readonly notices: Notices;
  readonly contacts: Contacts;
  readonly duties: Pick<Duties, 'toOwe'>;
  readonly keyOfRecipient: KeyOfRecipient;
  readonly outbox: Outbox;
  readonly audit: AuditTrail;
  readonly receipts: Receipts;
  readonly facts: Facts;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly references: References;
  /** Where a notice goes when neither the ward nor its borough has a team of its own. */
  readonly fallbackMailbox: string;
}

/** What a person leaves: support for a priority (words optional) or a priority of their own (words needed). */
export interface SubmissionDraft {
  readonly area: AreaCode;
  readonly supports: Id | null;
  readonly text: string;
  readonly category: Category | null;
  readonly email: string | null;
  readonly channel: Channel;
}

/** What a person gets for it. */
export interface SubmissionReceipt {
  readonly submission: Id;
  readonly reference: Reference;
  readonly answerBy: string | null;
}

/** There is no such area, or a newer one has taken its place. */
export class AreaUnknown {
  readonly name = 'AreaUnknown';
}

/** The priority is not there, belongs to another area, or takes no more support. */
export class PriorityClosed {
  readonly name = 'PriorityClosed';
}

/** A priority of one's own needs words. */
export class TextMissing {
  readonly name = 'TextMissing';
}

export type LeaveSubmissionFailure = AreaUnknown | PriorityClosed | TextMissing | KeyReused;

// Four billion references exist; that three in a row are taken does not happen by chance.
const REFERENCE_ATTEMPTS = 3;

const receive = (
  draft: SubmissionDraft,
  area: Area,
  { id, reference, at }: { id: Id; reference: Reference; at: string },
): Submission => ({
  id,
  reference,
  area: area.code,
  borough: area.borough ?? area.code,
  supports: draft.supports,
  text: draft.text,
  category: draft.category,
  channel: draft.channel,
  email: draft.email,
  cautions: cautionsAbout(draft.text),
  receivedAt: at,
  answerBy: answerDue(at),
  status: asksNothing(draft) ? 'answered' : draft.supports === null ? 'received' : 'triaged',
  outcome: draft.supports === null ? null : { kind: 'joined', priority: draft.supports },
  answer: null,
  version: 1,
});

interface About {
  readonly area: Area;
  readonly priority: Priority | null;
  readonly mailbox: string;
  readonly correlationId: CorrelationId;
}

/** Mails that follow from a submission: to the person, and at once to the team when it was flagged. */
const mailsOnReceipt = (submission: Submission, about: About, ids: Ids): Mail[] => {
  const area = { code: about.area.code, name: about.area.name };
  const answerBy = asksNothing(submission) ? null : submission.answerBy;
  const post = (to: string, replyTo: string | null, message: Mail['message']): Mail => ({
    id: ids.next(),
    to,
    replyTo,
    language: defaultLanguage,
    message,
    correlationId: about.correlationId,
    postedAt: submission.receivedAt,
  });
  const { id, reference, text, cautions } = submission;
  const supports = about.priority && { id: about.priority.id, title: about.priority.title };
  const mails: Mail[] = [];
  if (submission.email !== null) {
    const message = { kind: 'submission-received' as const, reference, area, text, supports, answerBy };
    mails.push(post(submission.email, about.mailbox, message));
  }
  if (cautions.length > 0) {
    const message = {
      kind: 'submission-flagged' as const,
      submission: id,
      reference,
      area,
      cautions,
      answerBy: submission.answerBy,
    };
    mails.push(post(about.mailbox, null, message));
  }
  return mails;
};

const describeWrites = (
  ports: LeaveSubmissionPorts,
  submission: Submission,
  about: About,
  actor: AuditActor,
): Write[] => {
  const { id, reference, area, answerBy, supports, cautions } = submission;
  const writes = [
    ports.submissions.toAdd(submission),
    ...mailsOnReceipt(submission, about, ports.ids).map((mail) => ports.outbox.toPost(mail)),
    ports.audit.toRecord({
      id: ports.ids.next(),
      at: submission.receivedAt,
      actor,
      deed: supports === null ? 'leave priority' : 'support priority',
      record: { kind: 'submission', id },
      ...describeChange(submissionSchema, null, submission),
      change: {},
      correlationId: about.correlationId,
    }),
  ];
  if (supports !== null) {
    writes.push(ports.priorities.toRequireOpen(supports), ports.supporters.toCount(area, supports, 1));
  }
  if (!asksNothing(submission)) writes.push(ports.duties.toOwe(owedAnswer(submission)));
  if (submission.email !== null) writes.push(keepContact(ports, submission, submission.email));
  // What was flagged is told at once, and support without words needs nobody: neither waits for the morning.
  if (!asksNothing(submission) && cautions.length === 0) {
    writes.push(
      ports.notices.toAdd({ submission: id, reference, area, answerBy, supports: supports !== null }),
    );
  }
  return writes;
};

/** Whoever left an address can be told later what came of what people said there, unless they say no. */
const keepContact = (
  { contacts, keyOfRecipient }: LeaveSubmissionPorts,
  { area, receivedAt }: Submission,
  email: string,
): Write =>
  contacts.toKeep({
    key: keyOfRecipient(email),
    email,
    area,
    language: defaultLanguage,
    leftAt: receivedAt,
  });

const bodyOf = (draft: SubmissionDraft): string =>
  JSON.stringify([draft.area, draft.supports, draft.text, draft.category, draft.email, draft.channel]);

/** The area and the priority that a draft is about, when it may be left there now. */
const findSubject = async (
  ports: LeaveSubmissionPorts,
  draft: SubmissionDraft,
): Promise<
  Result<
    { area: Area; priority: Priority | null; mailbox: string },
    AreaUnknown | PriorityClosed | TextMissing
  >
> => {
  const directory = await ports.areas.directory();
  const area = directory.find(draft.area);
  if (!area || area.superseded) return failed(new AreaUnknown());
  const mailbox = directory.teamOf(area)?.mailbox ?? ports.fallbackMailbox;
  if (draft.supports === null)
    return draft.text === '' ? failed(new TextMissing()) : ok({ area, priority: null, mailbox });
  const priority = await ports.priorities.find(draft.supports);
  if (priority?.area !== area.code || !isOpenToSupport(priority)) return failed(new PriorityClosed());
  return ok({ area, priority, mailbox });
};

/** What a refusal means to the person; null when another reference mends it. */
const failureOf = (error: KeyReused | { refusal: Refusal }): KeyReused | PriorityClosed | null => {
  if (error instanceof KeyReused) return error;
  return error.refusal === 'not-there' ? new PriorityClosed() : null;
};

/** The receipt of a draft that was taken while its area or priority still took any. */
const findEarlier = async (
  { receipts }: LeaveSubmissionPorts,
  key: IdempotencyKey,
  draft: SubmissionDraft,
): Promise<Result<SubmissionReceipt, never> | null> => {
  const earlier = await receipts.find(key, bodyOf(draft));
  return earlier?.sameBody ? ok(earlier.answer as SubmissionReceipt) : null;
};

/**
 * Takes what a person says, once per key, and promises an answer within 72 hours of now. The submission,
 * its count, its mails, its notice, the clock of its answer and its audit entry are stored together or not at all. The same key
 * with the same words gives the same receipt; with other words it is a `KeyReused`.
 */
export const leaveSubmission =
  (ports: LeaveSubmissionPorts) =>
  async (
    draft: SubmissionDraft,
    { key, actor, correlationId }: { key: IdempotencyKey; actor: AuditActor; correlationId: CorrelationId },
  ): Promise<Result<SubmissionReceipt, LeaveSubmissionFailure>> => {
    const subject = await findSubject(ports, draft);
    if (!subject.ok) return (await findEarlier(ports, key, draft)) ?? subject;
    const once = doOnce(ports);
    for (let attempt = 1; attempt <= REFERENCE_ATTEMPTS; attempt += 1) {
      const submission = receive(draft, subject.value.area, {
        id: ports.ids.next(),
        reference: ports.references.next(),
        at: ports.clock.now(),
      });
      const answer: SubmissionReceipt = {
        submission: submission.id,
        reference: submission.reference,
        answerBy: asksNothing(submission) ? null : submission.answerBy,
      };
      const writes = describeWrites(ports, submission, { ...subject.value, correlationId }, actor);
      const outcome = await once(key, bodyOf(draft), { writes, answer });
      if (outcome.ok) return outcome;
      const failure = failureOf(outcome.error);
      if (failure) return failed(failure);
    }
    throw new Error('No free reference was found: the source of randomness is broken');
  };
