import type { Report, ReportedAction } from '#domain/reports/report.ts';
import { formatDate } from '../render/dates.ts';
import type { Translate } from '../render/translate.ts';
import { type Cell, cell, type DocumentBlock, heading, numbers, tableOr, words } from './document.ts';
import { actionCell, dueText, leadsText, ragCell, spanText, themeName } from './words.ts';

const numberAndAction = (t: Translate, weight = 1) => [
  numbers(t('report.column.number'), weight),
  words(t('report.column.action'), 8),
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
      numbers(t('report.column.number'), 1),
      words(t('report.column.measure'), 10),
      words(t('report.column.target'), 4),
      words(t('report.column.actual'), 8),
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

/** What dates and progress suggest, when that is another colour than the officer's. */
const suggestionOf = (t: Translate, { rag, suggestion }: ReportedAction): readonly string[] =>
  suggestion === null || suggestion.rag === rag
    ? []
    : [t('report.suggested', { colour: t(`action.rag.${suggestion.rag}`) })];

/** Colour, state, the reason for it, and what speaks against the colour. */
const standingOf = (t: Translate, action: ReportedAction): Cell => {
  const { rag, status, reason, carriedOver } = action;
  const lines = [
    t(`action.status.${status}`),
    ...(reason === null ? [] : [reason]),
    ...(carriedOver ? [t('action.carried')] : []),
    ...suggestionOf(t, action),
  ];
  return rag === null ? cell([t('report.noColour'), ...lines].join('\n')) : { rag, text: lines.join('\n') };
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
        ...numberAndAction(t, 2),
        words(t('report.column.leads'), 5),
        words(t('report.column.due'), 4),
        words(t('plan.column.rag'), 5),
        words(t('report.column.progress'), 8),
      ],
      rows: actions
        .filter((action) => action.theme === theme)
        .map((action) => [
          cell(action.position),
          actionCell(action),
          cell(leadsText(t, action.leads)),
          cell(dueText(t, action)),
          standingOf(t, action),
          cell(progressOf(t, action)),
        ]),
    }),
  ]),
];
