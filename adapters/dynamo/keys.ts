import { createHash } from 'node:crypto';
import type { Action, Progress } from '#domain/actions/action.ts';
import type { ActionPlan } from '#domain/actions/plan.ts';
import type { AreaCode } from '#domain/areas/area.ts';
import type { EntryKey } from '#domain/audit/audit.ts';
import type { DigestLine, OpenDigest } from '#domain/chasing/digest.ts';
import type { DutyKey } from '#domain/chasing/duty.ts';
import type { ArchiveDocument, DocumentEvent } from '#domain/documents/document.ts';
import type { Upload } from '#domain/documents/upload.ts';
import type { DeliveryState } from '#domain/mailings/delivery.ts';
import { SHARDS_OF_MAILING } from '#domain/mailings/mailing-ports.ts';
import type { KeyOfRecipient } from '#domain/mailings/ports.ts';
import type { RecipientKey } from '#domain/mailings/recipient.ts';
import type { Reference } from '#domain/priorities/reference.ts';
import type { Submission } from '#domain/priorities/submission.ts';
import type { IssuedReport } from '#domain/reports/report.ts';
import type { Instant, LocalDate } from '#domain/shared/clock.ts';
import type { Id, IdempotencyKey } from '#domain/shared/ids.ts';
import { slugOf } from '#domain/shared/text.ts';
import type { StaffAccount } from '#domain/staff/staff.ts';
import type { UnitId } from '#domain/staff/unit.ts';
import type { Topic } from '#domain/subscriptions/subscription.ts';

/** Where an item lies in the table. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** Where an item lies in the first index: `gsi1`. */
export interface FirstIndexKey {
  readonly gsi1pk: string;
  readonly gsi1sk: string;
}

/** Where an item lies in the second index: `gsi2`. */
export interface SecondIndexKey {
  readonly gsi2pk: string;
  readonly gsi2sk: string;
}

/**
 * Over how many items a thing is spread that many people write at once. Two transactions that touch the
 * same item at the same moment make one of them wait, whether they write it or only check it.
 */
export const SHARDS = 4;

/** Over how many partitions of the index the duties are spread of which something is to be said. */
export const CHASE_SHARDS = 8;

/** A key that is a secret, personal, or whatever a browser sent, made short, even and unreadable. */
export const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** In which part of a mailing a person is: keys are hexadecimal digits of a hash, and therefore even. */
const shardOfRecipient = (recipient: RecipientKey): number =>
  Number.parseInt(recipient.slice(0, 2), 16) % SHARDS_OF_MAILING;

/** Addresses are written in small letters here; somebody who was known by another spelling is the same. */
export const keyOfRecipient: KeyOfRecipient = (email) => hash(email.toLowerCase());

const shardOf = (area: AreaCode): number => {
  let sum = 0;
  for (const character of area) sum += character.charCodeAt(0);
  return sum % SHARDS;
};

const chaseShardOf = (duty: string): number => Number.parseInt(hash(duty).slice(0, 2), 16) % CHASE_SHARDS;

const digestNumber = (number: number): string => String(number).padStart(8, '0');

