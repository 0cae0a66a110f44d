import type { AnswerFigures } from '#domain/reports/answer-figures.ts';
import type { BoroughPack } from '#domain/reports/borough-pack.ts';
import { paths } from '../paths.ts';
import { formatDate } from '../render/dates.ts';
import type { Translate } from '../render/translate.ts';
import {
  type Cell,
  cell,
  type DocumentBlock,
  heading,
  numbers,
  type ShownDocument,
  tableOr,
  text,
  words,
} from './document.ts';
import { leadsText, ragCell, spanText } from './words.ts';

const describePriorities = (t: Translate, { areas }: BoroughPack): readonly DocumentBlock[] => [
  heading(2, t('pack.priorities')),
  ...(areas.length === 0 ? [text(t('pack.priorities.none'))] : []),
  ...areas.flatMap(({ area, priorities }): readonly DocumentBlock[] => [
    heading(3, area.name),
    ...tableOr('', {
      caption: t('pack.priorities.of', { area: area.name }),
      columns: [
        words(t('pack.column.priority'), 5),
        words(t('report.column.state')),
        words(t('pack.column.since')),
        numbers(t('pack.column.supporters')),
      ],
      rows: priorities.map(({ priority, supporters }) => [
        { text: priority.title, href: paths.priority(priority.id) },
        cell(t(`priority.status.${priority.status}`)),
        cell(formatDate(t, priority.adoptedOn)),
        cell(supporters),
      ]),
    }),
  ]),
];

const inTimeText = (t: Translate, { inTime }: AnswerFigures): string =>
  inTime.kind === 'exact' ? String(inTime.count) : t(`pack.answers.${inTime.kind}`);

const describeAnswers = (t: Translate, { answers }: BoroughPack): readonly DocumentBlock[] => [
  heading(2, t('pack.answers')),
  text(t('pack.answers.quarter', { period: spanText(t, answers.quarter) })),
  ...tableOr('', {
    caption: t('pack.answers'),
    columns: [words(t('report.column.figure'), 3), words(t('pack.column.submissions'))],
    rows: [
      [
        cell(t('pack.answers.received')),
        cell(answers.received === null ? t('pack.answers.few') : answers.received),
      ],
      [cell(t('pack.answers.inTime')), cell(inTimeText(t, answers))],
    ],
  }),
  text(t('pack.answers.hidden')),
];

const dueCell = (t: Translate, { due, overdue, action }: BoroughPack['actions'][number]): Cell => {
  if (due === null) return cell(action.timescale.ongoing ? t('action.ongoing') : '');
  const day = formatDate(t, due);
  return cell(overdue ? `${day}\n${t('action.overdue')}` : day);
};

const describeActions = (t: Translate, { actions }: BoroughPack): readonly DocumentBlock[] => [
  heading(2, t('pack.actions')),
  text(t('pack.actions.which')),
  ...tableOr(t('pack.actions.none'), {
    caption: t('pack.actions'),
    columns: [
      words(t('report.column.action'), 6),
      words(t('report.column.leads'), 3),
      words(t('report.column.due'), 3),
      words(t('report.column.state')),
      words(t('report.column.colour')),
      words(t('pack.column.plan'), 3),
    ],
    rows: actions.map((row) => [
      { text: row.action.text, href: paths.action(row.action.id) },
      cell(
        leadsText(
          t,
          row.action.leads.map(({ name }) => name),
        ),
      ),
      dueCell(t, row),
      cell(t(`action.status.${row.action.status}`)),
      ragCell(t, row.action.rag),
      { text: row.plan.title, href: paths.actionPlan(row.plan.id) },
    ]),
  }),
];

/** The pack of a borough in words. */
export const describePack = (t: Translate, pack: BoroughPack): ShownDocument => ({
  title: t('pack.title', { borough: pack.borough.name }),
  subject: t('packs.title'),
  facts: [t('pack.writtenOn', { day: formatDate(t, pack.writtenAt) })],
  parts: [
    {
      isWide: false,
      blocks: [...describePriorities(t, pack), ...describeAnswers(t, pack), ...describeActions(t, pack)],
    },
  ],
});
