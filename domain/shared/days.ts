import { type Instant, type LocalDate, londonDate } from './clock.ts';

const DAY = 24 * 60 * 60 * 1000;

/** The day so many days later; earlier with a negative number. */
export const addDays = (day: LocalDate, days: number): LocalDate =>
  new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);

/** Whether a text is a day of the calendar, `2026-11-22`. */
export const isDay = (text: string): text is LocalDate => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(text);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
};

/** The days from one to another, both included. */
export function* daysFrom(from: LocalDate, to: LocalDate): Generator<LocalDate> {
  for (let day = from; day <= to; day = addDays(day, 1)) yield day;
}

/** The Monday of the week in London in which a moment lies: names the week. */
export const weekOf = (at: Instant): LocalDate => {
  const day = londonDate(at);
  const weekday = new Date(day).getUTCDay();
  return addDays(day, -((weekday + 6) % 7));
};
