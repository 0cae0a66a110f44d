import type { Message, MessageKind } from '#domain/mailings/message.ts';

const area = { code: 'E05000001', name: 'Millbrook' };
const answerBy = '2027-05-14T09:30:00.000Z';
const optOut = { unsubscribe: 'token-to-leave', preferences: 'token-to-change' };

/** Every kind of message, with nobody in it: a kind without a sample does not compile. */
export const samples: { readonly [Kind in MessageKind]: Extract<Message, { kind: Kind }> } = {
  'submission-received': {
    kind: 'submission-received',
    reference: 'AB2CD3EF',
    area,
    text: 'The lamps in the underpass at Mill Lane are broken.\n\nSince May nobody dares to use it after dark.',
    supports: null,
    answerBy,
  },
  'submission-answered': {
    kind: 'submission-answered',
    reference: 'AB2CD3EF',
    area,
    text: 'The lamps in the underpass at Mill Lane are broken.',
    outcome: { kind: 'joined', priority: 'sample-priority' },
    priority: { id: 'sample-priority', title: 'Dark underpass at Mill Lane' },
    answer:
      'Thank you for telling us.\n\nWe walked there with the council on Monday. New lamps come in June; until then we patrol it every evening.',
  },
  'submission-flagged': {
    kind: 'submission-flagged',
    submission: 'sample-submission',
    reference: 'GH4JK5LM',
    area,
    cautions: ['emergency', 'names-a-person'],
    answerBy,
  },
  'area-digest': {
    kind: 'area-digest',
    area,
    submissions: [
      { id: 'sample-1', reference: 'AB2CD3EF', answerBy, supports: false },
      { id: 'sample-2', reference: 'GH4JK5LM', answerBy: '2027-05-14T16:00:00.000Z', supports: true },
    ],
  },
  'staff-invitation': {
    kind: 'staff-invitation',
    post: 'Neighbourhood officer',
    unit: 'Millbrook team',
    invitedBy: 'Service administrator',
    secret: 'secret-of-the-link',
    endsAt: '2027-05-18T16:00:00.000Z',
  },
  'subscription-confirmation': {
    kind: 'subscription-confirmation',
    topics: ['priorities', 'consultations', 'meetings', 'news'],
    areas: [area, { code: 'E05000002', name: 'Northgate and Old Town' }],
    frequency: 'at-once',
    secret: 'secret-of-the-link',
    endsAt: '2027-05-18T16:00:00.000Z',
  },
  'preferences-link': {
    kind: 'preferences-link',
    secret: 'secret-of-the-link',
    endsAt: '2027-05-18T16:00:00.000Z',
  },
  mailing: {
    kind: 'mailing',
    subject: 'Come and say what matters in ((area))',
    source: [
      'We are deciding what the team for ((area)) works on this summer, and **nothing is settled yet**.',
      '## When and where',
      '* Monday 17 May, 6pm to 8pm: the library in Mill Lane\n* Wednesday 19 May, 10am to midday: the market',
      'There are steps at the library. Write to [the team](mailto:team@example.org) if you need another way in.',
      '> You asked for meetings outside working hours. This is the first.',
      '## If you cannot come',
      '1. Read [the four questions](https://www.example.org/questions).\n2. Answer those that you care about.',
      '[Answer the questions](https://www.example.org/answer)',
    ].join('\n\n'),
    area,
    isTest: false,
    optOut,
  },
  'weekly-digest': {
    kind: 'weekly-digest',
    items: [
      {
        subject: 'New lamps for the underpass',
        source:
          'The council puts up the new lamps in the week of 7 June.\n\nUntil then we patrol there every evening.',
        area,
      },
      {
        subject: 'Have your say on the plan for next year',
        source:
          'The consultation is open until 30 June.\n\n### What it is about\n\n* how many officers work in your area\n* what they spend their time on\n\n[Take part in the consultation](https://www.example.org/plan)',
        area: null,
      },
    ],
    optOut,
  },
  'upload-refused': {
    kind: 'upload-refused',
    upload: 'sample-upload',
    name: 'survey results.pdf',
    reason: 'encrypted',
    uploadedAt: '2027-05-12T09:30:00.000Z',
  },
  'upload-not-filed': {
    kind: 'upload-not-filed',
    upload: 'sample-upload',
    name: 'survey results.pdf',
    uploadedAt: '2027-05-12T09:30:00.000Z',
    document: 'Results of the survey on Mill Lane',
    why: 'withdrawn',
    until: '2027-06-10',
  },
  'mailing-paused': {
    kind: 'mailing-paused',
    mailing: 'sample-mailing',
    subject: 'Come and say what matters',
    reason: 'bounces',
    sent: 1200,
    affected: 74,
  },
  'chase-digest': {
    kind: 'chase-digest',
    reminder: 'example',
    more: 0,
    day: '2027-05-12',
    items: [
      {
        ...{ owed: 'action', subject: 'sample-1', due: '2027-04-21', section: 'yours', saying: 'weekly' },
        title:
          'Meet every school council in the borough, and tell them what became of what they said last year',
        within: 'Engagement plan 2027/28',
        leads: ['Schools officer'],
      },
      {
        ...{ owed: 'action', subject: 'sample-2', due: '2027-05-14', section: 'yours', saying: 'in-2-days' },
        title: 'Publish the dates of this summer’s ward meetings',
        within: 'Engagement plan 2027/28',
        leads: ['Schools officer', 'Neighbourhood inspector'],
      },
      {
        ...{
          owed: 'review',
          subject: 'sample-3',
          due: '2027-06-30',
          section: 'unreachable',
          saying: 'owner-gone',
        },
        title: 'Keep the list of community groups up to date',
        within: 'Engagement plan 2027/28',
        leads: ['Partnership officer'],
      },
      {
        ...{
          owed: 'answer',
          subject: 'sample-4',
          due: '2027-05-11',
          section: 'escalated',
          saying: 'escalated',
        },
        title: 'AB2CD3EF',
        within: 'Millbrook',
        leads: [],
      },
    ],
    total: 61,
    yours: 2,
    overdue: 1,
  },
};
