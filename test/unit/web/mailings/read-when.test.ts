import { describe, expect, test } from 'vitest';
import { londonClock, momentInLondon } from '#domain/shared/london.ts';
import { readWhen } from '#web/mailings/read-when.ts';

const NOW = '2026-11-23T09:30:00.000Z';
const read = (day: string, month: string, year: string, time: string) => {
  const outcome = readWhen({ day, month, year, time }, NOW);
  return 'at' in outcome ? outcome.at : `${outcome.error.field} ${outcome.error.key}`;
};

describe('a day and a time', () => {
  test.each([
    ['27', '11', '2026', '9:30am', '2026-11-27T09:30:00.000Z'],
    ['27', 'Nov', '26', '9.30 a.m.', '2026-11-27T09:30:00.000Z'],
    ['7', 'december', '2026', '2pm', '2026-12-07T14:00:00.000Z'],
    ['07', '12', '2026', '14:00', '2026-12-07T14:00:00.000Z'],
    ['7', '12', '2026', '1400', '2026-12-07T14:00:00.000Z'],
    ['7', '12', '2026', 'Midday', '2026-12-07T12:00:00.000Z'],
    ['7', '12', '2026', 'noon', '2026-12-07T12:00:00.000Z'],
    ['7', '12', '2026', 'midnight', '2026-12-07T00:00:00.000Z'],
    ['7', '12', '2026', '12:15 am', '2026-12-07T00:15:00.000Z'],
    ['7', '12', '2026', '12:15 PM', '2026-12-07T12:15:00.000Z'],
    ['7', 'Sept', '2027', '9:00', '2027-09-07T08:00:00.000Z'],
    ['23', '11', '2026', '9:31', '2026-11-23T09:31:00.000Z'],
  ])('%s %s %s %s is %s', (day, month, year, time, at) => {
    expect(read(day, month, year, time)).toBe(at);
  });

  test.each([
    ['', '', '', '', 'at-day mailing.when.day.empty'],
    ['', '12', '2026', '9am', 'at-day mailing.when.day.missing'],
    ['7', '', '2026', '9am', 'at-month mailing.when.month.missing'],
    ['7', '12', '', '9am', 'at-year mailing.when.year.missing'],
    ['31', '11', '2026', '9am', 'at-day mailing.when.day.wrong'],
    ['29', '2', '2027', '9am', 'at-day mailing.when.day.wrong'],
    ['7', '13', '2026', '9am', 'at-day mailing.when.day.wrong'],
    ['7', 'Smarch', '2026', '9am', 'at-day mailing.when.day.wrong'],
    ['7', 'ma', '2026', '9am', 'at-day mailing.when.day.wrong'],
    ['7th', '12', '2026', '9am', 'at-day mailing.when.day.wrong'],
    ['7', '12', '202', '9am', 'at-day mailing.when.day.wrong'],
    ['7', '12', '2026', '', 'time mailing.when.time.empty'],
    ['7', '12', '2026', '9', 'time mailing.when.time.wrong'],
    ['7', '12', '2026', '24:00', 'time mailing.when.time.wrong'],
    ['7', '12', '2026', '9:60', 'time mailing.when.time.wrong'],
    ['7', '12', '2026', '13pm', 'time mailing.when.time.wrong'],
    ['7', '12', '2026', '0am', 'time mailing.when.time.wrong'],
    ['7', '12', '2026', 'constructor', 'time mailing.when.time.wrong'],
    ['28', '3', '2027', '1:30', 'time mailing.when.time.skipped'],
    ['23', '11', '2026', '9:30', 'at-day mailing.when.past'],
    ['1', '1', '1999', '9am', 'at-day mailing.when.past'],
    ['1', '1', '2028', '9am', 'at-day mailing.when.far'],
    ['1', '1', '2072', '9am', 'at-day mailing.when.far'],
  ])('%s %s %s %s: %s', (day, month, year, time, error) => {
    expect(read(day, month, year, time)).toBe(error);
  });
});

describe('a time in London', () => {
  test.each([
    ['2027-01-15', 0, '2027-01-15T00:00:00.000Z'],
    ['2027-07-15', 0, '2027-07-14T23:00:00.000Z'],
    ['2027-03-28', 59, '2027-03-28T00:59:00.000Z'],
    ['2027-03-28', 60, null],
    ['2027-03-28', 119, null],
    ['2027-03-28', 120, '2027-03-28T01:00:00.000Z'],
    // Twice: the first of them, in summer time.
    ['2027-10-31', 60, '2027-10-31T00:00:00.000Z'],
    ['2027-10-31', 119, '2027-10-31T00:59:00.000Z'],
    ['2027-10-31', 120, '2027-10-31T02:00:00.000Z'],
  ])('%s, %i minutes after midnight, is %s', (day, minutes, at) => {
    expect(momentInLondon(day, minutes)).toBe(at);
  });

  test('is what the clock shows then, through two years', () => {
    for (let hour = 0; hour < 2 * 365 * 24; hour += 1) {
      const at = new Date(Date.UTC(2027, 0, 1) + hour * 3_600_000).toISOString();
      const shown = londonClock(at).toISOString();
      const minutes = Number(shown.slice(11, 13)) * 60 + Number(shown.slice(14, 16));
      const found = momentInLondon(shown.slice(0, 10), minutes) ?? '';
      expect(londonClock(found).toISOString()).toBe(shown);
    }
  });
});
