import type { Period, Plan } from './calendar.ts';
import { yearOf } from './calendar.ts';
import { type Dated, type Recogniser, type Time, unclear, type Yearless } from './time.ts';
import { type Found, isKey, skip, type Tokens } from './tokens.ts';

const JOINERS = ['-', 'to', 'until', 'till', 'til', 'through', 'thru', '/', 'or', '→'];

/** The first time of a span, as late as it can be before the span ends. */
const firstBefore = (first: Yearless, last: Period): Period | null => {
  const year = yearOf(last.last);
  const candidates = [first.inYear(year), first.inYear(year - 1)];
  return candidates.find((period) => period !== null && period.first <= last.last) ?? null;
};

const isPlainYear = ({ period, named }: Dated): boolean =>
  period.precision === 'year' && named?.basis === 'calendar';

const joinDated = (first: Dated, last: Dated): Time => {
  if (first.period.first > last.period.last) return unclear('turned-around');
  // "2010 to 2012" may end with the financial year.
  if (isPlainYear(first) && isPlainYear(last)) return unclear('two-readings');
  return { ...last, period: { ...last.period, first: first.period.first }, span: true };
};

const joinYearless = (first: Dated | Yearless, last: Yearless): Time => {
  if (first.kind === 'yearless' && first.basis !== last.basis) return unclear('two-readings');
  const beginningOf = (end: Period): Period | null => {
    if (first.kind === 'yearless') return firstBefore(first, end);
    return first.period.first <= end.last ? first.period : null;
  };
  return {
    ...last,
    span: true,
    inYear: (year) => {
      const end = last.inYear(year);
      const beginning = end && beginningOf(end);
      return beginning && { ...end, first: beginning.first };
    },
  };
};

/** From one time to another: due when the second is over. */
const join = (first: Time, last: Time, joiner: string): Time => {
  if (first.kind === 'unclear') return first;
  if (last.kind === 'unclear') return last;
  if (joiner === 'or') return unclear('two-readings');
  // A slash between times that are complete parts two dates as well as it joins them.
  if (joiner === '/' && first.kind === 'dated') return unclear('two-readings');
  if (last.kind === 'yearless') return joinYearless(first, last);
  if (first.kind === 'dated') return joinDated(first, last);
  const beginning = firstBefore(first, last.period);
  return beginning
    ? { ...last, period: { ...last.period, first: beginning.first }, span: true }
    : unclear('impossible-day');
};

const joinerAt = (tokens: Tokens, at: number, between: boolean): number | null => {
  if (isKey(tokens, at, '-') && isKey(tokens, at + 1, '>')) return at + 2;
  if (between && isKey(tokens, at, 'and', '&')) return at + 1;
  if (isKey(tokens, at, 'up') && isKey(tokens, at + 1, 'to')) return at + 2;
  return isKey(tokens, at, ...JOINERS) ? at + 1 : null;
};

/** What a first time and the one behind it are together; null when no second one is joined to it. */
const readOn = (
  first: Found<Time>,
  between: boolean,
  readTime: Recogniser,
  tokens: Tokens,
  plan: Plan,
): Found<Time> | null => {
  const joiner = joinerAt(tokens, first.next, between);
  const last = joiner === null ? null : readTime(tokens, skip(tokens, joiner, ['the', 'by']), plan);
  return last && { value: join(first.value, last.value, tokens[first.next]?.key ?? ''), next: last.next };
};

/** "Mar - Aug 2010", "March/April 2011", "between June and September 2010", or one time alone. */
export const withSpan =
  (readTime: Recogniser): Recogniser =>
  (tokens, at, plan) => {
    const between = isKey(tokens, at, 'between');
    const first = readTime(tokens, between ? skip(tokens, at + 1, ['the'], 1) : at, plan);
    const span = first && readOn(first, between, readTime, tokens, plan);
    if (!span) return between ? null : first;
    // "Jan/Feb/Mar 2011": three months are strung together.
    const strung = span.value.kind === 'yearless' && isKey(tokens, span.next, '/');
    return (strung ? readOn(span, false, readTime, tokens, plan) : null) ?? span;
  };
