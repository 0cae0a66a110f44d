import type { ReportedAction, Span } from '#domain/reports/report.ts';
import type { LocalDate } from '#domain/shared/clock.ts';
import { paths } from '../paths.ts';
import { formatDate } from '../render/dates.ts';
import type { Translate } from '../render/translate.ts';
import type { Cell } from './document.ts';

type Named = Pick<ReportedAction, 'id' | 'position' | 'text'>;

export const themeName = (t: Translate, theme: string): string =>
  theme === '' ? t('plan.theme.none') : theme;

/** "1 July 2026 to 30 September 2026". */
export const spanText = (t: Translate, { from, to }: Span): string =>
  t('plan.period', { from: formatDate(t, from), to: formatDate(t, to) });

export const daysText = (t: Translate, days: readonly LocalDate[]): string =>
  days.length === 0 ? t('action.noDay') : days.map((day) => formatDate(t, day)).join(', ');

export const actionCell = ({ id, text }: Named): Cell => ({ text, href: paths.action(id) });

/** An action in a list: its number, what it is, and what is told of it. */
export const actionItem = ({ id, position, text }: Named, told = ''): Cell => ({
  text: told === '' ? `${position}. ${text}` : `${position}. ${text}: ${told}`,
  href: paths.action(id),
});

export const leadsText = (t: Translate, leads: readonly string[]): string =>
  leads.length === 0 ? t('action.leads.none') : leads.join(', ');

/** When it is due, or why nobody can say. */
export const dueText = (t: Translate, { due, ongoing, timescale, open }: ReportedAction): string => {
  if (due !== null) return formatDate(t, due);
  if (!open) return '';
  if (ongoing) return t('action.ongoing');
  return timescale === '' ? t('action.noDay') : timescale;
};

/** The officer's colour with its word. */
export const ragCell = (t: Translate, rag: ReportedAction['rag']): Cell =>
  rag === null ? { text: t('action.rag.none') } : { rag, text: '' };
