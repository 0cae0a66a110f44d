import { isLongerThan, type Period, type Plan, recurrencesWithin } from './calendar.ts';
import type { Clause } from './clauses.ts';
import { type Entry, entriesOf, type Target } from './entries.ts';
import type { Item } from './items.ts';
import { findCondition, findLink } from './keywords.ts';
import { labelOf, type Stretch, stretchesOf } from './labels.ts';
import type { TimescaleQuestion, Why } from './question.ts';
import { withinPlan, type YearsFound } from './resolve.ts';
import type { Milestone, Recurrence } from './timescale.ts';
import { tokenise } from './tokens.ts';

/** What the parts of a clause have to know of the whole. */
export interface Whole {
  readonly text: string;
  readonly plan: Plan;
  readonly years: YearsFound;
  readonly recurring: Recurrence | null;
}

/** What a clause says. */
export interface Reading {
  readonly milestones: readonly Milestone[];
  readonly questions: readonly TimescaleQuestion[];
}

const questionOf = (text: string, { start, end }: Stretch, why: Why): TimescaleQuestion => ({
  text: text.slice(start, end).trim(),
  why,
});

/** Words that hold nothing but numbers, links or signs are no name for anything. */
const isName = (label: string): boolean => {
  const tokens = tokenise(label);
  for (let at = 0; at < tokens.length; ) {
    const link = findLink(tokens, at);
    if (!link && tokens[at]?.kind === 'word') return true;
    at = link?.next ?? at + 1;
  }
  return false;
};

/** Longer than every phrase that a condition begins with. */
const LONGEST_BEGINNING = 60;

/** A clause that names no time. */
const readWords = ({ items }: Clause, text: string): Reading => {
  const words = items.filter(({ kind }) => kind === 'words' || kind === 'marker');
  const inner = words.find(({ kind }) => kind === 'words');
  const [first, last] = [words[0], words.at(-1)];
  if (!first || !last) return { milestones: [], questions: [] };
  const beginning = inner ? text.slice(inner.start, inner.start + LONGEST_BEGINNING) : '';
  const why = findCondition(tokenise(beginning), 0) ? 'depends' : 'unknown-word';
  return { milestones: [], questions: [questionOf(text, { start: first.start, end: last.end }, why)] };
};

/** The stretch of time in which recurring work comes back; null when the date beside it stands for itself. */
const windowOf = (
  target: Target,
  period: Period,
  every: Recurrence,
  plan: Plan,
): Pick<Period, 'first' | 'last'> | null => {
  if (target.kind !== 'time' || target.time.kind === 'unclear') return null;
  if (target.time.span || isLongerThan(period, every)) return period;
  if (target.lead === 'until') return { first: plan.from, last: period.last };
  const begins = target.lead === 'from' && every !== 'annually';
  return begins ? { first: period.first, last: plan.to } : null;
};

/** All periods for which a target stands; none when it is not known which. `every`: how often, where it says so itself. */
const periodsOf = (target: Target, every: Recurrence | null, whole: Whole): readonly Period[] => {
  const { plan, recurring, years } = whole;
  if (target.kind === 'recurring')
    return recurrencesWithin(target.every, plan, { first: plan.from, last: plan.to });
  const { time } = target;
  if (time.kind === 'unclear') return [];
  if (time.kind === 'yearless' && recurring === 'annually' && !isLent(target, whole))
    return withinPlan(time, plan);
  const period = time.kind === 'dated' ? time.period : years.get(target);
  if (!period) return [];
  const window = every && windowOf(target, period, every, plan);
  const repeated = window ? recurrencesWithin(every, plan, window) : [];
  return repeated.length > 0 ? repeated : [period];
};

/** Whether a year outside the plan was found beside it: then it is not every year of the plan. */
const isLent = (target: Item, { years, plan }: Whole): boolean => {
  const period = years.get(target);
  return period !== undefined && (period.last < plan.from || period.last > plan.to);
};

const whyOf = (target: Target): Why =>
  target.kind === 'time' && target.time.kind === 'unclear' ? target.time.why : 'no-year';

/** A question takes its words with it, so that a person sees what it is about. */
const askAbout = ({ target, words, items }: Entry, text: string): readonly TimescaleQuestion[] => {
  const all = new Set<Item>([...words, target]);
  const stretches = stretchesOf(items, all);
  return stretches.map((stretch) => questionOf(text, stretch, whyOf(target)));
};

const readEntry = (entry: Entry, every: Recurrence | null, whole: Whole): Reading => {
  const { text } = whole;
  const periods = periodsOf(entry.target, every, whole);
  if (periods.length === 0) return { milestones: [], questions: askAbout(entry, text) };
  const stretches = entry.words.size === 0 ? [] : stretchesOf(entry.items, entry.words);
  const words = labelOf(text, stretches);
  const isMarked = [...entry.words].some(({ kind }) => kind === 'marker');
  const named = words !== null && (isMarked || isName(words));
  const label = named ? words : null;
  return {
    milestones: periods.map(({ last, precision }) => ({ due: last, precision, label })),
    questions: named ? [] : stretches.map((stretch) => questionOf(text, stretch, 'unknown-word')),
  };
};

/** How often the only time of a clause comes back. */
const rhythmOf = ({ items }: Clause): Recurrence | null => {
  const recurring = items.find((item) => item.kind === 'recurring');
  const alone = items.filter(({ kind }) => kind === 'time').length === 1;
  return recurring?.kind === 'recurring' && alone ? recurring.every : null;
};

/** Reads what belongs together. */
export const readClause = (clause: Clause, whole: Whole): Reading => {
  const entries = entriesOf(clause);
  if (entries.length === 0) return readWords(clause, whole.text);
  const every = rhythmOf(clause);
  const readings = entries.map((entry) => readEntry(entry, every, whole));
  return {
    milestones: readings.flatMap(({ milestones }) => milestones),
    questions: readings.flatMap(({ questions }) => questions),
  };
};
