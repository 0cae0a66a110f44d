import { keyOfRecipient } from '#adapters/dynamo/keys.ts';
import type { Action, Progress } from '#domain/actions/action.ts';
import type { ActionPlan } from '#domain/actions/plan.ts';
import { noTimescale } from '#domain/actions/timescale/timescale.ts';
import type { Area } from '#domain/areas/area.ts';
import type { AuditEntry } from '#domain/audit/audit.ts';
import type { DigestLine } from '#domain/chasing/digest.ts';
import { type Duty, dutyIdOf } from '#domain/chasing/duty.ts';
import type { ArchiveDocument, DocumentFile } from '#domain/documents/document.ts';
import { keyOfUpload, type Upload } from '#domain/documents/upload.ts';
import type { Mailing } from '#domain/mailings/mailing.ts';
import type { MailingStep } from '#domain/mailings/mailing-ports.ts';
import type { Mail } from '#domain/mailings/message.ts';
import type { Recipient } from '#domain/mailings/recipient.ts';
import type { Contact, Notice } from '#domain/priorities/ports.ts';
import type { Priority } from '#domain/priorities/priority.ts';
import type { Submission } from '#domain/priorities/submission.ts';
import type { FrozenReport } from '#domain/reports/ports.ts';
import { writeReport } from '#domain/reports/write-report.ts';
import type { StaffAccount } from '#domain/staff/staff.ts';
import type { Unit } from '#domain/staff/unit.ts';
import type { SignUp, Subscription } from '#domain/subscriptions/subscription.ts';
import { CountingIds, CountingReferences } from '../counting-ids.ts';

const ids = new CountingIds();
const references = new CountingReferences();

export const BOROUGH = 'E09000999';
export const WARD = 'E05099901';

export const aUnit = (changes: Partial<Unit> = {}): Unit => ({
  id: 'millbrook-team',
  name: 'Millbrook team',
  areas: [BOROUGH],
  head: null,
  version: 1,
  ...changes,
});

export const anAccount = (changes: Partial<StaffAccount> = {}): StaffAccount => ({
  email: 'practitioner@folkmoot.example',
  post: 'Neighbourhood officer',
  roles: ['practitioner'],
  unit: 'millbrook-team',
  status: 'active',
  invitation: null,
  identity: null,
  version: 1,
  ...changes,
});

export const anArea = (changes: Partial<Area> = {}): Area => ({
  code: WARD,
  name: 'Millbrook',
  kind: 'ward',
  borough: BOROUGH,
  edition: 2026,
  team: { name: 'Millbrook team', mailbox: 'millbrook@folkmoot.example' },
  superseded: null,
  ...changes,
});

export const aPriority = (changes: Partial<Priority> = {}): Priority => ({
  id: ids.next(),
  area: WARD,
  title: 'Speeding on Mill Lane',
  description: 'Cars race on Mill Lane in the evening.',
  status: 'adopted',
  closedReason: null,
  adoptedOn: '2026-11-20',
  updates: [],
  version: 1,
  ...changes,
});

export const aSubmission = (changes: Partial<Submission> = {}): Submission => ({
  id: ids.next(),
  reference: references.next(),
  area: WARD,
  borough: BOROUGH,
  supports: null,
  text: 'The lamps in the underpass are broken.',
  category: null,
  channel: 'web',
  email: null,
  cautions: [],
  receivedAt: '2026-11-23T09:30:00.000Z',
  answerBy: '2026-11-26T09:30:00.000Z',
  status: 'received',
  outcome: null,
  answer: null,
  version: 1,
  ...changes,
});

export const aNotice = (changes: Partial<Notice> = {}): Notice => ({
  submission: ids.next(),
  reference: references.next(),
  area: WARD,
  answerBy: '2026-11-26T09:30:00.000Z',
  supports: false,
  ...changes,
});

export const aMail = (changes: Partial<Mail> = {}): Mail => ({
  id: ids.next(),
  to: 'resident@example.org',
  replyTo: 'millbrook@folkmoot.example',
  language: 'en-GB',
  message: {
    kind: 'submission-received',
    reference: references.next(),
    area: { code: WARD, name: 'Millbrook' },
    text: 'The lamps in the underpass are broken.',
    supports: null,
    answerBy: '2026-11-26T09:30:00.000Z',
  },
  correlationId: 'correlation-1',
  postedAt: '2026-11-23T09:30:00.000Z',
  ...changes,
});