/** Every key shape of the one table, each with the question that it answers. */
export const keys = {
  /** Which areas are there (one partition), and what is this one called? */
  areas: 'AREAS',
  area: (code: AreaCode): Key => ({ pk: keys.areas, sk: code }),
  /** Have the areas changed since they were read? */
  areasVersion: { pk: 'AREAS-VERSION', sk: 'AREAS-VERSION' } satisfies Key,

  /** What is this priority? */
  priority: (id: Id): Key => ({ pk: `PRIORITY#${id}`, sk: 'PRIORITY' }),
  /** Does this priority take support? There, on every shard, as long as it does. */
  priorityGate: (id: Id, shard: number): Key => ({ pk: `PRIORITY#${id}`, sk: `OPEN#${shard}` }),
  /** Which priorities has this area, by the day of adoption? */
  prioritiesOf: (area: AreaCode): string => `AREA#${area}#PRIORITIES`,
  priorityInArea: (area: AreaCode, adoptedOn: LocalDate, id: Id): FirstIndexKey => ({
    gsi1pk: keys.prioritiesOf(area),
    gsi1sk: `${adoptedOn}#${id}`,
  }),

  /** What did this person say? */
  submission: (id: Id): Key => ({ pk: `SUBMISSION#${id}`, sk: 'SUBMISSION' }),
  /** Whose is this reference? Also keeps it from being given twice. */
  reference: (reference: Reference): Key => ({ pk: `REFERENCE#${reference}`, sk: 'REFERENCE' }),
  /** What awaits an answer in this borough, by deadline? Only as long as it does: the index is sparse. */
  inboxOf: (borough: AreaCode): string => `INBOX#${borough}`,
  inInbox: ({ borough, answerBy, id }: Submission): FirstIndexKey => ({
    gsi1pk: keys.inboxOf(borough),
    gsi1sk: `${answerBy}#${id}`,
  }),
  /** What was answered in this borough, by the time of the answer? */
  answeredIn: (borough: AreaCode): string => `ANSWERED#${borough}`,
  answered: ({ borough, id }: Submission, at: Instant): FirstIndexKey => ({
    gsi1pk: keys.answeredIn(borough),
    gsi1sk: `${at}#${id}`,
  }),
  /** Who is behind this priority, by the time of receipt? */
  behind: (priority: Id): string => `PRIORITY#${priority}#SUBMISSIONS`,
  isBehind: (priority: Id, { receivedAt, id }: Submission): SecondIndexKey => ({
    gsi2pk: keys.behind(priority),
    gsi2sk: `${receivedAt}#${id}`,
  }),

  /** How many people are behind the priorities of this area? The sum over all shards. */
  countsOf: (area: AreaCode, shard: number): string => `COUNTS#${area}#${shard}`,
  count: (area: AreaCode, shard: number, priority: Id): Key => ({
    pk: keys.countsOf(area, shard),
    sk: priority,
  }),

  /** What has not been told yet, area by area, oldest first? All notices of an area are on one shard. */
  notices: (shard: number): string => `NOTICES#${shard}`,
  notice: (area: AreaCode, answerBy: Instant, submission: Id): Key => ({
    pk: keys.notices(shardOf(area)),
    sk: `${area}#${answerBy}#${submission}`,
  }),

  /** What is in this mail, and was it sent? */
  mail: (id: Id): Key => ({ pk: `MAIL#${id}`, sk: 'MAIL' }),

  /** How many mails that are not essential has this person had in this week? */
  mailed: (recipient: RecipientKey, week: LocalDate): Key => ({
    pk: `MAILED#${recipient}`,
    sk: week,
  }),

  /** What does this mailing say, to whom, and where does it stand? */
  mailing: (id: Id): Key => ({ pk: `MAILING#${id}`, sk: 'MAILING' }),
  /** Which mailings are there, the newest first? */
  mailings: 'MAILINGS',
  mailingInOrder: (createdAt: Instant, id: Id): FirstIndexKey => ({
    gsi1pk: keys.mailings,
    gsi1sk: `${createdAt}#${id}`,
  }),
  /** With which has the program something to do? Only as long as it has: the index is sparse. */
  mailingsUnderWay: 'MAILINGS-UNDER-WAY',
  mailingUnderWay: (id: Id): SecondIndexKey => ({ gsi2pk: keys.mailingsUnderWay, gsi2sk: id }),
  /** Which wait for people, to be approved or to go on? Only as long as they do. */
  mailingsWaiting: 'MAILINGS-WAITING',
  mailingWaiting: (id: Id): SecondIndexKey => ({ gsi2pk: keys.mailingsWaiting, gsi2sk: id }),
  /** How far is the audience of this mailing frozen? */
  freezing: (mailing: Id): Key => ({ pk: `MAILING-WORK#${mailing}`, sk: 'FREEZING' }),
  /** Who works on this part of a mailing? */
  lease: (mailing: Id, part: string): Key => ({ pk: `MAILING-WORK#${mailing}`, sk: `LEASE#${part}` }),
  /** What is the next piece of work on a mailing? For the stream, which carries it to the workers. */
  mailingStep: (id: Id): Key => ({ pk: `MAILING-STEP#${id}`, sk: 'STEP' }),

  /** Who gets this mailing, and what became of it? One partition for each part that is sent side by side. */
  deliveriesOf: (mailing: Id, shard: number): string => `DELIVERIES#${mailing}#${shard}`,
  delivery: (mailing: Id, recipient: RecipientKey): Key => ({
    pk: keys.deliveriesOf(mailing, shardOfRecipient(recipient)),
    sk: recipient,
  }),
  /** For whom has still something to be done? Only as long as it has. */
  openDeliveries: (mailing: Id, shard: number): string => `OPEN#${mailing}#${shard}`,
  openDelivery: (mailing: Id, recipient: RecipientKey): FirstIndexKey => ({
    gsi1pk: keys.openDeliveries(mailing, shardOfRecipient(recipient)),
    gsi1sk: recipient,
  }),
  /** Which deliveries of a mailing should people look at, state by state? */
  troubled: (mailing: Id, state: DeliveryState): string => `TROUBLE#${mailing}#${state}`,
  troubledDelivery: (mailing: Id, state: DeliveryState, recipient: RecipientKey): SecondIndexKey => ({
    gsi2pk: keys.troubled(mailing, state),
    gsi2sk: recipient,
  }),
  /** Which mails of the outbox should people look at, by when that was found out? */
  troubledMails: 'TROUBLE#MAIL',
  troubledMail: (since: Instant, id: Id): SecondIndexKey => ({
    gsi2pk: keys.troubledMails,
    gsi2sk: `${since}#${id}`,
  }),
  /** How many deliveries of a mailing are in which state? The sum over all counters. */
  deliveryCounts: (mailing: Id): string => `DELIVERY-COUNTS#${mailing}`,
  deliveryCount: (mailing: Id, counter: number): Key => ({
    pk: keys.deliveryCounts(mailing),
    sk: String(counter).padStart(2, '0'),
  }),
  /** What waits for the weekly digests, person by person? */
  heldMailings: (shard: number): string => `HELD#${shard}`,
  heldMailing: (recipient: RecipientKey, mailing: Id): Key => ({
    pk: keys.heldMailings(shardOfRecipient(recipient)),
    sk: `${recipient}#${mailing}`,
  }),
  /** When may the next mail leave the account? */
  pace: { pk: 'PACE', sk: 'PACE' } satisfies Key,

  /** May this address be written to? Asked within the claim of each mail, so that the key is known to the sender. */
  suppression: (recipient: RecipientKey): Key => ({ pk: `SUPPRESSED#${recipient}`, sk: 'SUPPRESSED' }),
  /** What does this person want to hear about? */
  subscription: (recipient: RecipientKey): Key => ({
    pk: `SUBSCRIPTION#${recipient}`,
    sk: 'SUBSCRIPTION',
  }),
  /** Who wants to hear about this, here (null: everywhere)? */
  subscribersOf: (topic: Topic, area: AreaCode | null): string => `SUBSCRIBERS#${topic}#${area ?? 'ALL'}`,
  subscriber: (topic: Topic, area: AreaCode | null, recipient: RecipientKey): Key => ({
    pk: keys.subscribersOf(topic, area),
    sk: recipient,
  }),
  /** What was asked for by whoever has this secret? Only a hash of it is known here. */
  signUp: (secretHash: string): Key => ({ pk: `SIGN-UP#${secretHash}`, sk: 'SIGN-UP' }),
  /** Who has left an address with something about this area? */
  contactsOf: (area: AreaCode): string => `CONTACTS#${area}`,
  contact: (area: AreaCode, recipient: RecipientKey): Key => ({
    pk: keys.contactsOf(area),
    sk: recipient,
  }),
  /** With which secrets are the tokens of mails signed, the newest last? Kept for ever, as mails are. */
  mailTokenKeys: 'MAIL-TOKEN-KEY',
  mailTokenKey: (id: string): Key => ({ pk: keys.mailTokenKeys, sk: id }),

  /** What was done on this day in London, in order? */
  auditOf: (day: LocalDate): string => `AUDIT#${day}`,
  audit: (day: LocalDate, at: Instant, id: Id): Key => ({ pk: keys.auditOf(day), sk: `${at}#${id}` }),

  /** What proves that these entries are as they were written? One partition a day; sorts as the entries do. */
  sealsOf: (day: LocalDate): string => `AUDIT-SEAL#${day}`,
  seal: (day: LocalDate, entry: EntryKey): Key => ({ pk: keys.sealsOf(day), sk: `SEAL#${entry}` }),
  /** Where does the chain of this day end? Sorts before its seals. */
  chainHead: (day: LocalDate): Key => ({ pk: keys.sealsOf(day), sk: 'HEAD' }),
  /** On which days was anything done, from the first? */
  auditDays: 'AUDIT-DAYS',
  auditDay: (day: LocalDate): Key => ({ pk: keys.auditDays, sk: day }),

  /** What was answered to this deed? The key comes from a form, so that it may be anything. */
  receipt: (key: IdempotencyKey): Key => ({ pk: `RECEIPT#${hash(key)}`, sk: 'RECEIPT' }),

  /** Whose visit is this? Who reads the table learns no cookie from it. */
  session: (hashOfId: string): Key => ({ pk: `SESSION#${hashOfId}`, sk: 'SESSION' }),
  /** Where is this account signed in, in the order of signing in? Names sessions by handles and hashes. */
  sessionsOf: (email: string): string => `STAFF#${hash(email)}#SESSIONS`,
  sessionOf: (email: string, handle: Id): Key => ({ pk: keys.sessionsOf(email), sk: handle }),

  /** What has this session typed into this form? */
  draft: (owner: string, id: string): Key => ({
    pk: `DRAFT#${hash(JSON.stringify([owner, id]))}`,
    sk: 'DRAFT',
  }),

  /** How often has somebody done this in this window? Who it is can be told for some days, by a secret, and then by nobody. */
  limit: (digest: string): Key => ({ pk: `LIMIT#${digest}`, sk: 'LIMIT' }),
  /** What is the secret of this day? */
  daySecret: (day: LocalDate): Key => ({ pk: `DAY-SECRET#${day}`, sk: 'DAY-SECRET' }),

  /** Who has this address? Hashed, because keys may be logged and addresses may not. */
  staffAccount: (email: string): Key => ({ pk: `STAFF#${hash(email)}`, sk: 'STAFF' }),
  /** Whose account is this, by what addresses of pages call it? */
  staffAccountKey: (email: string): string => hash(email),
  staffAccountByKey: (key: string): Key => ({ pk: `STAFF#${key}`, sk: 'STAFF' }),
  /** Who is invited by this secret? Only a hash of it is known here. */
  invitation: (secretHash: string): Key => ({ pk: `INVITATION#${secretHash}`, sk: 'INVITATION' }),
  /** Who has an account, by post? */
  allStaff: 'STAFF-BY-POST',
  staffByPost: ({ post, email }: StaffAccount): FirstIndexKey => ({
    gsi1pk: keys.allStaff,
    gsi1sk: `${slugOf(post)}#${hash(email).slice(0, 16)}`,
  }),

  /** What is this plan? */
  actionPlan: (id: Id): Key => ({ pk: `ACTION-PLAN#${id}`, sk: 'ACTION-PLAN' }),
  /** Which plans are there, by the time that they are for? */
  actionPlans: 'ACTION-PLANS',
  actionPlanInOrder: ({ from, id }: ActionPlan): FirstIndexKey => ({
    gsi1pk: keys.actionPlans,
    gsi1sk: `${from}#${id}`,
  }),
  /** What is this action? */
  action: (id: Id): Key => ({ pk: `ACTION#${id}`, sk: 'ACTION' }),
  /** Which actions has this plan, in its order? */
  actionsOf: (plan: Id): string => `ACTION-PLAN#${plan}#ACTIONS`,
  actionInPlan: ({ plan, position, id }: Action): FirstIndexKey => ({
    gsi1pk: keys.actionsOf(plan),
    gsi1sk: `${String(position).padStart(6, '0')}#${id}`,
  }),
  /** Which actions does this account lead? One item for each lead of an action. */
  ledBy: (email: string): string => `LEAD#${hash(email)}`,
  lead: (action: Id, email: string): Key & FirstIndexKey => ({
    pk: `ACTION#${action}`,
    sk: `LEAD#${hash(email)}`,
    gsi1pk: keys.ledBy(email),
    gsi1sk: action,
  }),
  /** How did this action go, entry by entry? */
  progressOf: (action: Id): string => `ACTION#${action}#PROGRESS`,
  progress: ({ action, at, id }: Progress): Key => ({ pk: keys.progressOf(action), sk: `${at}#${id}` }),

  /** What does this report say? In parts, since one item holds 400 KB; the head is written last, and names them. */
  report: (id: Id): Key => ({ pk: `REPORT#${id}`, sk: 'REPORT' }),
  reportParts: (digest: string): string => `PART#${digest}#`,
  reportPart: (id: Id, digest: string, part: number): Key => ({
    pk: keys.report(id).pk,
    sk: `${keys.reportParts(digest)}${String(part).padStart(4, '0')}`,
  }),
  /** Which reports of this plan were issued, by the day that they are about? */
  reportsOf: (plan: Id): string => `ACTION-PLAN#${plan}#REPORTS`,
  reportInOrder: ({ plan, asOf, issuedAt, id }: IssuedReport): FirstIndexKey => ({
    gsi1pk: keys.reportsOf(plan),
    gsi1sk: `${asOf}#${issuedAt}#${id}`,
  }),

  /** What is owed about this, in the order of days? */
  dutiesOf: (subject: Id): string => `DUTIES#${subject}`,
  duty: ({ subject, due, kind }: DutyKey): Key => ({ pk: keys.dutiesOf(subject), sk: `${due}#${kind}` }),
  /** Of which duties is something to be said by a day? Only until they are answered: the index is sparse. */
  chasedIn: (shard: number): string => `CHASE#${shard}`,
  chased: (nextOn: LocalDate, duty: string): FirstIndexKey => ({
    gsi1pk: keys.chasedIn(chaseShardOf(duty)),
    gsi1sk: `${nextOn}#${duty}`,
  }),
  /** Sorts behind every duty of a day. */
  chasedBy: (day: LocalDate): string => `${day}$`,

  /** Which digest of this receiver is open? Hashed, because keys may be logged and addresses may not. */
  digest: (receiver: string): Key => ({ pk: `DIGEST#${hash(receiver)}`, sk: 'HEAD' }),
  /** What is gathered in it, by due day? Sorts before the lines of the next one. */
  digestLines: ({ number }: Pick<OpenDigest, 'number'>): string => `LINE#${digestNumber(number)}#`,
  digestLine: (digest: OpenDigest, line: DigestLine): Key => ({
    pk: keys.digest(digest.receiver).pk,
    sk: [
      `${keys.digestLines(digest)}${line.due}`,
      ...[line.subject, line.kind, line.section, line.on, line.saying],
    ].join('#'),
  }),
  /** Which digests have lines? Only until they go out. */
  digestsWaiting: 'DIGESTS-WAITING',
  digestWaiting: (receiver: string): FirstIndexKey => ({
    gsi1pk: keys.digestsWaiting,
    gsi1sk: hash(receiver),
  }),

  /** Who cannot be reached any more, without the coordinators knowing yet? */
  departures: 'DEPARTURES',
  departure: (email: string): Key => ({ pk: keys.departures, sk: hash(email) }),

  /** Where does this upload stand? */
  upload: (id: Id): Key => ({ pk: `UPLOAD#${id}`, sk: 'UPLOAD' }),
  /** What has this account uploaded, by time? Hashed, because keys may be logged and addresses may not. */
  uploadsOf: (email: string): string => `UPLOADS#${hash(email)}`,
  uploadInOrder: ({ owner, at, id }: Upload): FirstIndexKey => ({
    gsi1pk: keys.uploadsOf(owner),
    gsi1sk: `${at}#${id}`,
  }),
  /** On which uploads has still to be decided, by time? Only as long as it has: the index is sparse. */
  undecidedUploads: 'UPLOADS-UNDECIDED',
  uploadUndecided: ({ at, id }: Upload): SecondIndexKey => ({
    gsi2pk: keys.undecidedUploads,
    gsi2sk: `${at}#${id}`,
  }),

  /** What is this document? */
  document: (id: Id): Key => ({ pk: `DOCUMENT#${id}`, sk: 'DOCUMENT' }),
  /** Which documents does this account look after? */
  documentsOwnedBy: (email: string): string => `DOCUMENT-OWNER#${hash(email)}`,
  documentOfOwner: ({ owner, id }: ArchiveDocument): FirstIndexKey => ({
    gsi1pk: keys.documentsOwnedBy(owner),
    gsi1sk: id,
  }),
  /** Which documents are there, by the time when they came? For whoever takes all of them away. */
  documents: 'DOCUMENTS',
  documentInOrder: ({ createdAt, id }: Pick<ArchiveDocument, 'createdAt' | 'id'>): SecondIndexKey => ({
    gsi2pk: keys.documents,
    gsi2sk: `${createdAt}#${id}`,
  }),
  /** What was done to this document, by time? */
  documentEventsOf: (document: Id): string => `DOCUMENT#${document}#EVENTS`,
  documentEvent: ({ document, at, id }: DocumentEvent): Key => ({
    pk: keys.documentEventsOf(document),
    sk: `${at}#${id}`,
  }),
  /** Which documents have this content, or a file of this name? */
  documentsWithContent: (sha256: string): string => `FILE-CONTENT#${sha256}`,
  documentsWithName: (name: string): string => `FILE-NAME#${hash(name.toLowerCase())}`,
  /** Which document has changed? For the stream, which carries it to whoever follows documents. */
  documentChange: (id: Id): Key => ({ pk: `DOCUMENT-CHANGE#${id}`, sk: 'CHANGE' }),

  /** What file of a plan has somebody brought? Its parts follow the head; a part fits into an item. */
  planUploadOf: (owner: string, id: Id): string => `PLAN-UPLOAD#${hash(JSON.stringify([owner, id]))}`,
  planUpload: (owner: string, id: Id): Key => ({ pk: keys.planUploadOf(owner, id), sk: 'HEAD' }),
  planUploadPart: (owner: string, id: Id, part: number): Key => ({
    pk: keys.planUploadOf(owner, id),
    sk: `PART#${String(part).padStart(2, '0')}`,
  }),

  /** Which units are there (one partition), and what does this one cover? */
  units: 'UNITS',
  unit: (id: UnitId): Key => ({ pk: keys.units, sk: id }),
} as const;
