import type { LocalDate } from '../shared/clock.ts';
import { addDays } from '../shared/days.ts';
import type { ReportKind, Span } from './report.ts';

const MONTHS: Readonly<Record<ReportKind, number>> = { committee: 3, board: 6, annual: 12 };

const MONTHS_PER_YEAR = 12;

const lastOfMonth = (year: number, month: number): number =>
  new Date(Date.UTC(year, month + 1, 0)).getUTCDate();

/**
 * The same day so many months later, or earlier with a negative number. The last day of a month leads to the last day
 * of another; a day that the other month does not have, to its last.
 */
export const addMonths = (day: LocalDate, months: number): LocalDate => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const total = year * MONTHS_PER_YEAR + month - 1 + months;
  const [inYear, inMonth] = [Math.floor(total / MONTHS_PER_YEAR), total % MONTHS_PER_YEAR];
  const last = lastOfMonth(inYear, inMonth);
  const isLast = date === lastOfMonth(year, month - 1);
  return new Date(Date.UTC(inYear, inMonth, isLast ? last : Math.min(date, last)))
    .toISOString()
    .slice(0, 'yyyy-mm-dd'.length);
};

/** What a report of a kind is about that ends with a day, that day included. */
export const periodEnding = (kind: ReportKind, to: LocalDate): Span => ({
  from: addDays(addMonths(to, -MONTHS[kind]), 1),
  to,
});

/** The period that follows it. */
export const periodAfter = (kind: ReportKind, { to }: Span): Span => ({
  from: addDays(to, 1),
  to: addMonths(to, MONTHS[kind]),
});