export const aMailing = (changes: Partial<Mailing> = {}): Mailing => ({
  id: ids.next(),
  subject: 'What we did about speeding',
  source: '# Speeding\n\nThere are new signs in ((area)).',
  audience: { kind: 'wrote', areas: [WARD] },
  replyTo: 'millbrook@folkmoot.example',
  unit: 'millbrook-team',
  author: 'practitioner@folkmoot.example',
  submittedBy: 'coordinator@folkmoot.example',
  approvedBy: null,
  status: 'draft',
  pausedFrom: null,
  pausedFor: null,
  tolerated: { bounced: 0, complained: 0 },
  createdAt: '2026-11-23T09:30:00.000Z',
  sendAt: null,
  startedAt: null,
  finishedAt: null,
  total: null,
  version: 1,
  ...changes,
});

export const aMailingStep = (changes: Partial<MailingStep> = {}): MailingStep => ({
  id: ids.next(),
  mailing: ids.next(),
  work: { kind: 'freeze' },
  correlationId: 'correlation-1',
  postedAt: '2026-11-23T09:30:00.000Z',
  ...changes,
});

export const aRecipient = (changes: Partial<Recipient> = {}): Recipient => {
  const email = changes.email ?? 'resident@example.org';
  return {
    key: keyOfRecipient(email),
    email,
    language: 'en-GB',
    area: { code: WARD, name: 'Millbrook' },
    weekly: false,
    ...changes,
  };
};

export const anAuditEntry = (changes: Partial<AuditEntry> = {}): AuditEntry => ({
  id: ids.next(),
  at: '2026-11-23T09:30:00.000Z',
  actor: { kind: 'staff', email: 'practitioner@folkmoot.example' },
  deed: 'triage submission',
  record: { kind: 'submission', id: ids.next() },
  before: { status: 'received', outcome: null },
  after: { status: 'triaged', outcome: { kind: 'joined', priority: 'priority-1' } },
  change: { late: false, updates: 2, mailed: null, how: 'by hand' },
  correlationId: 'correlation-1',
  ...changes,
});

export const aSubscription = (changes: Partial<Subscription> = {}): Subscription => {
  const email = changes.email ?? 'resident@example.org';
  return {
    key: keyOfRecipient(email),
    email,
    areas: [WARD],
    topics: ['priorities', 'news'],
    frequency: 'at-once',
    language: 'en-GB',
    confirmedAt: '2026-11-23T09:30:00.000Z',
    version: 1,
    ...changes,
  };
};

export const aSignUp = (changes: Partial<SignUp> = {}): SignUp => ({
  id: ids.next(),
  email: 'resident@example.org',
  areas: [WARD],
  topics: ['priorities', 'news'],
  frequency: 'at-once',
  language: 'en-GB',
  endsAt: '2026-11-30T09:30:00.000Z',
  ...changes,
});

export const aContact = (changes: Partial<Contact> = {}): Contact => {
  const email = changes.email ?? 'resident@example.org';
  return {
    key: keyOfRecipient(email),
    email,
    area: WARD,
    language: 'en-GB',
    leftAt: '2026-11-23T09:30:00.000Z',
    ...changes,
  };
};

export const aPlan = (changes: Partial<ActionPlan> = {}): ActionPlan => ({
  id: ids.next(),
  title: 'Engagement plan 2026/27',
  from: '2026-04-01',
  to: '2027-03-31',
  unit: 'millbrook-team',
  carriedFrom: null,
  createdAt: '2026-04-01T09:30:00.000Z',
  version: 1,
  ...changes,
});

