import type { DocumentDetails } from '#domain/documents/document.ts';
import type { Actor } from '#domain/staff/actor.ts';
import { coordinator, practitioner } from './accounts.ts';

/** A file of the demonstration: its name says in what form its text is written. */
export interface DemoFile {
  readonly name: string;
  /** Headings begin with `# `; of a CSV file, its rows. */
  readonly lines: readonly string[];
}

/** Something in the archive of the demonstration. Days are counted from today, negative ones lie before it. */
export interface DemoDocument {
  readonly key: string;
  readonly by: Actor;
  readonly file: DemoFile;
  readonly title: string;
  readonly summary: string;
  readonly kind: DocumentDetails['kind'];
  readonly areas: readonly string[];
  readonly consultation?: string;
  readonly about?: { readonly from: number; readonly to: number };
  readonly language?: DocumentDetails['language'];
  readonly audience: DocumentDetails['audience'];
  readonly tags: readonly string[];
  /** In so many days; left out: in three years. */
  readonly review?: number;
  /** What has become of it long ago; left out: it has just been uploaded. */
  readonly story?: {
    readonly filedDaysAgo: number;
    readonly newVersion?: { readonly daysAgo: number; readonly file: DemoFile };
    readonly withdrawn?: { readonly daysAgo: number; readonly reason: string };
  };
}

const CAMDEN = 'E09000007';
const CAMDEN_TOWN = 'E05013655';
const KINGS_CROSS = 'E05013666';
const HACKNEY = 'E09000012';
const DALSTON = 'E05009370';
const LEWISHAM = 'E09000023';

const SPRING = 'Spring survey on patrols';
const YOUNG = 'Young people and the police';

