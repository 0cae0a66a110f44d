import { describe, expect, it } from 'vitest';
import { parseExpression } from '#infra/local/schedules/expression.ts';

const london = 'Europe/London';

function runs(expression: string, after: string, count: number, timezone = london): string[] {
  const next = parseExpression(expression, timezone);
  const found: string[] = [];
  let at: Date | undefined = new Date(after);
  while (found.length < count) {
    at = next(at);
    if (!at) break;
    found.push(at.toISOString().slice(0, 16));
  }
  return found;
}

describe('cron', () => {
  it('follows the clock on the wall through both changes of 2027', () => {
    expect(runs('cron(30 7 ? * MON-FRI *)', '2027-03-25T12:00Z', 3)).toEqual([
      '2027-03-26T07:30',
      '2027-03-29T06:30',
      '2027-03-30T06:30',
    ]);
    expect(runs('cron(30 7 * * ? *)', '2027-10-29T12:00Z', 3)).toEqual([
      '2027-10-30T06:30',
      '2027-10-31T07:30',
      '2027-11-01T07:30',
    ]);
  });

  it('skips a time that does not exist', () => {
    expect(runs('cron(30 1 * * ? *)', '2027-03-26T12:00Z', 2)).toEqual([
      '2027-03-27T01:30',
      '2027-03-29T00:30',
    ]);
  });

  it('runs once at a time that exists twice', () => {
    expect(runs('cron(0/30 1-2 * * ? *)', '2027-10-30T22:00Z', 4)).toEqual([
      '2027-10-31T00:00',
      '2027-10-31T00:30',
      '2027-10-31T02:00',
      '2027-10-31T02:30',
    ]);
  });

  it.each([
    ['cron(0 9 29 2 ? *)', ['2028-02-29T09:00', '2032-02-29T09:00']],
    ['cron(0 9 L * ? *)', ['2027-01-31T09:00', '2027-02-28T09:00']],
    ['cron(0 9 LW * ? *)', ['2027-01-29T09:00', '2027-02-26T09:00']],
    ['cron(0 9 1W * ? *)', ['2027-01-01T09:00', '2027-02-01T09:00']],
    ['cron(0 9 ? * 2#1 *)', ['2027-01-04T09:00', '2027-02-01T09:00']],
    ['cron(0 9 ? * FRIL *)', ['2027-01-29T09:00', '2027-02-26T09:00']],
    ['cron(0 9 ? JAN,JUL SUN 2028)', ['2028-01-02T09:00', '2028-01-09T09:00']],
    ['cron(15 10-12/2 4 * ? *)', ['2027-01-04T10:15', '2027-01-04T12:15']],
  ])('reads %s', (expression, expected) => {
    expect(runs(expression, '2026-12-31T12:00Z', 2, 'UTC')).toEqual(expected);
  });

  it('has an end', () => {
    expect(runs('cron(0 9 1 1 ? 2026)', '2026-12-31T12:00Z', 2)).toEqual([]);
  });

  it.each([
    'cron(0 9 * * *)',
    'cron(0 9 * * * *)',
    'cron(0 9 ? * ? *)',
    'cron(60 9 * * ? *)',
    'cron(0 9 ? * FUNDAY *)',
    'cron(5-1 9 * * ? *)',
    'rate(0 minutes)',
    'rate(1 week)',
    'at(soon)',
    'every day',
  ])('refuses %s', (expression) => {
    expect(() => parseExpression(expression, london)).toThrow();
  });

  it('refuses an unknown time zone', () => {
    expect(() => parseExpression('cron(0 9 * * ? *)', 'Europe/Londinium')).toThrow(/Europe\/Londinium/);
  });
});

describe('rate and at', () => {
  it('counts elapsed time, whatever the clock on the wall does', () => {
    expect(runs('rate(1 day)', '2027-03-27T12:00Z', 2)).toEqual(['2027-03-28T00:00', '2027-03-29T00:00']);
    expect(runs('rate(5 minutes)', '2027-03-27T12:01Z', 2)).toEqual(['2027-03-27T12:05', '2027-03-27T12:10']);
  });

  it('runs once at a given time', () => {
    expect(runs('at(2027-07-01T09:00:00)', '2027-03-27T12:00Z', 2)).toEqual(['2027-07-01T08:00']);
  });
});
