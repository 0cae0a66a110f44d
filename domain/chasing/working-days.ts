import type { LocalDate } from '../shared/clock.ts';
import { addDays } from '../shared/days.ts';
import { isWorkingDay } from '../shared/working-days.ts';

const SUNDAY = 0;
const SATURDAY = 6;

/** Bank holidays are known from 2000 to 2100. A day that somebody has mistyped has a clock all the same. */
const isKnown = (day: LocalDate): boolean => day >= '2000-01-01' && day <= '2100-12-31';

/** Whether anything may be said on this day. */
export const isDayForChasing = (day: LocalDate): boolean => {
  if (isKnown(day)) return isWorkingDay(day);
  const weekday = new Date(day).getUTCDay();
  return weekday !== SUNDAY && weekday !== SATURDAY;
};

/** The first working day from this one on. */
export const workingDayFrom = (day: LocalDate): LocalDate => {
  let found = day;
  while (!isDayForChasing(found)) found = addDays(found, 1);
  return found;
};

/** The last working day up to this one. */
export const workingDayUpTo = (day: LocalDate): LocalDate => {
  let found = day;
  while (!isDayForChasing(found)) found = addDays(found, -1);
  return found;
};
