import type { Action, Progress } from '#domain/actions/action.ts';
import { noTimescale } from '#domain/actions/timescale/timescale.ts';
import type { Report } from '#domain/reports/report.ts';
import { type ProgressBy, progressBy } from '#domain/reports/state-at.ts';
import { type EarlierReport, type ReportSources, writeReport } from '#domain/reports/write-report.ts';
import type { LocalDate } from '#domain/shared/clock.ts';
import { anAction, aPlan, aProgress } from '#test/support/stores/records.ts';

export const PLAN = aPlan({ id: 'plan-1' });

/** The morning after a day. */
export const morningAfter = (day: LocalDate) =>
  new Date(Date.parse(`${day}T09:30:00.000Z`) + 86_400_000).toISOString();

export const due = (...days: readonly LocalDate[]): Pick<Action, 'timescale'> => ({
  timescale: {
    ...noTimescale,
    text: days.join(', '),
    milestones: days.map((day) => ({ due: day, precision: 'day', label: null })),
  },
});

export const make = (id: string, changes: Partial<Action> = {}): Action =>
  anAction({ id, plan: PLAN.id, position: Number(/\d+/.exec(id)?.[0] ?? 1), ...changes });

export const told = (action: string, at: string, changes: Partial<Progress> = {}): Progress =>
  aProgress({ action, at, ...changes });

/** The report of these actions with these entries, written on the day itself unless another moment is given. */
export const report = (
  actions: readonly Action[],
  {
    entries = [],
    earlier = null,
    asOf = '2026-09-30',
    now = `${asOf}T17:00:00.000Z`,
    kind = 'committee',
  }: Partial<Pick<ReportSources, 'asOf' | 'now' | 'kind' | 'earlier'>> & {
    entries?: readonly Progress[];
  } = {},
): Report => {
  const progress = new Map<string, ProgressBy>(
    actions.map(({ id }) => [
      id,
      progressBy(
        entries.filter(({ action }) => action === id),
        asOf,
      ),
    ]),
  );
  return writeReport({ kind, plan: PLAN, actions, progress, earlier, asOf, now });
};

export const asEarlier = (earlier: Report): EarlierReport => ({ id: 'report-1', report: earlier });
