import type { IssuedReport, Report } from '#domain/reports/report.ts';
import { formatDate } from '../render/dates.ts';
import type { Translate } from '../render/translate.ts';
import {
  describeAllActions,
  describeDueNext,
  describeMeasures,
  describeOverdue,
  describeSilent,
} from './describe-actions.ts';
import { describeChanges } from './describe-changes.ts';
import { describeFigures, describeMoney } from './describe-figures.ts';
import { cell, type DocumentBlock, heading, type ShownDocument } from './document.ts';
import { spanText } from './words.ts';

/** What of a day in the past is not known. */
const describeNotes = (t: Translate, { notes, asOf, writtenAt }: Report): readonly DocumentBlock[] => {
  if (notes.length === 0) return [];
  const days = { day: formatDate(t, asOf), written: formatDate(t, writtenAt) };
  return [
    heading(2, t('report.notes')),
    {
      kind: 'list',
      items: notes.map(({ kind, count }) =>
        cell(kind === 'as-now' ? t('report.note.as-now', days) : t(`report.note.${kind}`, { count })),
      ),
    },
  ];
};

/** A report in words; `issued` is null for a draft. */
export const describeReport = (t: Translate, report: Report, issued: IssuedReport | null): ShownDocument => ({
  title: t(`report.kind.${report.kind}`),
  subject: report.plan.title,
  facts: [
    t('report.asOf', { day: formatDate(t, report.asOf) }),
    t('report.period', { period: spanText(t, report.period) }),
    issued === null ? t('report.notIssued') : t('report.issuedOn', { day: formatDate(t, issued.issuedAt) }),
  ],
  parts: [
    {
      isWide: false,
      blocks: [
        ...describeFigures(t, report),
        ...describeChanges(t, report),
        ...describeOverdue(t, report),
        ...describeSilent(t, report),
        ...describeDueNext(t, report),
        ...describeMeasures(t, report),
        ...describeMoney(t, report),
        ...describeNotes(t, report),
      ],
    },
    { isWide: true, blocks: describeAllActions(t, report) },
  ],
});
