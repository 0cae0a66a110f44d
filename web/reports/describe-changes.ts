import type { Report, ReportChange } from '#domain/reports/report.ts';
import { formatDate } from '../render/dates.ts';
import type { Translate } from '../render/translate.ts';
import { type Cell, type DocumentBlock, heading, text } from './document.ts';
import { actionItem, daysText } from './words.ts';

/** What people ask for first. */
const ORDER: readonly ReportChange['kind'][] = [
  'completed',
  'new',
  'worse',
  'better',
  'deferred',
  'dropped',
  'reopened',
  'new-days',
  'gone',
];

const withDue = (t: Translate, { reason, due }: Extract<ReportChange, { kind: 'deferred' }>): string => {
  const why = reason ?? t('report.change.noReason');
  return due === null ? why : t('report.change.deferredTo', { reason: why, day: formatDate(t, due) });
};

/** What is told of a change beyond its kind. */
const detailOf = (t: Translate, change: ReportChange): string => {
  if (change.kind === 'deferred') return withDue(t, change);
  if (change.kind === 'dropped') return change.reason ?? t('report.change.noReason');
  if (change.kind === 'better' || change.kind === 'worse')
    return t('report.change.colour', {
      before: t(`action.rag.${change.before}`),
      now: t(`action.rag.${change.now}`),
    });
  if (change.kind === 'new-days')
    return t('report.change.days', { before: daysText(t, change.before), now: daysText(t, change.now) });
  return '';
};

/** An action that is no longer there leads nowhere. */
const itemOf = (t: Translate, change: ReportChange): Cell => {
  const item = actionItem(change.action, detailOf(t, change));
  return change.kind === 'gone' ? { text: item.text } : item;
};

/** What changed since the last report of the same kind, kind by kind. */
export const describeChanges = (t: Translate, { since, changes }: Report): readonly DocumentBlock[] => {
  if (since === null) return [heading(2, t('report.changes.title')), text(t('report.changes.first'))];
  const title = heading(2, t('report.changes.since', { day: formatDate(t, since.asOf) }));
  if (changes.length === 0) return [title, text(t('report.changes.none'))];
  return [
    title,
    ...ORDER.flatMap((kind): readonly DocumentBlock[] => {
      const those = changes.filter((change) => change.kind === kind);
      return those.length === 0
        ? []
        : [
            heading(3, t(`report.change.${kind}`)),
            { kind: 'list', items: those.map((change) => itemOf(t, change)) },
          ];
    }),
  ];
};
