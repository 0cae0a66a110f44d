import { auditExport } from '#build/templates/audit/export.njk.js';
import { auditTrail } from '#build/templates/audit/trail.njk.js';
import type { AuditEntry, AuditTrail } from '#domain/audit/audit.ts';
import { auditCsvHead, auditCsvRow } from '#domain/audit/audit-csv.ts';
import type { AuditSeals } from '#domain/audit/seals.ts';
import {
  type SearchLimits,
  searchTrail,
  type TrailCursor,
  type TrailFound,
} from '#domain/audit/search-trail.ts';
import { type LocalDate, londonDate } from '#domain/shared/clock.ts';
import type { FormModel } from '../forms/form.ts';
import { type Reply, showPage } from '../http/reply.ts';
import { page, type Route, type Visit } from '../http/route.ts';
import { paths, patterns, withQuery } from '../paths.ts';
import { view } from '../render/render.ts';
import { describeEntry, type EntryShown } from './describe-entry.ts';
import {
  clampDays,
  type FilterRead,
  filterFields,
  readCursor,
  readFilter,
  writeCursor,
  writeDay,
} from './read-filter.ts';

export interface AuditPagePorts {
  readonly audit: AuditTrail;
  readonly seals: Pick<AuditSeals, 'firstDay'>;
}

interface DayShown {
  readonly day: LocalDate;
  readonly entries: readonly EntryShown[];
}

const trailView = view<
  FormModel & {
    days: readonly DayShown[];
    found: number;
    example: string;
    /** Where a search goes on that has found enough, or read enough. */
    next: string | null;
    isFull: boolean;
    reached: LocalDate | null;
    newest: string | null;
    exported: string;
  }
>(auditTrail);

const exportView = view<{
  count: number;
  read: number;
  first: AuditEntry | null;
  last: AuditEntry | null;
  reached: LocalDate | null;
  file: string;
  next: string | null;
  back: string;
}>(auditExport);

const PAGE_SIZE = 25;

/** What one page may read on the way: about as much as answers within a second. */
const PAGE_COST = { read: 2_000, days: 60 };

/**
 * API Gateway answers with 6 MB at most, and Lambda's answer is JSON, in which a quotation mark takes two bytes. What
 * is read is bounded, too, so that a part is made well within the function's ten seconds.
 */
const PART = { bytes: 4_000_000, read: 10_000, days: 400 };

const atMost = (most: number): SearchLimits['takes'] => {
  let taken = 0;
  return () => {
    taken += 1;
    return taken <= most;
  };
};

const uptoBytes = (most: number): SearchLimits['takes'] => {
  let bytes = 0;
  return (entry) => {
    bytes += Buffer.byteLength(JSON.stringify(auditCsvRow(entry)));
    return bytes <= most;
  };
};

/** The address of one of these pages with the same filter, from another entry on. */
const addressOf = (path: string, { typed }: FormModel, after: TrailCursor | null): string =>
  withQuery(path, {
    ...Object.fromEntries(filterFields.map((name) => [name, typed[name]])),
    after: after && writeCursor(after),
  });

const groupByDay = (entries: readonly AuditEntry[]): DayShown[] =>
  [...Map.groupBy(entries, ({ at }) => londonDate(at))].map(([day, ofDay]) => ({
    day,
    entries: ofDay.map(describeEntry),
  }));

/** What is asked for, and where it goes on, in days of which there can be entries. */
const readSearch = async (
  { seals }: AuditPagePorts,
  { query, now }: Visit,
): Promise<FilterRead & { readonly after: TrailCursor | null }> => {
  const read = readFilter(query, now);
  const days = { first: await seals.firstDay(), today: londonDate(now) };
  const filter = clampDays(read.filter, days);
  return { ...read, filter, after: readCursor(query.get('after'), filter.to) };
};

const showTrail =
  (ports: AuditPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const { now } = visit;
    const { after, ...read } = await readSearch(ports, visit);
    const isWrong = read.errors.length > 0;
    const limits = { ...PAGE_COST, takes: atMost(PAGE_SIZE) };
    const { entries, next }: TrailFound = isWrong
      ? { entries: [], next: null }
      : await searchTrail(ports)(read.filter, after, limits);
    const model = {
      typed: read.typed,
      errors: read.errors,
      days: groupByDay(entries),
      found: entries.length,
      example: writeDay(londonDate(now)),
      next: next && addressOf(paths.audit, read, next),
      isFull: entries.length === PAGE_SIZE,
      reached: next?.day ?? null,
      newest: after && addressOf(paths.audit, read, null),
      exported: addressOf(paths.auditExport, read, null),
    };
    return showPage(trailView, model, isWrong ? 400 : 200);
  };

/** A part starts at a moment, so that the file is the part that its page has told of. */
const partOf = async (ports: AuditPagePorts, visit: Visit) => {
  const { now } = visit;
  const { after, ...read } = await readSearch(ports, visit);
  const { to } = read.filter;
  const start = after ?? { day: to, key: to >= londonDate(now) ? now : null };
  const limits = { ...PART, takes: uptoBytes(PART.bytes) };
  return { read, start, ...(await searchTrail(ports)(read.filter, start, limits)) };
};

const showExport =
  (ports: AuditPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const { read, start, entries, next } = await partOf(ports, visit);
    return showPage(exportView, {
      count: entries.length,
      read: PART.read,
      first: entries[0] ?? null,
      last: entries.at(-1) ?? null,
      reached: next?.day ?? null,
      file: addressOf(paths.auditFile, read, start),
      next: next && addressOf(paths.auditExport, read, next),
      back: addressOf(paths.audit, read, null),
    });
  };

/** So that spreadsheets know the file for UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';

const sendFile =
  (ports: AuditPagePorts) =>
  async (visit: Visit): Promise<Reply> => {
    const { start, entries } = await partOf(ports, visit);
    const body = BYTE_ORDER_MARK + auditCsvHead() + entries.map(auditCsvRow).join('');
    return { kind: 'file', name: `audit-trail-${start.day}.csv`, type: 'text/csv; charset=utf-8', body };
  };

/** What was done, for those who look after it. */
export const auditRoutes = (ports: AuditPagePorts): readonly Route[] => [
  page(patterns.audit, { may: 'read the audit trail', answer: showTrail(ports) }),
  page(patterns.auditExport, { may: 'read the audit trail', answer: showExport(ports) }),
  page(patterns.auditFile, { may: 'read the audit trail', answer: sendFile(ports) }),
];
