import type { Why } from '../../actions/timescale/question.ts';
import { readTimescale } from '../../actions/timescale/read-timescale.ts';
import type { Milestone, Precision } from '../../actions/timescale/timescale.ts';
import type { LocalDate } from '../../shared/clock.ts';
import { addDays } from '../../shared/days.ts';
import { failed, ok, type Result } from '../../shared/result.ts';

/** Why a text is no day: what the reader of timescales asks about it, or that it names more or less than one time. */
export type DayFault = Why | 'not-one-day';

/** Documents are about the last decades more than about the next: "05" is 2005, and "03/31/11" is no day. */
const DAYS_BEFORE = 30 * 365;
const DAYS_AFTER = 20 * 365;

/** Months of what begins on the first of one; null for what does not. */
const MONTHS: Readonly<Record<Precision, number | null>> = {
  day: 0,
  week: null,
  month: 1,
  quarter: 3,
  season: null,
  half: 6,
  year: 12,
};

/** "June 2023 to July 2024": the reader of timescales asks when that is over, and here one day is wanted. */
const SPAN = /\b(?:to|until|till|and)\b|[–—]|\s-\s/i;

/** The first day of a stretch of whole months by its last. */
const firstOf = ({ due, precision }: Milestone): LocalDate | null => {
  const months = MONTHS[precision];
  if (months === null || months === 0) return months === null ? null : due;
  const [year = 0, month = 0] = due.split('-').map(Number);
  const first = year * 12 + (month - 1) - (months - 1);
  return `${String(Math.floor(first / 12)).padStart(4, '0')}-${String((first % 12) + 1).padStart(2, '0')}-01`;
};

/**
 * Reads a day as people write it: "31/3/2026", "31 March 2026", "2026-03-31"; of "March 2026" or "2025/26" the first day or
 * the last, whichever is wanted.
 */
export const readDetailsDay = (
  text: string,
  { end, today }: { readonly end: 'first' | 'last'; readonly today: LocalDate },
): Result<LocalDate, DayFault> => {
  if (SPAN.test(text)) return failed('not-one-day');
  const period = { from: addDays(today, -DAYS_BEFORE), to: addDays(today, DAYS_AFTER) };
  const { timescale, questions } = readTimescale(text, period);
  const [question] = questions;
  if (question) return failed(question.why);
  const [milestone, ...others] = timescale.milestones;
  const isOne = milestone && others.length === 0 && milestone.label === null;
  if (!isOne || timescale.ongoing || timescale.recurring) return failed('not-one-day');
  const day = end === 'last' ? milestone.due : firstOf(milestone);
  return day === null ? failed('not-one-day') : ok(day);
};