/** The authority is invented, and so is everything that these say. */
export const demoDocuments: readonly DemoDocument[] = [
  {
    key: 'spring-survey',
    by: practitioner,
    file: {
      name: 'Spring survey results.md',
      lines: [
        '# Spring survey on patrols: results',
        'We asked people at the market, at the station and on paper what they want patrols to do in Camden Town.',
        '412 people answered. Two in three want to see officers on foot in the evening; one in three named the canal path.',
      ],
    },
    title: 'Spring survey on patrols in Camden Town: results',
    summary: 'What 409 people told us about patrols, and what we will do about it.',
    kind: 'results',
    areas: [CAMDEN_TOWN],
    consultation: SPRING,
    about: { from: -150, to: -110 },
    audience: 'public',
    tags: ['patrols', 'survey'],
    story: {
      filedDaysAgo: 60,
      newVersion: {
        daysAgo: 45,
        file: {
          name: 'Spring survey results (corrected).md',
          lines: [
            '# Spring survey on patrols: results, corrected',
            'We asked people at the market, at the station and on paper what they want patrols to do in Camden Town.',
            '409 people answered: three had been counted twice. Two in three want to see officers on foot in the evening; one in three named the canal path.',
          ],
        },
      },
    },
  },
  {
    key: 'opening-hours',
    by: coordinator,
    file: {
      name: 'contact points.txt',
      lines: [
        'Contact points and when they are open',
        'Camden Town: Monday and Thursday, 5 pm to 7 pm, in the library.',
        'Dalston: Wednesday, 10 am to noon, at the market.',
      ],
    },
    title: 'Contact points and their opening hours',
    summary: 'Where and when to find the local teams.',
    kind: 'guidance',
    areas: [CAMDEN, HACKNEY],
    audience: 'public',
    tags: ['contact'],
    story: {
      filedDaysAgo: 90,
      withdrawn: {
        daysAgo: 12,
        reason: 'The opening hours have changed. Each ward’s page shows where to find its team.',
      },
    },
  },
  {
    key: 'hackney-panels',
    by: coordinator,
    file: {
      name: 'What we heard in Hackney.docx',
      lines: [
        '# What we heard at the ward panels in Hackney',
        'Eleven panels met between spring and autumn. Most spoke of speeding on residential roads, of dealing on stairways, and of not hearing back.',
        '# What happens next',
        'Each panel chooses one priority. The local team answers within a month what it will do, and reports at the next meeting.',
      ],
    },
    title: 'What we heard at the ward panels in Hackney',
    summary: 'Speeding, dealing on stairways, and not hearing back: eleven panels in one report.',
    kind: 'report',
    areas: [HACKNEY, DALSTON],
    about: { from: -240, to: -60 },
    audience: 'public',
    tags: ['ward panels'],
  },
  {
    key: 'lewisham-minutes',
    by: coordinator,
    file: {
      name: 'minutes lewisham.txt',
      lines: [
        'Lewisham engagement meeting: minutes',
        'Present: the local teams of Catford, Deptford and Sydenham, the neighbourhood command, two members of the committee.',
        'Agreed: one list of dates for all wards. The Catford team brings figures on bicycle theft to the next meeting.',
      ],
    },
    title: 'Lewisham engagement meeting: minutes of last month',
    summary: 'One list of dates for all wards; figures on bicycle theft for next time.',
    kind: 'minutes',
    areas: [LEWISHAM],
    about: { from: -32, to: -32 },
    audience: 'staff',
    tags: ['meetings', 'bicycle theft'],
  },
  {
    key: 'panel-guidance',
    by: coordinator,
    file: {
      name: 'running a ward panel.md',
      lines: [
        '# How to run a ward panel',
        'Announce it three weeks before, in print as well. Choose a room that a wheelchair can enter.',
        '# On the evening',
        'Begin with what was promised last time and what came of it. Leave half of the time to questions.',
      ],
    },
    title: 'How to run a ward panel',
    summary: 'For everybody who organises one: before, during and after.',
    kind: 'guidance',
    areas: [],
    audience: 'staff',
    tags: ['ward panels', 'how to'],
    review: 10,
  },
  {
    key: 'street-form',
    by: coordinator,
    file: {
      name: 'Tell us about your street.docx',
      lines: [
        '# Tell us about your street',
        'Which street is it? What should be different there? When is it at its worst?',
        'Do you want to hear what came of it? Then leave an address, or ask at the next ward panel.',
      ],
    },
    title: 'Tell us about your street: form on paper',
    summary: 'To print, for stalls and libraries.',
    kind: 'form',
    areas: [],
    audience: 'public',
    tags: ['form', 'stalls'],
  },
  {
    key: 'dalston-plan',
    by: coordinator,
    file: {
      name: 'engagement plan dalston.md',
      lines: [
        '# Engagement in Dalston this year',
        'A stall at Ridley Road market every month. Two walks with the traders. A letter to every household when a priority is adopted.',
      ],
    },
    title: 'Engagement in Dalston: plan for this year',
    summary: 'A stall every month, two walks, and letters.',
    kind: 'plan',
    areas: [DALSTON],
    about: { from: -180, to: 185 },
    audience: 'public',
    tags: ['plan', 'market'],
  },
  {
    key: 'welsh',
    by: coordinator,
    file: {
      name: 'dweud eich dweud.md',
      lines: [
        '# Dweud eich dweud am blismona lleol',
        'Gallwch ddweud wrthym beth sy’n bwysig yn eich ardal chi, ar-lein neu ar bapur.',
        'Byddwn yn ateb pawb sy’n gadael cyfeiriad, o fewn 72 awr.',
      ],
    },
    title: 'Dweud eich dweud am blismona lleol',
    summary: 'Sut i ddweud wrthym beth sy’n bwysig yn eich ardal chi.',
    kind: 'guidance',
    areas: [CAMDEN],
    language: 'cy',
    audience: 'public',
    tags: ['Cymraeg'],
  },
  {
    key: 'answers-by-ward',
    by: coordinator,
    file: {
      name: 'answers by ward.csv',
      lines: [
        'Ward,Asked,Answered,Most named',
        'Camden Town,900,212,Patrols in the evening',
        'Dalston,850,187,Speeding',
        'Catford South,700,141,Bicycle theft',
      ],
    },
    title: 'Spring survey: answers by ward',
    summary: 'Figures behind the results, for colleagues.',
    kind: 'results',
    areas: [CAMDEN, HACKNEY, LEWISHAM],
    consultation: SPRING,
    about: { from: -150, to: -110 },
    audience: 'staff',
    tags: ['survey', 'figures'],
  },
  {
    key: 'kings-cross-notes',
    by: practitioner,
    file: {
      name: 'notes kings cross.txt',
      lines: [
        'Notes for our own use',
        'The traders at the station would meet before eight in the morning. The school asks for a visit before the holidays.',
      ],
    },
    title: 'King’s Cross: notes for the next walk',
    summary: 'Whom to meet, and when.',
    kind: 'other',
    areas: [KINGS_CROSS],
    audience: 'unit',
    tags: ['walks'],
  },
  {
    key: 'camden-group-minutes',
    by: practitioner,
    file: {
      name: 'Minutes Camden group.md',
      lines: [
        '# Camden community police engagement group: minutes',
        'The group heard how the spring survey went and what patrols do with it. It asked to see the answers of those who did not use the web.',
      ],
    },
    title: 'Camden community police engagement group: minutes',
    summary: 'The spring survey, and whom it did not reach.',
    kind: 'minutes',
    areas: [CAMDEN],
    consultation: SPRING,
    about: { from: -40, to: -40 },
    audience: 'public',
    tags: ['meetings', 'survey'],
  },
  {
    key: 'young-people',
    by: coordinator,
    file: {
      name: 'Young people and the police.docx',
      lines: [
        '# What young people in Lewisham told us',
        'Six schools and two youth clubs spoke with us about searches, buses and the way home.',
        'Most want to be told why they are searched, in words that they understand, and to be able to say afterwards how it was.',
      ],
    },
    title: 'What young people in Lewisham told us',
    summary: 'Six schools and two youth clubs on searches, buses and the way home.',
    kind: 'report',
    areas: [LEWISHAM],
    consultation: YOUNG,
    about: { from: -120, to: -75 },
    audience: 'public',
    tags: ['young people', 'stop and search'],
  },
];
