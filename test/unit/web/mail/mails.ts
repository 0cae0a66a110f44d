import { refusalReasons } from '#domain/documents/upload.ts';
import type { Message, MessageKind, StaffInvitation } from '#domain/mailings/message.ts';
import type { RenderedMail } from '#domain/mailings/ports.ts';
import type { TriageOutcome } from '#domain/priorities/submission.ts';
import { mailLanguages } from '#web/mail/mail-language.ts';
import { mailRenderer } from '#web/mail/render-mail.ts';
import { samples } from '#web/mail/samples.ts';
import { PUBLIC_URL, SITE } from '../site.ts';

const renderMail = mailRenderer(SITE, mailLanguages, PUBLIC_URL);

export const render = (message: Message): RenderedMail => renderMail({ message, language: 'en-GB' });

export interface Typed {
  readonly area: string;
  readonly text: string;
  readonly title: string;
  readonly said: string;
}

export const TYPED: Typed = {
  area: 'Millbrook',
  text: 'The lamps are broken.\n\nSince May.',
  title: 'Dark underpass',
  said: 'We asked the council.',
};
const ANSWER_BY = '2026-11-26T09:30:00.000Z';

const ENDS_AT = '2026-11-30T17:00:00.000Z';

/** All that staff can write. */
const STAFF_SOURCE = [
  'Come and see us in ((area)), **also** in ((area)) [on the map](https://www.example.org/map?a=1&b=2)!',
  '## In ((area))',
  '* Monday in ((area))\n* Tuesday, see [the *list*](https://www.example.org/list)',
  '3. third\n4. fourth: ((area))',
  '> What somebody said\n> about ((area))',
  '[Write to the team for ((area))](mailto:team@example.org)',
].join('\n\n');

const answered = ({ area, text, title, said }: Typed, outcome: TriageOutcome): Message => ({
  kind: 'submission-answered',
  reference: 'AB2CD3EF',
  area: { code: 'E05000001', name: area },
  text,
  outcome,
  priority: outcome.kind === 'joined' || outcome.kind === 'adopted' ? { id: 'p-1', title } : null,
  answer: said,
});

export const invitation = (post: string): StaffInvitation => ({
  kind: 'staff-invitation',
  post,
  unit: 'Millbrook team',
  invitedBy: 'Service administrator',
  secret: 'secret-1',
  endsAt: ENDS_AT,
});

const paused = (subject: string, reason: 'bounces' | 'complaints'): Message => ({
  kind: 'mailing-paused',
  mailing: 'm-1',
  subject,
  reason,
  sent: 1200,
  affected: 74,
});

const optOut = { unsubscribe: 'token-1', preferences: 'token-2' };

/** Every kind of mail in each of its forms, with what people typed. */
export const mails: Readonly<Record<string, (typed: Typed) => Message>> = {
  'received, own': ({ area, text }) => ({
    kind: 'submission-received',
    reference: 'AB2CD3EF',
    area: { code: 'E05000001', name: area },
    text,
    supports: null,
    answerBy: ANSWER_BY,
  }),
  'received, support': ({ area, title }) => ({
    kind: 'submission-received',
    reference: 'AB2CD3EF',
    area: { code: 'E05000001', name: area },
    text: '',
    supports: { id: 'p-1', title },
    answerBy: null,
  }),
  'answered, joined': (typed) => answered(typed, { kind: 'joined', priority: 'p-1' }),
  'answered, adopted': (typed) => answered(typed, { kind: 'adopted', priority: 'p-1' }),
  'answered, passed on': (typed) => answered(typed, { kind: 'passed-on', to: typed.title }),
  'answered, not taken up': (typed) => answered(typed, { kind: 'not-taken-up', reason: typed.title }),
  flagged: ({ area }) => ({
    kind: 'submission-flagged',
    submission: 's-1',
    reference: 'AB2CD3EF',
    area: { code: 'E05000001', name: area },
    cautions: ['emergency', 'names-a-person'],
    answerBy: ANSWER_BY,
  }),
  digest: ({ area }) => ({
    kind: 'area-digest',
    area: { code: 'E05000001', name: area },
    submissions: [
      { id: 's-1', reference: 'AB2CD3EF', answerBy: ANSWER_BY, supports: false },
      { id: 's-2', reference: 'GH4JK5LM', answerBy: ANSWER_BY, supports: true },
    ],
  }),
  invitation: ({ title }) => invitation(title),
  'invitation by the operator': ({ title }) => ({ ...invitation(title), invitedBy: null }),
  confirmation: ({ area, title }) => ({
    kind: 'subscription-confirmation',
    topics: ['priorities', 'consultations', 'meetings', 'news'],
    areas: [
      { code: 'E05000001', name: area },
      { code: 'E05000002', name: title },
    ],
    frequency: 'at-once',
    secret: 'secret-1',
    endsAt: ENDS_AT,
  }),
  'preferences link': () => ({ kind: 'preferences-link', secret: 'secret-1', endsAt: ENDS_AT }),
  mailing: ({ area, title }) => ({
    kind: 'mailing',
    subject: title,
    source: STAFF_SOURCE,
    area: { code: 'E05000001', name: area },
    isTest: false,
    optOut,
  }),
  'mailing, test': ({ area, title }) => ({
    kind: 'mailing',
    subject: title,
    source: STAFF_SOURCE,
    area: { code: 'E05000001', name: area },
    isTest: true,
    optOut,
  }),
  'weekly digest': ({ area, title }) => ({
    kind: 'weekly-digest',
    items: [
      { subject: title, source: STAFF_SOURCE, area: { code: 'E05000001', name: area } },
      { subject: 'Another one', source: 'For the whole force, ((area)) included.', area: null },
    ],
    optOut,
  }),
  'paused by bounces': ({ title }) => paused(title, 'bounces'),
  'paused by complaints': ({ title }) => paused(title, 'complaints'),
  ...Object.fromEntries(
    refusalReasons.map((reason) => [
      `upload refused, ${reason}`,
      ({ title }: Typed): Message => ({ ...samples['upload-refused'], name: title, reason }),
    ]),
  ),
  'unfiled upload': ({ title }) => ({ ...samples['upload-not-filed'], name: title, document: title }),
  'chase digest': ({ area, title }) => ({
    ...samples['chase-digest'],
    more: 57,
    items: samples['chase-digest'].items.map((item) => ({ ...item, title, within: area, leads: [title] })),
  }),
};

/** One of every kind: a kind that is missing does not compile. */
export const kinds: Readonly<Record<MessageKind, true>> = {
  'submission-received': true,
  'submission-answered': true,
  'submission-flagged': true,
  'area-digest': true,
  'staff-invitation': true,
  'subscription-confirmation': true,
  'preferences-link': true,
  mailing: true,
  'weekly-digest': true,
  'mailing-paused': true,
  'chase-digest': true,
  'upload-refused': true,
  'upload-not-filed': true,
};
