import { actorKinds } from '#domain/audit/audit.ts';
import type { AuditFilter, TrailCursor } from '#domain/audit/search-trail.ts';
import { type Instant, type LocalDate, londonDate } from '#domain/shared/clock.ts';
import { addDays, isDay } from '#domain/shared/days.ts';
import { oneLine } from '#domain/shared/text.ts';
import type { FieldError, FormModel } from '../forms/form.ts';

/** Days that are searched unless others are asked for. */
const DAYS = 7;

const MAX_LENGTH = 254;

/** What the filter's form asks, by the names of its fields. */
export const filterFields = ['from', 'to', 'who', 'address', 'deed', 'kind', 'record'] as const;

export interface FilterRead extends FormModel {
  readonly filter: AuditFilter;
}

/** `22/11/2026`, as people write days here. */
export const writeDay = (day: LocalDate): string => day.split('-').reverse().join('/');

/** A day as somebody typed it: `22/11/2026`, `22.11.2026`, `22 11 2026`, or as programs write it. */
const readDay = (typed: string): LocalDate | null => {
  const [day = '', month = '', year = ''] = typed.split(/[/. -]+/);
  const iso = isDay(typed) ? typed : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(iso) ? iso : null;
};

const wanted = (text: string): string | null => (text === '' ? null : text);

const typedIn = (query: URLSearchParams): Record<string, string> =>
  Object.fromEntries(filterFields.map((name) => [name, oneLine(query.get(name) ?? '').slice(0, MAX_LENGTH)]));

/** Reads the filter from an address line. Days that cannot be read are errors; the search then uses the usual ones. */
export const readFilter = (query: URLSearchParams, now: Instant): FilterRead => {
  const today = londonDate(now);
  const usual = { from: addDays(today, 1 - DAYS), to: today };
  const typed = typedIn(query);
  const { from = '', to = '', who, address = '', deed = '', kind = '', record = '' } = typed;
  const days = {
    from: from === '' ? usual.from : readDay(from),
    to: to === '' ? usual.to : readDay(to),
  };
  const errors: FieldError[] = [];
  if (!days.from) errors.push({ field: 'from', key: 'audit.from.wrong' });
  if (!days.to) errors.push({ field: 'to', key: 'audit.to.wrong' });
  if (days.from && days.to && days.from > days.to) errors.push({ field: 'to', key: 'audit.to.before' });
  const filter: AuditFilter = {
    from: days.from ?? usual.from,
    to: days.to ?? usual.to,
    actor: actorKinds.find((known) => known === who) ?? null,
    email: wanted(address.toLowerCase()),
    deed: wanted(deed),
    recordKind: wanted(kind),
    recordId: wanted(record),
  };
  if (errors.length > 0) return { typed, errors, filter };
  return { typed: { ...typed, from: writeDay(filter.from), to: writeDay(filter.to) }, errors, filter };
};

/** Without days on which nothing can have been recorded: before the first day of the trail, and after today. */
export const clampDays = (
  filter: AuditFilter,
  { first, today }: { readonly first: LocalDate | null; readonly today: LocalDate },
): AuditFilter => ({
  ...filter,
  from: first !== null && filter.from < first ? first : filter.from,
  to: filter.to > today ? today : filter.to,
});

const CURSOR = /^(?<day>\d{4}-\d{2}-\d{2})(?:\/(?<key>[0-9A-Za-z:.#-]{1,100}))?$/;

/** Where a search up to a day goes on, from an address line: a wrong one is the beginning. */
export const readCursor = (text: string | null, to: LocalDate): TrailCursor | null => {
  const { day, key = null } = CURSOR.exec(text ?? '')?.groups ?? {};
  return day !== undefined && isDay(day) && day <= to ? { day, key } : null;
};

export const writeCursor = ({ day, key }: TrailCursor): string => (key === null ? day : `${day}/${key}`);
