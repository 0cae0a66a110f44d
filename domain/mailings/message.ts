import type { AreaCode } from '../areas/area.ts';
import type { Reference } from '../priorities/reference.ts';
import type { TriageOutcome } from '../priorities/submission.ts';
import type { Caution } from '../priorities/wording.ts';
import type { Instant } from '../shared/clock.ts';
import type { CorrelationId, Id } from '../shared/ids.ts';

interface AreaNamed {
  readonly code: AreaCode;
  readonly name: string;
}

interface PriorityNamed {
  readonly id: Id;
  readonly title: string;
}

/** To the person: we have what you said, and this is when you hear from us. */
export interface SubmissionReceived {
  readonly kind: 'submission-received';
  readonly reference: Reference;
  readonly area: AreaNamed;
  readonly text: string;
  readonly supports: PriorityNamed | null;
  /** Null when nothing was asked: support without words. */
  readonly answerBy: Instant | null;
}

/** To the person: what the local team says, and what became of it. */
export interface SubmissionAnswered {
  readonly kind: 'submission-answered';
  readonly reference: Reference;
  readonly area: AreaNamed;
  readonly text: string;
  readonly outcome: TriageOutcome;
  /** The priority that it was joined to or adopted as. */
  readonly priority: PriorityNamed | null;
  readonly answer: string;
}

/** To the local team, at once: something came in that may not wait for the morning. */
export interface SubmissionFlagged {
  readonly kind: 'submission-flagged';
  readonly submission: Id;
  readonly reference: Reference;
  readonly area: AreaNamed;
  readonly cautions: readonly Caution[];
  readonly answerBy: Instant;
}

/** To the local team, on the morning of a working day: what came in since the last one. */
export interface AreaDigest {
  readonly kind: 'area-digest';
  readonly area: AreaNamed;
  readonly submissions: readonly {
    readonly id: Id;
    readonly reference: Reference;
    readonly answerBy: Instant;
    readonly supports: boolean;
  }[];
}

/** Every mail that Folkmoot can send. A kind without a template does not compile. */
export type Message = SubmissionReceived | SubmissionAnswered | SubmissionFlagged | AreaDigest;
export type MessageKind = Message['kind'];

/** A message on its way to one mailbox, as the outbox keeps it. */
export interface Mail {
  readonly id: Id;
  readonly to: string;
  /** Where a reply goes; null for the sender's own. */
  readonly replyTo: string | null;
  readonly message: Message;
  readonly correlationId: CorrelationId;
  readonly postedAt: Instant;
}
