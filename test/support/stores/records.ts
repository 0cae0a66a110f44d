import type { Area } from '#domain/areas/area.ts';
import type { AuditEntry } from '#domain/audit/audit.ts';
import type { Mail } from '#domain/mailings/message.ts';
import type { Notice } from '#domain/priorities/ports.ts';
import type { Priority } from '#domain/priorities/priority.ts';
import type { Submission } from '#domain/priorities/submission.ts';
import { CountingIds, CountingReferences } from '../counting-ids.ts';

const ids = new CountingIds();
const references = new CountingReferences();

export const BOROUGH = 'E09000999';
export const WARD = 'E05099901';

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

export const anAuditEntry = (changes: Partial<AuditEntry> = {}): AuditEntry => ({
  id: ids.next(),
  at: '2026-11-23T09:30:00.000Z',
  actor: { kind: 'staff', email: 'practitioner@folkmoot.example' },
  deed: 'triage submission',
  record: { kind: 'submission', id: ids.next() },
  change: { from: null, to: 'joined', late: false, updates: 2 },
  correlationId: 'correlation-1',
  ...changes,
});
