import type { LocalDate } from '../../shared/clock.ts';
import { groupClauses } from './clauses.ts';
import { settleDoubts } from './doubts.ts';
import { type Item, readItems } from './items.ts';
import type { TimescaleQuestion } from './question.ts';
import { readClause } from './read-clause.ts';
import { findYears } from './resolve.ts';
import { settleBreaks, settleLinks } from './settle.ts';
import { unclear } from './time.ts';
import { type Milestone, precisions, type Recurrence, type Timescale } from './timescale.ts';
import { tokenise } from './tokens.ts';

/** What was read, and what a person has to say. */
export interface TimescaleReading {
  readonly timescale: Timescale;
  readonly questions: readonly TimescaleQuestion[];
}

const recurrenceOf = (items: readonly Item[]): Recurrence | null => {
  const first = items.find((item) => item.kind === 'recurring');
  return first?.kind === 'recurring' ? first.every : null;
};

/** Nobody plans more than this; each of them has a milestone for every time that it comes back. */
const MOST_RHYTHMS = 20;

const limitRhythms = (items: readonly Item[]): readonly Item[] => {
  let count = 0;
  return items.map((item) => {
    count += Number(item.kind === 'recurring');
    if (item.kind !== 'recurring' || count <= MOST_RHYTHMS) return item;
    return { ...item, kind: 'time', time: unclear('other-rhythm'), lead: null };
  });
};

/** Work comes back in one rhythm: another one is a question. */
const otherRhythms = (text: string, items: readonly Item[]): readonly TimescaleQuestion[] => {
  const every = recurrenceOf(items);
  return items
    .filter((item) => item.kind === 'recurring' && item.every !== every)
    .map(({ start, end }) => ({ text: text.slice(start, end), why: 'two-readings' }));
};

const isFiner = (one: Milestone, other: Milestone): boolean =>
  precisions.indexOf(one.precision) < precisions.indexOf(other.precision);

/** By day; what falls on one day and has one name is one milestone, as exact as it was said: "31 March 2011 (year end)". */
const inOrder = (milestones: readonly Milestone[]): Milestone[] => {
  const once = new Map<string, Milestone>();
  for (const milestone of milestones) {
    const key = `${milestone.due} ${milestone.label ?? ''}`;
    const known = once.get(key);
    if (!known || isFiner(milestone, known)) once.set(key, milestone);
  }
  return [...once.values()].sort((a, b) => (a.due < b.due ? -1 : Number(a.due > b.due)));
};

/**
 * Reads when something is to be done, as officers write it: "By March 2011", "Mid 05", "Draft by Feb 05; publish by
 * mid 05". `period` is the plan's, from its first to its last day: it gives the century of "05", the year of "March"
 * where only one fits, and the years that "Year 2" counts.
 *
 * Nothing is guessed and nothing is dropped: what is not understood comes back as questions, in the officer's words.
 * Never throws for a text of whatever kind; takes time in proportion to its length. The rules are in README.md.
 */
export const readTimescale = (
  text: string,
  period: { readonly from: LocalDate; readonly to: LocalDate },
): TimescaleReading => {
  const read = limitRhythms(readItems(tokenise(text), period));
  const items = settleBreaks(settleDoubts(text, settleLinks(text, read), period));
  const recurring = recurrenceOf(items);
  const whole = { text, plan: period, years: findYears(items, period), recurring };
  const readings = groupClauses(items).map((clause) => readClause(clause, whole));
  const milestones = inOrder(readings.flatMap((reading) => reading.milestones));
  const ongoing = items.some(({ kind }) => kind === 'ongoing');
  const questions = [...readings.flatMap((reading) => reading.questions), ...otherRhythms(text, items)];
  const nothing = items.length > 0 && !ongoing && milestones.length === 0 && questions.length === 0;
  return {
    timescale: { text, ongoing, recurring, milestones },
    questions: nothing ? [{ text: text.trim(), why: 'no-date' }] : questions,
  };
};