export const anAction = (changes: Partial<Action> = {}): Action => ({
  id: ids.next(),
  plan: 'plan-1',
  position: 1,
  theme: 'Young people',
  objective: 'More young people take part',
  text: 'Meet every school council',
  leads: [{ name: 'Schools officer', email: 'lead@folkmoot.example' }],
  body: '',
  commitment: '',
  funding: '',
  budget: null,
  actual: null,
  priority: 'high',
  timescale: {
    ...noTimescale,
    text: 'By March 2027',
    milestones: [{ due: '2027-03-31', precision: 'month', label: null }],
  },
  measures: [{ text: 'Schools met', target: '12', actuals: [] }],
  benefits: '',
  rag: null,
  status: 'not-started',
  reason: null,
  met: [],
  questions: [],
  proposal: null,
  disowned: null,
  carriedFrom: null,
  carriedTo: null,
  links: [],
  progressAt: null,
  createdAt: '2026-04-01T09:30:00.000Z',
  version: 1,
  ...changes,
});

/** A file that was checked. */
export const aFile = (changes: Partial<DocumentFile> = {}): DocumentFile => ({
  ...{
    id: ids.next(),
    name: 'survey results.pdf',
    type: 'pdf',
    bytes: 1_200_000,
    pages: 14,
    characters: 20_000,
  },
  ...{
    sha256: 'a1'.repeat(32),
    scan: 'clean',
    at: '2026-05-12T09:30:00.000Z',
    by: 'practitioner@folkmoot.example',
  },
  ...changes,
});

export const aDocument = (changes: Partial<ArchiveDocument> = {}): ArchiveDocument => ({
  ...{ id: ids.next(), title: 'Results of the survey on patrols', summary: '', kind: 'results' },
  ...{ areas: [BOROUGH], consultation: null, from: '2026-01-01', to: '2026-03-31', language: 'en' },
  ...{ audience: 'staff', tags: ['patrols'], related: [], reviewOn: null, unit: 'millbrook' },
  ...{ owner: 'practitioner@folkmoot.example', files: [aFile()], withdrawn: null },
  ...{ createdAt: '2026-05-12T09:30:00.000Z', changedAt: '2026-05-12T09:30:00.000Z', version: 1 },
  ...changes,
});

export const anUpload = (changes: Partial<Upload> = {}): Upload => {
  const id = ids.next();
  return {
    ...{
      id,
      owner: 'practitioner@folkmoot.example',
      unit: 'millbrook',
      name: 'survey results.pdf',
      type: 'pdf',
    },
    ...{ key: keyOfUpload(id, 'secret'), at: '2026-05-12T09:30:00.000Z', replaces: null, details: null },
    ...{ object: null, inspection: null, scan: null, outcome: null, byOperator: false },
    ...{ correlationId: 'c-1', version: 1 },
    ...changes,
  };
};

export const aProgress = (changes: Partial<Progress> = {}): Progress => ({
  id: ids.next(),
  action: 'action-1',
  at: '2026-06-01T09:30:00.000Z',
  by: 'lead@folkmoot.example',
  text: 'Four schools so far.',
  rag: 'green',
  status: 'in-progress',
  ...changes,
});

export const aFrozenReport = (
  changes: Partial<FrozenReport['issued']> = {},
  actions: readonly Action[] = [anAction()],
): FrozenReport => {
  const issued = {
    id: ids.next(),
    plan: 'plan-1',
    kind: 'committee' as const,
    asOf: '2026-09-30',
    issuedAt: '2026-10-05T09:30:00.000Z',
    issuedBy: 'coordinator@folkmoot.example',
    ...changes,
  };
  const { kind, asOf } = issued;
  const plan = aPlan({ id: issued.plan });
  const sources = { kind, asOf, plan, actions, progress: new Map(), earlier: null, now: issued.issuedAt };
  return { issued, report: writeReport(sources) };
};

export const aDuty = (changes: Partial<Duty> = {}): Duty => {
  const duty: Omit<Duty, 'id'> = {
    kind: 'action',
    subject: ids.next(),
    due: '2026-11-30',
    owners: ['lead@folkmoot.example'],
    area: null,
    nextOn: '2026-11-16',
    saidUntil: null,
    escalated: false,
    round: 0,
    lost: [],
    version: 1,
    ...changes,
  };
  return { id: dutyIdOf(duty), ...duty };
};

export const aDigestLine = (changes: Partial<DigestLine> = {}): DigestLine => ({
  kind: 'action',
  subject: ids.next(),
  due: '2026-11-30',
  section: 'yours',
  saying: 'in-14-days',
  on: '2026-11-16',
  round: 0,
  ...changes,
});
