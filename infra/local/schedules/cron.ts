import type { Temporal } from 'temporal-polyfill';

type DayRule = (day: Temporal.PlainDate) => boolean;

/** A parsed cron expression of AWS: minutes, hours, day of month, month, day of week, year. */
export interface Cron {
  /** In ascending order. */
  minutes: readonly number[];
  hours: readonly number[];
  months: ReadonlySet<number>;
  years: ReadonlySet<number>;
  isDay: DayRule;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

interface Field {
  name: string;
  from: number;
  to: number;
  names: readonly string[];
}

const fields = {
  minute: { name: 'minutes', from: 0, to: 59, names: [] },
  hour: { name: 'hours', from: 0, to: 23, names: [] },
  monthDay: { name: 'day of month', from: 1, to: 31, names: [] },
  month: { name: 'month', from: 1, to: 12, names: MONTHS },
  weekday: { name: 'day of week', from: 1, to: 7, names: WEEKDAYS },
  year: { name: 'year', from: 1970, to: 2199, names: [] },
} satisfies Record<string, Field>;

/** Reads the six fields of `cron(...)`. Throws with the field that is not usable. */
export function parseCron(text: string): Cron {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== 6) throw new Error(`cron(${text}) has ${parts.length} fields instead of six.`);
  const [minute = '', hour = '', monthDay = '', month = '', weekday = '', year = ''] = parts;
  if ((monthDay === '?') === (weekday === '?')) {
    throw new Error(`cron(${text}): exactly one of day of month and day of week is a question mark.`);
  }
  return {
    minutes: parseList(minute, fields.minute),
    hours: parseList(hour, fields.hour),
    months: new Set(parseList(month, fields.month)),
    years: new Set(parseList(year, fields.year)),
    isDay: weekday === '?' ? parseMonthDay(monthDay) : parseWeekday(weekday),
  };
}

export const matchesDay = (cron: Cron, day: Temporal.PlainDate): boolean =>
  cron.years.has(day.year) && cron.months.has(day.month) && cron.isDay(day);

function parseMonthDay(text: string): DayRule {
  if (text === 'L') return (day) => day.day === day.daysInMonth;
  if (text === 'LW') return (day) => day.day === nearestWeekday(day, day.daysInMonth);
  const [, target] = /^(\d{1,2})W$/.exec(text) ?? [];
  if (target) return (day) => day.day === nearestWeekday(day, readValue(target, fields.monthDay));
  const days = new Set(parseList(text, fields.monthDay));
  return (day) => days.has(day.day);
}

function parseWeekday(text: string): DayRule {
  const [, which, nth] = /^(\w{1,3})#([1-5])$/.exec(text) ?? [];
  if (which) {
    const weekday = readValue(which, fields.weekday);
    return (day) => weekdayOf(day) === weekday && Math.ceil(day.day / 7) === Number(nth);
  }
  const [, last] = /^(\w{1,3})L$/.exec(text) ?? [];
  if (last) {
    const weekday = readValue(last, fields.weekday);
    return (day) => weekdayOf(day) === weekday && day.day + 7 > day.daysInMonth;
  }
  const weekdays = new Set(parseList(text === 'L' ? '7' : text, fields.weekday));
  return (day) => weekdays.has(weekdayOf(day));
}

/** AWS counts from Sunday = 1. */
const weekdayOf = (day: Temporal.PlainDate): number => (day.dayOfWeek % 7) + 1;

/** The day from Monday to Friday that is nearest to a day of the month and in the same month. */
function nearestWeekday(month: Temporal.PlainDate, target: number): number {
  if (target > month.daysInMonth) return Number.NaN;
  const { dayOfWeek } = month.with({ day: target });
  if (dayOfWeek === 6) return target === 1 ? 3 : target - 1;
  if (dayOfWeek === 7) return target === month.daysInMonth ? target - 2 : target + 1;
  return target;
}

function parseList(text: string, field: Field): number[] {
  const values = text.split(',').flatMap((part) => parsePart(part, field));
  return [...new Set(values)].sort((a, b) => a - b);
}

function parsePart(part: string, field: Field): number[] {
  const [range = '', step] = part.split('/');
  const every = step === undefined ? 1 : Number(step);
  if (!Number.isInteger(every) || every < 1) throw unusable(part, field);
  const [from, to] = parseRange(range, field, step !== undefined);
  const values: number[] = [];
  for (let value = from; value <= to; value += every) values.push(value);
  if (values.length === 0) throw unusable(part, field);
  return values;
}

function parseRange(range: string, field: Field, stepped: boolean): [number, number] {
  if (range === '*') return [field.from, field.to];
  const [first = '', last, ...more] = range.split('-');
  if (more.length > 0) throw unusable(range, field);
  const from = readValue(first, field);
  if (last !== undefined) return [from, readValue(last, field)];
  return [from, stepped ? field.to : from];
}

function readValue(text: string, field: Field): number {
  const named = field.names.indexOf(text.toUpperCase());
  const value = named >= 0 ? named + field.from : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= field.from && value <= field.to) return value;
  throw unusable(text, field);
}

const unusable = (text: string, field: Field): Error =>
  new Error(`the laptop does not know "${text}" as ${field.name} of a cron expression.`);
