import { calendarYear, financialYear, monthsFrom, type Period, type Plan, planYears } from './calendar.ts';
import { phrases } from './phrases.ts';
import { planYearAt } from './plan-years.ts';
import { dated, type Recogniser, type Time, unclear } from './time.ts';
import { type Found, isKey, numberAt, skip, type Tokens } from './tokens.ts';
import { financialYearAt, readNamedYear, yearAt } from './years.ts';

const findOrdinal = phrases({
  1: ['first', '1st', 'one'],
  2: ['second', '2nd', 'two'],
  3: ['third', '3rd', 'three'],
  4: ['fourth', '4th', 'four', 'final', 'last'],
});

const findPart = phrases({ quarter: ['quarter', 'qtr', 'qtr.', 'q', 'qu', 'quater'], half: ['half', 'h'] });

const PARTS = { quarter: 4, half: 2 } as const;
type Kind = keyof typeof PARTS;

/** Some part of a year, not yet of which. */
interface Part {
  readonly kind: Kind;
  readonly number: number;
  readonly next: number;
  /** "Q3" counts in financial years; "the third quarter" in whichever year is named. */
  readonly coded: boolean;
  readonly turned: boolean;
}

/** The end of "Q1-Q2", "Q1/2", "Q1 to Q2". */
const lastOfParts = (tokens: Tokens, at: number, kind: Kind, first: number): Found<number> => {
  if (!isKey(tokens, at, '-', '/', 'to')) return { value: first, next: at };
  const part = findPart(tokens, at + 1);
  const digits = part?.value === kind ? part.next : at + 1;
  const last = numberAt(tokens, digits, 1);
  const counted = part?.value === kind || isKey(tokens, at, '-', '/');
  return last === null || !counted ? { value: first, next: at } : { value: last, next: digits + 1 };
};

/** "3Q" */
const reversedPart = (tokens: Tokens, at: number): Part | null => {
  const number = numberAt(tokens, at, 1);
  if (number === null || !isKey(tokens, at + 1, 'q', 'h') || !tokens[at + 1]?.glued) return null;
  const kind = isKey(tokens, at + 1, 'q') ? 'quarter' : 'half';
  return { kind, number, next: at + 2, coded: true, turned: false };
};

const codedPart = (tokens: Tokens, at: number): Part | null => {
  const part = findPart(tokens, at);
  const first = part && numberAt(tokens, part.next, 1);
  if (!part || first === null) return null;
  const last = lastOfParts(tokens, part.next + 1, part.value, first);
  return {
    kind: part.value,
    number: last.value,
    next: last.next,
    coded: true,
    turned: last.value < first,
  };
};

const spokenPart = (tokens: Tokens, at: number): Part | null => {
  const ordinal = findOrdinal(tokens, skip(tokens, at, ['the'], 1));
  const part = ordinal && findPart(tokens, ordinal.next);
  if (!ordinal || !part) return null;
  const number = Number(ordinal.value);
  const isLast = isKey(tokens, ordinal.next - 1, 'last', 'final');
  return {
    kind: part.value,
    number: isLast ? PARTS[part.value] : number,
    next: part.next,
    coded: false,
    turned: false,
  };
};

const partOf = (year: Period, { kind, number }: Part): Period => {
  const months = 12 / PARTS[kind];
  const start = Number(year.first.slice(0, 4));
  const month = Number(year.first.slice(5, 7)) + (number - 1) * months;
  return monthsFrom(start, month, months, kind);
};

/** Quarters of the plan's own years are those of the financial year when it begins with one. */
const ofPlanYear = (part: Part, year: number, plan: Plan): Time =>
  plan.from.endsWith('-04-01') ? dated(partOf(planYears(plan, year, year), part)) : unclear('two-readings');

const ofYear = (part: Part, year: number): Time =>
  part.coded ? unclear('two-readings') : dated(partOf(calendarYear(year), part), { basis: 'calendar', year });

const ofFinancialYear = (part: Part, start: number): Time =>
  dated(partOf(financialYear(start), part), { basis: 'financial', year: start });

const BETWEEN = ['of', ',', '-', '/', 'in', 'the', '('];

/** The year behind a part, and what the two are together. */
const withYearBehind = (part: Part, tokens: Tokens, plan: Plan): Found<Time> | null => {
  const at = skip(tokens, part.next, BETWEEN);
  const financial = financialYearAt(tokens, at, plan);
  if (financial) return { value: ofFinancialYear(part, financial.value), next: financial.next };
  const own = planYearAt(tokens, at);
  if (own) return { value: ofPlanYear(part, own.value, plan), next: own.next };
  const named = readNamedYear(tokens, at, plan);
  if (named?.value.kind === 'unclear') return named;
  if (named) return { value: everyYear(part), next: named.next };
  const year = yearAt(tokens, at, plan);
  return year && { value: ofYear(part, year.value), next: year.next };
};

const everyYear = (part: Part): Time => ({
  kind: 'yearless',
  basis: 'financial',
  inYear: (year) => partOf(financialYear(year), part),
});

const partAt = (tokens: Tokens, at: number): Part | null =>
  codedPart(tokens, at) ?? reversedPart(tokens, at) ?? spokenPart(tokens, at);

/** "Q3 2010/11", "Q1-Q2 2010/11", "the first half of 2010", "Q3", "Quarter 2 of year 1". */
export const readPartOfYear: Recogniser = (tokens, at, plan) => {
  const part = partAt(tokens, at);
  if (!part) return null;
  const found = withYearBehind(part, tokens, plan) ?? { value: everyYear(part), next: part.next };
  if (part.number < 1 || part.number > PARTS[part.kind])
    return { value: unclear('impossible-day'), next: found.next };
  return part.turned ? { value: unclear('turned-around'), next: found.next } : found;
};

/** "2010/11 Q3", "Year 1 Q2". */
export const readPartBehindYear: Recogniser = (tokens, at, plan) => {
  const financial = financialYearAt(tokens, at, plan);
  const own = financial ? null : planYearAt(tokens, at);
  const year = financial ?? own ?? yearAt(tokens, at, plan);
  if (!year) return null;
  const part = codedPart(tokens, skip(tokens, year.next, [',', '-', ':', '('], 1));
  if (!part) return null;
  if (part.number < 1 || part.number > PARTS[part.kind])
    return { value: unclear('impossible-day'), next: part.next };
  const value = financial
    ? ofFinancialYear(part, financial.value)
    : own
      ? ofPlanYear(part, own.value, plan)
      : ofYear(part, year.value);
  return { value: part.turned ? unclear('turned-around') : value, next: part.next };
};
