import { isLongerThan, type Period, type Plan, recurrencesWithin } from './calendar.ts';
import type { Clause } from './clauses.ts';
import type { Item } from './items.ts';
import { findCondition, findLink } from './keywords.ts';
import { labelOf, type Stretch, stretchesOf, tidyLabel } from './labels.ts';
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

type Target = Extract<Item, { kind: 'time' | 'recurring' }>;

/** Something that is due, with the words that belong to it. */
interface Entry {
  readonly target: Target;
  readonly words: ReadonlySet<Item>;
}

const isTarget = (item: Item): item is Target => item.kind === 'time' || item.kind === 'recurring';

const targetsOf = ({ items }: Clause): readonly Target[] => {
  const targets = items.filter(isTarget);
  const times = targets.filter(({ kind }) => kind === 'time');
  return times.length > 0 ? times : targets.slice(0, 1);
};

/** Words go to the time before them when the clause begins with one, and otherwise to the one behind them. */
const shareWords = ({ items }: Clause, targets: readonly Target[]): readonly Entry[] => {
  const words = items.filter(({ kind }) => kind === 'words');
  const markers = items.filter(({ kind }) => kind === 'marker');
  const shared = targets.map(() => new Set<Item>(markers));
  const before = (words[0]?.start ?? 0) < (targets[0]?.start ?? 0);
  let at = 0;
  for (const word of words) {
    while (at < targets.length && (targets[at]?.start ?? 0) < word.start) at += 1;
    shared[Math.min(Math.max(before ? at : at - 1, 0), targets.length - 1)]?.add(word);
  }
  return targets.map((target, index) => ({ target, words: shared[index] ?? new Set() }));
};

/** Words that hold nothing but numbers, links or signs are no name for anything. */
const isLabel = (label: string): boolean => {
  const tokens = tokenise(label);
  let at = 0;
  while (at < tokens.length) {
    const link = findLink(tokens, at);
    if (!link && tokens[at]?.kind === 'word') return true;
    at = link?.next ?? at + 1;
  }
  return false;
};

const questionOf = (text: string, { start, end }: Stretch, why: Why): TimescaleQuestion => ({
  text: text.slice(start, end).trim(),
  why,
});

const firstWordOf = (text: string): string => text.slice(0, 60);

/** A clause that names no time. */
const readWords = ({ items }: Clause, { text }: Whole): Reading => {
  const words = items.filter(({ kind }) => kind === 'words' || kind === 'marker');
  const first = words[0];
  const last = words.at(-1);
  if (!first || !last) return { milestones: [], questions: [] };
  const inner = words.find(({ kind }) => kind === 'words') ?? first;
  const why = findCondition(tokenise(firstWordOf(text.slice(inner.start, last.end))), 0)
    ? 'depends'
    : 'unknown-word';
  return { milestones: [], questions: [questionOf(text, { start: first.start, end: last.end }, why)] };
};

/** The stretch of time in which recurring work comes back; null when the dates beside it stand for themselves. */
const windowOf = (
  target: Target,
  period: Period,
  every: Recurrence,
  plan: Plan,
): { first: string; last: string } | null => {
  if (target.kind !== 'time' || target.time.kind === 'unclear') return null;
  if (target.lead === 'from' && !target.time.span && every !== 'annually')
    return { first: period.first, last: plan.to };
  if (target.lead === 'until' && !target.time.span) return { first: plan.from, last: period.last };
  return target.time.span || isLongerThan(period, every) ? period : null;
};

/** All periods for which an entry stands; none when it is not known which. */
const periodsOf = (target: Target, clause: Clause, whole: Whole): readonly Period[] => {
  const { plan, recurring } = whole;
  if (target.kind === 'recurring')
    return recurrencesWithin(target.every, plan, { first: plan.from, last: plan.to });
  if (target.time.kind === 'unclear') return [];
  const here = clause.items.find((item) => item.kind === 'recurring');
  if (target.time.kind === 'yearless' && recurring === 'annually') return withinPlan(target.time, plan);
  const period = target.time.kind === 'dated' ? target.time.period : whole.years.get(target);
  if (!period) return [];
  const alone = clause.items.filter((item) => item.kind === 'time').length === 1;
  const window = here?.kind === 'recurring' && alone ? windowOf(target, period, here.every, plan) : null;
  const repeated = window && here?.kind === 'recurring' ? recurrencesWithin(here.every, plan, window) : [];
  return repeated.length > 0 ? repeated : [period];
};

const whyOf = (target: Target): Why =>
  target.kind === 'time' && target.time.kind === 'unclear' ? target.time.why : 'no-year';

/** A question takes its words with it, so that a person sees what it is about. */
const askAbout = (
  { target, words }: Entry,
  { items }: Clause,
  text: string,
): readonly TimescaleQuestion[] => {
  const all = new Set<Item>([...words, target]);
  const stretches = stretchesOf(items, all);
  const first = stretches[0];
  const last = stretches.at(-1);
  if (!first || !last) return [];
  const inOne = { start: first.start, end: last.end };
  const between = items.filter((item) => item.start >= inOne.start && item.end <= inOne.end);
  // What stands between belongs to it, unless that was read.
  const whole = between.every((item) => all.has(item) || item.kind === 'soft' || item.kind === 'break');
  const why = whyOf(target);
  return (whole ? [inOne] : stretches).map((stretch) => questionOf(text, stretch, why));
};

const readEntry = (entry: Entry, clause: Clause, whole: Whole): Reading => {
  const { text } = whole;
  const periods = periodsOf(entry.target, clause, whole);
  if (periods.length === 0) return { milestones: [], questions: askAbout(entry, clause, text) };
  const stretches = stretchesOf(clause.items, entry.words);
  const label = labelOf(text, stretches);
  const isMarked = [...entry.words].some(({ kind }) => kind === 'marker');
  if (label === null || isMarked || isLabel(label))
    return { milestones: periods.map((period) => milestoneOf(period, label)), questions: [] };
  return {
    milestones: periods.map((period) => milestoneOf(period, null)),
    questions: stretches.map((stretch) => questionOf(text, stretch, 'unknown-word')),
  };
};

const milestoneOf = ({ last, precision }: Period, label: string | null): Milestone => ({
  due: last,
  precision,
  label: label === null ? null : tidyLabel(label),
});

/** Reads what belongs together. */
export const readClause = (clause: Clause, whole: Whole): Reading => {
  const targets = targetsOf(clause);
  if (targets.length === 0) return readWords(clause, whole);
  const readings = shareWords(clause, targets).map((entry) => readEntry(entry, clause, whole));
  return {
    milestones: readings.flatMap(({ milestones }) => milestones),
    questions: readings.flatMap(({ questions }) => questions),
  };
};
