import type { AreaCode } from '../areas/area.ts';
import type { Saying, Section } from '../chasing/digest.ts';
import type { DutyKind } from '../chasing/duty.ts';
import type { RefusalReason } from '../documents/upload.ts';
import type { Reference } from '../priorities/reference.ts';
import type { TriageOutcome } from '../priorities/submission.ts';
import type { Caution } from '../priorities/wording.ts';
import type { Instant, LocalDate } from '../shared/clock.ts';
import type { CorrelationId, Id } from '../shared/ids.ts';
import type { Frequency, Topic } from '../subscriptions/subscription.ts';

export interface AreaNamed {
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

/** To somebody who is to work here: an account waits for the first sign-in. */
export interface StaffInvitation {
  readonly kind: 'staff-invitation';
  readonly post: string;
  /** The name of the unit. */
  readonly unit: string;
  /** The post of whoever invites; null for the operator. */
  readonly invitedBy: string | null;
  /** What makes the link; null as soon as the mail service has the mail. */
  readonly secret: string | null;
  readonly endsAt: Instant;
}

/** To somebody who asked to hear from us: this has to be confirmed, or it never was. */
export interface SubscriptionConfirmation {
  readonly kind: 'subscription-confirmation';
  readonly topics: readonly Topic[];
  readonly areas: readonly AreaNamed[];
  readonly frequency: Frequency;
  /** What makes the link; null as soon as the mail service has the mail. */
  readonly secret: string | null;
  readonly endsAt: Instant;
}

/** To somebody with a subscription who asked for it: the way to the own preferences. */
export interface PreferencesLink {
  readonly kind: 'preferences-link';
  /** What makes the link; null as soon as the mail service has the mail. */
  readonly secret: string | null;
  readonly endsAt: Instant;
}

/** The signed tokens by which a person leaves, or changes what is sent. */
export interface OptOut {
  /** Of `/unsubscribe/{token}` and of one-click (RFC 8058). */
  readonly unsubscribe: string;
  /** Of `/preferences/{token}`. */
  readonly preferences: string;
}

/** To one of many: what a member of staff wrote to a described audience. */
export interface MailingMessage {
  readonly kind: 'mailing';
  readonly subject: string;
  /** As staff wrote it, in the Markdown-like notation of letters, with ((area)) for the person's own area. */
  readonly source: string;
  /** What the audience brought this person in for; null when that is no single area. */
  readonly area: AreaNamed | null;
  /** Sent by its author to the own address, before it goes out. */
  readonly isTest: boolean;
  readonly optOut: OptOut;
}

/** To one person, once a week: what was held over, and bulletins that are wanted weekly. */
export interface WeeklyDigest {
  readonly kind: 'weekly-digest';
  readonly items: readonly {
    readonly subject: string;
    /** In the notation of letters, with nothing left to fill in. */
    readonly source: string;
    readonly area: AreaNamed | null;
  }[];
  readonly optOut: OptOut;
}

/** To whoever sent a mailing: it has stopped by itself. */
export interface MailingPaused {
  readonly kind: 'mailing-paused';
  readonly mailing: Id;
  readonly subject: string;
  readonly reason: 'bounces' | 'complaints';
  /** How many were sent when it stopped, and how many of those bounced or were complained about. */
  readonly sent: number;
  readonly affected: number;
}

/** One thing that is owed, as its digest tells of it. */
export interface ChaseItem {
  readonly owed: DutyKind;
  readonly subject: Id;
  readonly due: LocalDate;
  readonly section: Section;
  readonly saying: Saying;
  readonly title: string;
  /** The plan, or the area, that it belongs to. */
  readonly within: string | null;
  /** Who leads it, as the plan writes it. */
  readonly leads: readonly string[];
}

/** To whoever owes something, or has to know that it is long overdue: once a day, everything that came up. */
export interface ChaseDigest {
  readonly kind: 'chase-digest';
  /** The day from which it counts. */
  readonly day: LocalDate;
  /** Says in the links to whom the mail was written. */
  readonly reminder: string;
  /** One's own first; the first of very many. */
  readonly items: readonly ChaseItem[];
  /** How many lines more there are than are listed. */
  readonly more: number;
  /** Of how many things it tells, and how many of them are one's own: an action that is due in parts is one. */
  readonly total: number;
  readonly yours: number;
  /** How many are overdue: of one's own, or of all when there are none. */
  readonly overdue: number;
}

/** To whoever uploaded a file: it does not come into the archive, and why. */
export interface UploadRefused {
  readonly kind: 'upload-refused';
  readonly upload: Id;
  /** As the file is called. */
  readonly name: string;
  readonly reason: RefusalReason;
  readonly uploadedAt: Instant;
}

/**
 * To whoever uploaded a file: nothing is wrong with it, but the document that it was to be a new version of takes none any
 * more. They have to say what else it is.
 */
export interface UploadNotFiled {
  readonly kind: 'upload-not-filed';
  readonly upload: Id;
  /** As the file is called. */
  readonly name: string;
  readonly uploadedAt: Instant;
  /** The title of the document. */
  readonly document: string;
  readonly why: 'withdrawn' | 'full';
  /** The last day on which they can. */
  readonly until: LocalDate;
}

/** Every mail that Folkmoot can send. A kind without a template does not compile. */
export type Message =
  | SubmissionReceived
  | SubmissionAnswered
  | SubmissionFlagged
  | AreaDigest
  | StaffInvitation
  | SubscriptionConfirmation
  | PreferencesLink
  | MailingMessage
  | WeeklyDigest
  | MailingPaused
  | ChaseDigest
  | UploadRefused
  | UploadNotFiled;
export type MessageKind = Message['kind'];

/**
 * Whether somebody waits for it or has to know it. What is not essential can be unsubscribed from, is capped for each
 * person and week, and says in its headers how to leave (RFC 8058).
 */
export const isEssential: Readonly<Record<MessageKind, boolean>> = {
  'submission-received': true,
  'submission-answered': true,
  'submission-flagged': true,
  'area-digest': true,
  'staff-invitation': true,
  'subscription-confirmation': true,
  'preferences-link': true,
  mailing: false,
  'weekly-digest': false,
  'mailing-paused': true,
  'chase-digest': true,
  'upload-refused': true,
  'upload-not-filed': true,
};

/** What is written to accounts, and never to the public. */
export const goesToStaff: ReadonlySet<MessageKind> = new Set([
  'staff-invitation',
  'mailing-paused',
  'chase-digest',
  'upload-refused',
  'upload-not-filed',
]);

/** Whether it comes also to those who have unsubscribed: a test, too, goes to whoever has just asked for it. */
export const isWaitedFor = (message: Message): boolean =>
  isEssential[message.kind] || (message.kind === 'mailing' && message.isTest);

/** Of whoever has not said which language they read. */
export const defaultLanguage = 'en-GB';

/** A message on its way to one mailbox, as the outbox keeps it. */
export interface Mail {
  readonly id: Id;
  readonly to: string;
  /** Where a reply goes; null for the sender's own. */
  readonly replyTo: string | null;
  /** The language of the recipient, by its tag (BCP 47). */
  readonly language: string;
  readonly message: Message;
  readonly correlationId: CorrelationId;
  readonly postedAt: Instant;
}
