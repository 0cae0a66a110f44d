import type { Period, Plan } from './calendar.ts';
import type { Why } from './question.ts';
import type { Found, Tokens } from './tokens.ts';

/** Which kind of year a period without one takes: "March" the calendar's, "Q3" the financial one that begins in it. */
export type Basis = 'calendar' | 'financial';

/** A period that is complete, with the year by which it was named where one was. */
export interface Dated {
  readonly kind: 'dated';
  readonly period: Period;
  readonly named: { readonly basis: Basis; readonly year: number } | null;
  /** Written from one time to another. */
  readonly span?: true;
}

/** A period that comes every year: its year has to come from what stands around it. */
export interface Yearless {
  readonly kind: 'yearless';
  readonly basis: Basis;
  /** Null: that year has no such day (29 February). */
  readonly inYear: (year: number) => Period | null;
  readonly span?: true;
}

/** A time that is a question. */
export interface Unclear {
  readonly kind: 'unclear';
  readonly why: Why;
}

/** What words about time mean. */
export type Time = Dated | Yearless | Unclear;

/** Reads a time that begins at a place; null when none does. Looks at no more than a few tokens. */
export type Recogniser = (tokens: Tokens, at: number, plan: Plan) => Found<Time> | null;

export const unclear = (why: Why): Unclear => ({ kind: 'unclear', why });

export const dated = (period: Period, named: Dated['named'] = null): Dated => ({
  kind: 'dated',
  period,
  named,
});

/** The longest that one of them reads; of two that are as long, the first. */
export const longestOf =
  (...recognisers: readonly Recogniser[]): Recogniser =>
  (tokens, at, plan) => {
    let longest: Found<Time> | null = null;
    for (const recognise of recognisers) {
      const found = recognise(tokens, at, plan);
      if (found && found.next > (longest?.next ?? at)) longest = found;
    }
    return longest;
  };

/** Changes the periods of a time: "the end of …", "mid …". */
export const mapPeriod = (time: Time, change: (period: Period) => Period): Time => {
  if (time.kind === 'unclear') return time;
  if (time.kind === 'dated') return { ...time, period: change(time.period) };
  return {
    ...time,
    inYear: (year) => {
      const period = time.inYear(year);
      return period && change(period);
    },
  };
};
