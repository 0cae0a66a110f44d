import { describe, expect, test } from 'vitest';
import { formatDate, formatDateTime, isoDate } from '#web/render/dates.ts';
import { english, translator } from '#web/render/translate.ts';
import { readClock } from '#web/staff/clock.ts';

const t = translator(english);

describe('dates, as it is in London', () => {
  test.each([
    ['2027-05-12', '12 May 2027'],
    ['2027-05-11T23:30:00.000Z', '12 May 2027'],
    ['2026-11-30T23:30:00.000Z', '30 November 2026'],
    ['2028-02-29', '29 February 2028'],
    ['2027-01-01', '1 January 2027'],
  ])('%s is %s', (date, words) => {
    expect(formatDate(t, date)).toBe(words);
  });

  test.each([
    ['2027-05-12T08:30:00.000Z', 'Wednesday 12 May at 9:30am'],
    ['2026-11-26T09:00:00.000Z', 'Thursday 26 November at 9am'],
    ['2026-11-26T00:00:00.000Z', 'Thursday 26 November at midnight'],
    ['2026-11-26T00:05:00.000Z', 'Thursday 26 November at 12:05am'],
    ['2026-11-26T12:00:00.000Z', 'Thursday 26 November at midday'],
    ['2026-11-26T12:01:00.000Z', 'Thursday 26 November at 12:01pm'],
    ['2026-11-26T13:00:00.000Z', 'Thursday 26 November at 1pm'],
    ['2026-11-26T10:00:59.999Z', 'Thursday 26 November at 10am'],
    ['2026-11-26T23:59:59.000Z', 'Thursday 26 November at 11:59pm'],
    ['2027-03-28T00:59:00.000Z', 'Sunday 28 March at 12:59am'],
    ['2027-03-28T01:00:00.000Z', 'Sunday 28 March at 2am'],
    ['2027-10-31T00:30:00.000Z', 'Sunday 31 October at 1:30am'],
    ['2027-10-31T01:30:00.000Z', 'Sunday 31 October at 1:30am'],
    ['2027-06-30T23:00:00.000Z', 'Thursday 1 July at midnight'],
  ])('%s is %s', (at, words) => {
    expect(formatDateTime(t, at)).toBe(words);
  });

  test('are written for machines too', () => {
    expect(isoDate('2027-05-11T23:30:00.000Z')).toBe('2027-05-12');
    expect(isoDate('2027-05-12')).toBe('2027-05-12');
  });
});

describe('the 72-hour clock', () => {
  const DUE = { answerBy: '2026-11-26T09:30:00.000Z' };

  test.each([
    ['2026-11-23T09:30:00.000Z', 'running', 72],
    ['2026-11-25T09:30:00.000Z', 'running', 24],
    ['2026-11-25T09:30:00.001Z', 'soon', 23],
    ['2026-11-26T08:45:00.000Z', 'soon', 0],
    ['2026-11-26T09:30:00.000Z', 'soon', 0],
    ['2026-11-26T09:30:00.001Z', 'overdue', 1],
    ['2026-11-26T11:29:00.000Z', 'overdue', 1],
    ['2026-11-26T11:30:00.000Z', 'overdue', 2],
  ])('at %s is %s, %d hours', (now, state, hours) => {
    expect(readClock(DUE, now)).toEqual({ state, hours });
  });
});
