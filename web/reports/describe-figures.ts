import { actionStatuses } from '#domain/actions/action.ts';
import type { ByRag, Figures, Report } from '#domain/reports/report.ts';
import { writePounds } from '../render/pounds.ts';
import type { Translate } from '../render/translate.ts';
import { type Cell, cell, type DocumentBlock, heading, numbers, tableOr, words } from './document.ts';
import { themeName } from './words.ts';

const COLOURS = ['red', 'amber', 'green', 'none'] as const satisfies readonly (keyof ByRag)[];

const colourColumns = (t: Translate) => COLOURS.map((colour) => numbers(t(`action.rag.${colour}`)));

const colourCells = (byRag: ByRag): readonly Cell[] => COLOURS.map((colour) => cell(byRag[colour]));

const atAGlance = (t: Translate, figures: Figures): readonly DocumentBlock[] =>
  tableOr('', {
    caption: t('report.glance'),
    columns: [words(t('report.column.figure'), 6), numbers(t('report.column.actions'))],
    rows: (['actions', 'open', 'overdue', 'silent'] as const).map((figure) => [
      cell(t(`report.glance.${figure}`)),
      cell(figures[figure]),
    ]),
  });

const colours = (t: Translate, { byRag, bySuggestion }: Figures): readonly DocumentBlock[] =>
  tableOr('', {
    caption: t('report.colours'),
    columns: [words(t('report.column.whose'), 5), ...colourColumns(t)],
    rows: [
      [cell(t('report.colours.officers')), ...colourCells(byRag)],
      [cell(t('report.colours.suggested')), ...colourCells(bySuggestion)],
    ],
  });

const states = (t: Translate, { byStatus }: Figures): readonly DocumentBlock[] =>
  tableOr('', {
    caption: t('report.states'),
    columns: [words(t('report.column.state'), 6), numbers(t('report.column.actions'))],
    rows: actionStatuses.map((status) => [cell(t(`action.status.${status}`)), cell(byStatus[status])]),
  });

const chartOf = (t: Translate, themes: Report['themes']): DocumentBlock => ({
  kind: 'chart',
  title: t('report.chart.title'),
  alternative: t('report.chart.alternative', { count: themes.length }),
  themes: themes.map(({ figures }, at) => ({ number: at + 1, byRag: figures.byRag })),
  words: {
    red: t('action.rag.red'),
    amber: t('action.rag.amber'),
    green: t('action.rag.green'),
    none: t('action.rag.none'),
  },
});

/** The summary, and the themes with their chart. */
export const describeFigures = (t: Translate, { figures, themes }: Report): readonly DocumentBlock[] => [
  heading(2, t('report.summary')),
  ...atAGlance(t, figures),
  ...colours(t, figures),
  ...states(t, figures),
  heading(2, t('report.themes')),
  ...(themes.length === 0 ? [] : [chartOf(t, themes)]),
  ...tableOr(t('plan.none'), {
    caption: t('report.themes.table'),
    columns: [
      numbers(t('report.column.number'), 1),
      words(t('report.column.theme'), 6),
      numbers(t('report.column.actions')),
      ...colourColumns(t),
      numbers(t('report.column.overdue')),
    ],
    rows: themes.map(({ theme, figures: those }, at) => [
      cell(at + 1),
      cell(themeName(t, theme)),
      cell(those.actions),
      ...colourCells(those.byRag),
      cell(those.overdue),
    ]),
  }),
];

const moneyCells = ({ money }: Figures): readonly Cell[] => [
  cell(writePounds(money.budget)),
  cell(writePounds(money.actual)),
  cell(writePounds(money.budget - money.actual)),
  cell(money.unknown),
];

/** Budget and actual cost by theme. */
export const describeMoney = (t: Translate, { figures, themes }: Report): readonly DocumentBlock[] => [
  heading(2, t('report.money')),
  ...tableOr(t('plan.none'), {
    caption: t('budget.title'),
    columns: [
      words(t('budget.column.theme'), 3),
      ...(['budget', 'actual', 'left', 'unknown'] as const).map((column) =>
        numbers(t(`budget.column.${column}`)),
      ),
    ],
    rows:
      themes.length === 0
        ? []
        : [
            ...themes.map(({ theme, figures: those }) => [cell(themeName(t, theme)), ...moneyCells(those)]),
            [cell(t('budget.total')), ...moneyCells(figures)],
          ],
  }),
];
