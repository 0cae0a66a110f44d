/**
 * Why a part of a timescale is a question to a person:
 *
 * - `vague`: it points to a time and names no day ("soon", "early 2011");
 * - `no-date`: it says that there is no day, or none yet ("TBC", "n/a");
 * - `no-year`: it comes several times within the plan, or never ("March" in a plan of three years);
 * - `two-readings`: people mean different days by it ("winter 2010", "10/11");
 * - `impossible-day`: the calendar has no such day or period ("31 June 2010", "Q5");
 * - `month-first`: no day in the British order, one in the American ("03/31/11");
 * - `wrong-weekday`: the day is not that day of the week;
 * - `turned-around`: it ends before it begins;
 * - `depends`: it is counted from something whose day is not said ("10 days after approval");
 * - `other-rhythm`: it comes back in a way that a plan cannot keep ("fortnightly");
 * - `unknown-word`: what it says about time, if anything, is not known.
 */
export type Why =
  | 'vague'
  | 'no-date'
  | 'no-year'
  | 'two-readings'
  | 'impossible-day'
  | 'month-first'
  | 'wrong-weekday'
  | 'turned-around'
  | 'depends'
  | 'other-rhythm'
  | 'unknown-word';

/** A part of a timescale that a person has to read. */
export interface TimescaleQuestion {
  /** The part, in the officer's words. */
  readonly text: string;
  readonly why: Why;
}
