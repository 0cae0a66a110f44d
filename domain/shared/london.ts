const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MARCH = 2;
const OCTOBER = 9;

/** From this year on, summer time ends on the last Sunday of October. */
const FIRST_YEAR_OF_THE_RULE = 1996;

/** 01:00 UTC on the last Sunday of a month, in milliseconds since 1970. */
const lastSundayOf = (month: number, year: number): number => {
  const lastDay = Date.UTC(year, month + 1, 0, 1);
  return lastDay - new Date(lastDay).getUTCDay() * DAY;
};

/** Summer Time Act 1972, section 1, as amended by the Summer Time Order 2002 (SI 2002/262). */
const isSummerTime = (at: number, year: number): boolean =>
  at >= lastSundayOf(MARCH, year) && at < lastSundayOf(OCTOBER, year);

/**
 * The clock on the wall in London, as a date whose UTC fields are what it shows. Today's rule is in the code, and a
 * test holds it against Node's time zone data: asking those for the first time is 25 ms of a cold start. They
 * answer for the years that had other rules.
 */
export const londonClock = (at: string): Date => {
  const moment = new Date(at);
  const time = moment.getTime();
  const year = moment.getUTCFullYear();
  if (year < FIRST_YEAR_OF_THE_RULE) return askTimeZoneData(moment);
  return isSummerTime(time, year) ? new Date(time + HOUR) : moment;
};

const askTimeZoneData = (moment: Date): Date => {
  const shown = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/London',
    timeZoneName: 'longOffset',
  })
    .formatToParts(moment)
    .find(({ type }) => type === 'timeZoneName');
  const hours = Number(/GMT\+0(\d):00/.exec(shown?.value ?? '')?.[1] ?? 0);
  return new Date(moment.getTime() + hours * HOUR);
};

/**
 * The moment at which the clock on the wall in London shows so many minutes after midnight of a day. Null when it never
 * does, because it is put forward over that; the first of two when it does so twice, because it is put back.
 */
export const momentInLondon = (day: string, minutes: number): string | null => {
  const shown = Date.parse(day) + minutes * MINUTE;
  const at = [shown - HOUR, shown].find(
    (moment) => londonClock(new Date(moment).toISOString()).getTime() === shown,
  );
  return at === undefined ? null : new Date(at).toISOString();
};
