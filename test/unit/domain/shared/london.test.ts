import { expect, test } from 'vitest';
import { londonClock } from '#domain/shared/london.ts';

const formatter = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/London',
  dateStyle: 'short',
  timeStyle: 'medium',
});
const byTimeZoneData = (at: string) => `${formatter.format(new Date(at)).replace(' ', 'T')}.000Z`;

const everyHours = (hours: number, from: number, to: number) => {
  const moments: string[] = [];
  for (let at = from; at < to; at += hours * 3_600_000) moments.push(new Date(at).toISOString());
  return moments;
};

test('the clock in London is that of the time zone data, every 11 hours from 1996 to 2050', () => {
  const moments = everyHours(11, Date.UTC(1996, 0), Date.UTC(2050, 0));
  expect(moments.filter((at) => londonClock(at).toISOString() !== byTimeZoneData(at))).toEqual([]);
});

test('also in every half hour around the changes', () => {
  const moments = Array.from({ length: 105 }, (_, index) => 1996 + index).flatMap((year) => [
    ...everyHours(0.5, Date.UTC(year, 2, 24), Date.UTC(year, 3, 1)),
    ...everyHours(0.5, Date.UTC(year, 9, 24), Date.UTC(year, 10, 1)),
  ]);
  expect(moments.filter((at) => londonClock(at).toISOString() !== byTimeZoneData(at))).toEqual([]);
});

test('before that, other rules held: summer time all the year, double summer time, an earlier end', () => {
  for (const at of ['1970-01-15T12:00:00.000Z', '1943-07-01T12:00:00.000Z', '1995-10-23T00:30:00.000Z'])
    expect(londonClock(at).toISOString()).toBe(byTimeZoneData(at));
});
