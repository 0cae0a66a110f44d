import { type Instant, type LocalDate, londonDate } from '#domain/shared/clock.ts';

const TIME_ZONE = 'Europe/London';
const day = new Intl.DateTimeFormat('en-GB', {
  timeZone: TIME_ZONE,
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const weekday = new Intl.DateTimeFormat('en-GB', {
  timeZone: TIME_ZONE,
  weekday: 'long',
  day: 'numeric',
  month: 'long',
});
const clockTime = new Intl.DateTimeFormat('en-GB', {
  timeZone: TIME_ZONE,
  hour: 'numeric',
  minute: '2-digit',
  hourCycle: 'h12',
});

/** "12 May 2027", as it is in London. */
export const formatDate = (date: Instant | LocalDate): string => day.format(new Date(date));

/** "9:30am", GOV.UK style: no blank, no "12:00am". */
const formatTime = (at: Instant): string => {
  const written = clockTime.format(new Date(at)).replace(/\s/g, '').toLowerCase().replace(':00', '');
  if (written === '12am') return 'midnight';
  return written === '12pm' ? 'midday' : written;
};

/** "Wednesday 12 May at 9:30am", as it is in London. */
export const formatDateTime = (at: Instant): string => `${weekday.format(new Date(at))} at ${formatTime(at)}`;

/** "2027-05-12", for the `datetime` attribute. */
export const isoDate = (date: Instant | LocalDate): LocalDate => londonDate(date);
