import type { ActionPlan } from '#domain/actions/plan.ts';
import { quarterBefore } from '#domain/reports/answer-figures.ts';
import type { ReportWanted } from '#domain/reports/draft-report.ts';
import { reportKinds } from '#domain/reports/report.ts';
import type { LocalDate } from '#domain/shared/clock.ts';
import { isDay } from '#domain/shared/days.ts';
import { oneLine } from '#domain/shared/text.ts';
import type { FieldError, FormModel } from '../forms/form.ts';
import { readDay } from '../forms/read-day.ts';

type WantedRead = { readonly ok: true; readonly wanted: ReportWanted } | ({ readonly ok: false } & FormModel);

const FIELDS = ['asOf-day', 'asOf-month', 'asOf-year'] as const;

/** The day of an address, `asOf=2026-09-30`, or of the three fields of a form. */
const dayIn = (asked: URLSearchParams): LocalDate | null => {
  const written = asked.get('asOf');
  if (written !== null) return isDay(written) ? written : null;
  const [day = '', month = '', year = ''] = FIELDS.map((name) => oneLine(asked.get(name) ?? ''));
  return readDay({ day, month, year });
};

/** The three fields of a day. */
const typedDay = (day: LocalDate): Readonly<Record<string, string>> => {
  const [year, month, date] = day.split('-').map(Number);
  return { 'asOf-day': String(date), 'asOf-month': String(month), 'asOf-year': String(year) };
};

/** What the form shows at first: the end of the last quarter, since reports are written after their period. */
export const usualDay = ({ from }: ActionPlan, today: LocalDate): Readonly<Record<string, string>> => {
  const { to } = quarterBefore(today);
  return typedDay(to >= from ? to : today);
};

const wrongDay = (asOf: LocalDate | null, { from }: ActionPlan, today: LocalDate): readonly FieldError[] => {
  const field = 'asOf-day';
  if (asOf === null) return [{ field, key: 'reports.asOf.wrong' }];
  if (asOf > today) return [{ field, key: 'reports.asOf.future' }];
  return asOf < from ? [{ field, key: 'reports.asOf.early' }] : [];
};

/** Reads which report of a plan is wanted: a kind, and a day of the plan that has come. */
export const readWanted = (asked: URLSearchParams, plan: ActionPlan, today: LocalDate): WantedRead => {
  const kind = reportKinds.find((known) => known === asked.get('kind'));
  const asOf = dayIn(asked);
  const errors: readonly FieldError[] = [
    ...(kind ? [] : [{ field: 'kind', key: 'reports.kind.missing' as const }]),
    ...wrongDay(asOf, plan, today),
  ];
  if (kind && asOf && errors.length === 0) return { ok: true, wanted: { kind, asOf } };
  const typed = asked.has('asOf') && asOf !== null ? typedDay(asOf) : {};
  return { ok: false, typed: { ...Object.fromEntries(asked), ...typed }, errors };
};
