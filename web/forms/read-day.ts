import type { LocalDate } from '#domain/shared/clock.ts';
import { isDay } from '#domain/shared/days.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const CENTURY = 2000;

/** A day as somebody typed it into three fields. */
export interface DayTyped {
  readonly day: string;
  readonly month: string;
  readonly year: string;
}

/** The month of a number, or of a name or the start of one, as people write it; null when it is none. */
const readMonth = (typed: string): number | null => {
  if (/^\d{1,2}$/.test(typed)) return Number(typed);
  const word = typed.toLowerCase().replace(/\.$/, '');
  const at = MONTHS.findIndex((month) => word.startsWith(month));
  return /^[a-z]{3,9}$/.test(word) && at >= 0 ? at + 1 : null;
};

/** `12`, `5` or `May`, `2027` or `27`; null when that is no day. */
export const readDay = ({ day, month, year }: DayTyped): LocalDate | null => {
  const number = readMonth(month);
  if (number === null || !/^\d{1,2}$/.test(day) || !/^(?:\d{2}|\d{4})$/.test(year)) return null;
  const full = year.length === 2 ? CENTURY + Number(year) : Number(year);
  const iso = `${full}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(iso) ? iso : null;
};
