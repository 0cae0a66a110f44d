import * as z from 'zod';
import type { NewDay } from '#domain/actions/ask-coordinator.ts';
import type { Standing } from '#domain/actions/record-progress.ts';
import type { LocalDate } from '#domain/shared/clock.ts';
import { addDays, isDay } from '#domain/shared/days.ts';
import { oneLine } from '#domain/shared/text.ts';
import {
  choiceField,
  type FieldError,
  type FormOutcome,
  readFields,
  textField,
  versionField,
} from '../forms/form.ts';
import { readDay } from '../forms/read-day.ts';

/** Characters at most, as a person counts them. */
export const MAX_PROGRESS = 2_000;

/** The choices of the one question how it goes, the best first. */
export const standings = ['green', 'amber', 'red', 'complete'] as const satisfies readonly Standing[];

export const progressForm = z.object({
  version: versionField,
  text: textField({ max: MAX_PROGRESS, empty: 'progress.text.empty', long: 'progress.text.long' }),
  standing: choiceField(standings, 'progress.standing.missing'),
});

export const reasonForm = z.object({
  version: versionField,
  reason: textField({ max: MAX_PROGRESS, empty: 'action.reason.empty', long: 'action.reason.long' }),
});

const typedLine = z.string().transform(oneLine);

const newDayForm = reasonForm.extend({
  due: z.string(),
  'new-day': typedLine,
  'new-month': typedLine,
  'new-year': typedLine,
});

const dayError = (typed: { day: string; month: string; year: string }): FieldError['key'] => {
  const given = [typed.day, typed.month, typed.year].filter((part) => part !== '').length;
  return given === 0 ? 'newDay.day.empty' : 'newDay.day.wrong';
};

/** A later year was mistyped. */
const MOST_DAYS_AHEAD = 5 * 366;

/** Reads which day an officer asks for, in the place of which, and why. It has to be later than today. */
export const readNewDay = (
  posted: URLSearchParams,
  today: LocalDate,
): FormOutcome<{ readonly version: number; readonly wanted: NewDay }> => {
  const read = readFields(newDayForm, posted);
  const typed = Object.fromEntries(posted);
  const parts = {
    day: oneLine(typed['new-day'] ?? ''),
    month: oneLine(typed['new-month'] ?? ''),
    year: oneLine(typed['new-year'] ?? ''),
  };
  const newDue = readDay(parts);
  const wrong: FieldError[] = [];
  if (newDue === null) wrong.push({ field: 'new-day', key: dayError(parts) });
  else if (newDue <= today) wrong.push({ field: 'new-day', key: 'newDay.day.past' });
  else if (newDue > addDays(today, MOST_DAYS_AHEAD)) wrong.push({ field: 'new-day', key: 'newDay.day.far' });
  if (!isDay(posted.get('due') ?? '')) wrong.push({ field: 'due', key: 'newDay.due.missing' });
  const errors = [...wrong, ...(read.ok ? [] : read.errors)];
  if (!read.ok || newDue === null || errors.length > 0) return { ok: false, typed, errors };
  const { version, due, reason } = read.values;
  return { ok: true, values: { version, wanted: { due, newDue, reason } } };
};
