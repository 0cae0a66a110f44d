import { type Instant, type LocalDate, londonDate } from '#domain/shared/clock.ts';
import { londonClock } from '#domain/shared/london.ts';
import type { MessageKey, Translate } from './translate.ts';

const MIDDAY = 12;

// The names of days and months are in the catalogue, since asking Intl for its first date is 25 ms of a cold start.
const nameOfMonth = (t: Translate, day: Date): string => {
  const month = day.getUTCMonth() + 1;
  return t(`date.month.${month}` as MessageKey);
};

const nameOfWeekday = (t: Translate, day: Date): string => {
  const weekday = day.getUTCDay();
  return t(`date.weekday.${weekday}` as MessageKey);
};

/** "12 May 2027", as it is in London. */
export const formatDate = (t: Translate, date: Instant | LocalDate): string => {
  const day = londonClock(date);
  return t('date.day', {
    day: String(day.getUTCDate()),
    month: nameOfMonth(t, day),
    year: String(day.getUTCFullYear()),
  });
};

/** "May 2027", for the month of a day. */
export const formatMonth = (t: Translate, date: LocalDate): string =>
  `${nameOfMonth(t, londonClock(date))} ${date.slice(0, 'yyyy'.length)}`;

/** "May", with the year where it begins: for a scale over many months. */
export const formatShortMonth = (t: Translate, date: LocalDate): string => {
  const name = nameOfMonth(t, londonClock(date)).slice(0, 'Jan'.length);
  return date.slice('yyyy-'.length, 'yyyy-mm'.length) === '01'
    ? `${name} ${date.slice(2, 'yyyy'.length)}`
    : name;
};

/** "9:30am", GOV.UK style: no blank, no "12:00am". */
const formatTime = (t: Translate, shown: Date): string => {
  const [hour, minute] = [shown.getUTCHours(), shown.getUTCMinutes()];
  if (minute === 0 && hour === 0) return t('time.midnight');
  if (minute === 0 && hour === MIDDAY) return t('time.midday');
  const minutes = minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`;
  return t(hour < MIDDAY ? 'time.morning' : 'time.afternoon', {
    clock: `${hour % MIDDAY || MIDDAY}${minutes}`,
  });
};

/** "Wednesday 12 May at 9:30am", as it is in London. */
export const formatDateTime = (t: Translate, at: Instant): string => {
  const shown = londonClock(at);
  return t('date.moment', {
    weekday: nameOfWeekday(t, shown),
    day: String(shown.getUTCDate()),
    month: nameOfMonth(t, shown),
    time: formatTime(t, shown),
  });
};

/** "5pm on Monday 30 November", as it is in London: for what is good until then. */
export const formatTimeAndDay = (t: Translate, at: Instant): string => {
  const shown = londonClock(at);
  return t('date.until', {
    weekday: nameOfWeekday(t, shown),
    day: String(shown.getUTCDate()),
    month: nameOfMonth(t, shown),
    time: formatTime(t, shown),
  });
};

/** "2027-05-12", for the `datetime` attribute. */
export const isoDate = (date: Instant | LocalDate): LocalDate => londonDate(date);
