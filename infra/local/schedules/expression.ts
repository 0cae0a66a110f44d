import { Temporal } from 'temporal-polyfill';
import { type Cron, matchesDay, parseCron } from './cron.ts';

/** When a schedule runs: the first time after an instant, or undefined when there is none. */
export type NextRun = (after: Date) => Date | undefined;

/**
 * Reads an expression of EventBridge Scheduler (`cron(...)`, `rate(...)`, `at(...)`) for a time zone. `anchor` is
 * what a rate counts from. Throws for anything else. As the Scheduler's documentation says of summer time: a time
 * that does not exist is skipped, and a time that exists twice runs once, the first time; a rate counts elapsed time.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function parseExpression(expression: string, timezone: string, anchor = new Date(0)): NextRun {
  checkTimezone(timezone);
  const [, kind, inner = ''] = /^(cron|rate|at)\((.*)\)$/.exec(expression.trim()) ?? [];
  switch (kind) {
    case 'cron':
      return nextCron(parseCron(inner), timezone);
    case 'rate':
      return nextRate(parseRate(inner), anchor.getTime());
    case 'at': {
      const at = new Date(instantOf(Temporal.PlainDateTime.from(inner), timezone, 'compatible') ?? 0);
      return (after) => (at > after ? at : undefined);
    }
    default:
      throw new Error(`the laptop does not know the schedule expression ${expression}.`);
  }
}

const unitMs = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

function parseRate(inner: string): number {
  const [, count, unit] = /^(\d+) (minute|hour|day)s?$/.exec(inner.trim()) ?? [];
  const every = Number(count) * (unitMs[unit as keyof typeof unitMs] ?? Number.NaN);
  if (every > 0) return every;
  throw new Error(`the laptop does not know the rate (${inner}).`);
}

function nextRate(every: number, anchor: number): NextRun {
  return (after) => new Date(anchor + (Math.floor((after.getTime() - anchor) / every) + 1) * every);
}

/** Far enough for 29 February on a given weekday, which may be 40 years away. */
const YEARS_AHEAD = 41;

function nextCron(cron: Cron, timezone: string): NextRun {
  return (after) => {
    const start = Temporal.Instant.fromEpochMilliseconds(after.getTime())
      .toZonedDateTimeISO(timezone)
      .toPlainDate();
    const end = start.add({ years: YEARS_AHEAD });
    let day = start;
    while (Temporal.PlainDate.compare(day, end) < 0) {
      const found = matchesDay(cron, day) ? firstOfDay(cron, day, timezone, after) : undefined;
      if (found) return found;
      day = matchesMonth(cron, day) ? day.add({ days: 1 }) : day.with({ day: 1 }).add({ months: 1 });
    }
    return undefined;
  };
}

const matchesMonth = (cron: Cron, day: Temporal.PlainDate): boolean =>
  cron.months.has(day.month) && cron.years.has(day.year);

function firstOfDay(cron: Cron, day: Temporal.PlainDate, timezone: string, after: Date): Date | undefined {
  for (const hour of cron.hours) {
    for (const minute of cron.minutes) {
      const at = instantOf(day.toPlainDateTime({ hour, minute }), timezone, 'skip');
      if (at !== undefined && at > after.getTime()) return new Date(at);
    }
  }
  return undefined;
}

function instantOf(
  local: Temporal.PlainDateTime,
  timezone: string,
  gap: 'skip' | 'compatible',
): number | undefined {
  const disambiguation = gap === 'skip' ? 'earlier' : 'compatible';
  const zoned = local.toZonedDateTime(timezone, { disambiguation });
  if (gap === 'skip' && !zoned.toPlainDateTime().equals(local)) return undefined;
  return zoned.epochMilliseconds;
}

function checkTimezone(timezone: string): void {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timezone);
  } catch {
    throw new Error(`there is no time zone ${timezone}.`);
  }
}
