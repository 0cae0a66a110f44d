import type { Instant } from '#domain/shared/clock.ts';
import { addDays } from '#domain/shared/days.ts';
import { momentInLondon } from '#domain/shared/london.ts';
import type { FieldError } from '../forms/form.ts';
import { readDay } from '../forms/read-day.ts';

const HOURS_OF_A_HALF = 12;
const HOURS = 24;
const MINUTES = 60;

/** A mailing is planned for this year and the next, not for a year that was mistyped. */
const MOST_DAYS_AHEAD = 366;

const NAMED: Readonly<Record<string, number>> = {
  midnight: 0,
  midday: HOURS_OF_A_HALF * MINUTES,
  noon: HOURS_OF_A_HALF * MINUTES,
};

const TIME = /^(?<hour>\d{1,2})(?:[:.]?(?<minute>\d{2}))?(?<half>am|pm)?$/;

/** Minutes after midnight: `9:30am`, `9.30 a.m.`, `2pm`, `14:00`, `1400`, `midday`. A mere `9` could be either half of the day. */
const readTime = (typed: string): number | null => {
  const word = typed.toLowerCase().replace(/\s/g, '');
  if (Object.hasOwn(NAMED, word)) return NAMED[word] ?? null;
  const { hour, minute, half } = TIME.exec(word.replace(/([ap])\.m\.?$/, '$1m'))?.groups ?? {};
  if (hour === undefined || (minute === undefined && half === undefined)) return null;
  const [hours, minutes] = [Number(hour), Number(minute ?? 0)];
  if (minutes >= MINUTES || hours >= HOURS) return null;
  if (half === undefined) return hours * MINUTES + minutes;
  if (hours === 0 || hours > HOURS_OF_A_HALF) return null;
  return ((hours % HOURS_OF_A_HALF) + (half === 'pm' ? HOURS_OF_A_HALF : 0)) * MINUTES + minutes;
};

/** A day and a time as somebody typed them. */
export interface WhenTyped {
  readonly day: string;
  readonly month: string;
  readonly year: string;
  readonly time: string;
}

type WhenRead = { readonly at: Instant } | { readonly error: FieldError };

const wrong = (field: string, key: FieldError['key']): WhenRead => ({ error: { field, key } });

const missing = ({ day, month, year }: WhenTyped): FieldError | null => {
  if (day === '' && month === '' && year === '') return { field: 'at-day', key: 'mailing.when.day.empty' };
  if (day === '') return { field: 'at-day', key: 'mailing.when.day.missing' };
  if (month === '') return { field: 'at-month', key: 'mailing.when.month.missing' };
  if (year === '') return { field: 'at-year', key: 'mailing.when.year.missing' };
  return null;
};

/** Reads a moment that is still to come, by the clock in London. */
export const readWhen = (typed: WhenTyped, now: Instant): WhenRead => {
  const error = missing(typed);
  if (error) return { error };
  const day = readDay(typed);
  if (day === null) return wrong('at-day', 'mailing.when.day.wrong');
  if (typed.time === '') return wrong('time', 'mailing.when.time.empty');
  const minutes = readTime(typed.time);
  if (minutes === null) return wrong('time', 'mailing.when.time.wrong');
  const at = momentInLondon(day, minutes);
  if (at === null) return wrong('time', 'mailing.when.time.skipped');
  if (at <= now) return wrong('at-day', 'mailing.when.past');
  if (day > addDays(now.slice(0, 'yyyy-mm-dd'.length), MOST_DAYS_AHEAD))
    return wrong('at-day', 'mailing.when.far');
  return { at };
};
