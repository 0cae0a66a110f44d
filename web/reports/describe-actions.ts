import type { Report, ReportedAction } from '#domain/reports/report.ts';
import { formatDate } from '../render/dates.ts';
import type { Translate } from '../render/translate.ts';
import { type Cell, cell, type DocumentBlock, heading, numbers, tableOr, words } from './document.ts';
import { actionCell, dueText, leadsText, ragCell, spanText, themeName } from './words.ts';

const numberAndAction = (t: Translate) => [
  numbers(t('report.column.number')),
  words(t('report.column.action'), 6),
];

const lastReport = (t: Translate, { progress }: ReportedAction): string =>
  progress === null ? t('report.silent.never') : formatDate(t, progress.at);

/** What is late. */
export const describeOverdue = (t: Translate, { actions }: Report): readonly DocumentBlock[] => [
  heading(2, t('report.overdue')),
  ...tableOr(t('report.overdue.none'), {
    caption: t('report.overdue'),
    columns: [
      ...numberAndAction(t),
      words(t('report.column.leads'), 3),
      words(t('report.column.wasDue'), 3),
      words(t('report.column.colour')),
    ],
    rows: actions
      .filter(({ overdue }) => overdue)
      .map((action) => [
        cell(action.position),
        actionCell(action),
        cell(leadsText(t, action.leads)),
        cell(dueText(t, action)),
        ragCell(t, action.rag),
      ]),
  }),
];

/** Of what nobody has told how it goes. */
export const describeSilent = (t: Translate, { actions, period }: Report): readonly DocumentBlock[] => [
  heading(2, t('report.silent', { period: spanText(t, period) })),
  ...tableOr(t('report.silent.none'), {
    caption: t('report.silent.table'),
    columns: [
      ...numberAndAction(t),
      words(t('report.column.leads'), 3),
      words(t('report.column.lastReport'), 3),
    ],
    rows: actions
      .filter(({ silent }) => silent)
      .map((action) => [
        cell(action.position),
        actionCell(action),
        cell(leadsText(t, action.leads)),
        cell(lastReport(t, action)),
      ]),
  }),
];

/** What is due in the next period. */
export const describeDueNext = (t: Translate, { dueNext, next }: Report): readonly DocumentBlock[] => [
  heading(2, t('report.next', { day: formatDate(t, next.to) })),
  ...tableOr(t('report.next.none'), {
    caption: t('report.next.table'),
    columns: [words(t('report.column.due'), 3), ...numberAndAction(t), words(t('report.column.what'), 3)],
    rows: dueNext.map(({ due, label, action }) => [
      cell(formatDate(t, due)),
      cell(action.position),
      actionCell(action),
      cell(label ?? t('report.next.all')),
    ]),
  }),
];

/** By what it is seen whether actions work. */
export const describeMeasures = (t: Translate, { actions }: Report): readonly DocumentBlock[] => [
  heading(2, t('report.measures')),
  ...tableOr(t('report.measures.none'), {
    caption: t('report.measures'),
    columns: [
      numbers(t('report.column.number')),
      words(t('report.column.measure'), 5),
      words(t('report.column.target')),
      words(t('report.column.actual'), 4),
    ],
    rows: actions.flatMap(({ position, measures }) =>
      measures.map(({ text, target, actuals }) => [
        cell(position),
        cell(text),
        cell(target ?? t('report.measures.noTarget')),
        cell(
          actuals.length === 0
            ? t('report.measures.noActual')
            : actuals.map(({ period, value }) => `${period}: ${value}`).join('\n'),
        ),
      ]),
    ),
  }),
];

const stateOf = (t: Translate, { status, reason, carriedOver }: ReportedAction): string =>
  [
    t(`action.status.${status}`),
    ...(reason === null ? [] : [reason]),
    ...(carriedOver ? [t('action.carried')] : []),
  ].join('\n');

/** The officer's colour, and what dates and progress suggest when that is another. */
const colourOf = (t: Translate, { rag, suggestion }: ReportedAction): Cell => {
  const other = suggestion !== null && suggestion.rag !== rag ? suggestion.rag : null;
  const said = other === null ? '' : t('report.suggested', { colour: t(`action.rag.${other}`) });
  if (rag !== null) return { rag, text: said };
  return cell([t('action.rag.none'), said].filter((words) => words !== '').join('\n'));
};

const progressOf = (t: Translate, { progress }: ReportedAction): string =>
  progress === null
    ? t('action.history.none')
    : t('report.progress', { day: formatDate(t, progress.at), text: progress.text });

/** Every action with its latest progress, theme by theme. */
export const describeAllActions = (t: Translate, { themes, actions }: Report): readonly DocumentBlock[] => [
  heading(2, t('report.all')),
  ...(actions.length === 0 ? tableOr(t('plan.none'), { caption: '', columns: [], rows: [] }) : []),
  ...themes.flatMap(({ theme }): readonly DocumentBlock[] => [
    heading(3, themeName(t, theme)),
    ...tableOr('', {
      caption: t('report.all.of', { theme: themeName(t, theme) }),
      columns: [
        ...numberAndAction(t),
        words(t('report.column.leads'), 3),
        words(t('report.column.due'), 3),
        words(t('report.column.state'), 3),
        words(t('report.column.colour'), 3),
        words(t('report.column.progress'), 6),
      ],
      rows: actions
        .filter((action) => action.theme === theme)
        .map((action) => [
          cell(action.position),
          actionCell(action),
          cell(leadsText(t, action.leads)),
          cell(dueText(t, action)),
          cell(stateOf(t, action)),
          colourOf(t, action),
          cell(progressOf(t, action)),
        ]),
    }),
  ]),
];
