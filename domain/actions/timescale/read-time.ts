import { withBound } from './bounds.ts';
import { dayRecognisers, readMonth, withWeekday } from './months.ts';
import { readNumericDate, readNumericMonth, readPairOfNumbers, readPairOfYears } from './numeric-dates.ts';
import { readPartBehindYear, readPartOfYear } from './parts-of-year.ts';
import { readLoneYear, readPlanYears } from './plan-years.ts';
import { readFeast, readSeason } from './seasons.ts';
import { withSpan } from './spans.ts';
import { longestOf } from './time.ts';
import { readCountedWeek, readWeek } from './weeks.ts';
import { readFinancialYear, readNamedYear, readOtherYear, readYear } from './years.ts';

/** Days, in words or numbers. */
const readDay = withWeekday(longestOf(...dayRecognisers, readNumericDate));

/** Every kind of time that is one piece. A new kind is a recogniser in a file of its own, and a line here. */
const readPeriod = longestOf(
  readDay,
  readWeek(readDay),
  readCountedWeek,
  readMonth,
  readNumericMonth,
  readFinancialYear,
  readOtherYear,
  readPairOfYears,
  readPartOfYear,
  readPartBehindYear,
  readPlanYears,
  readLoneYear,
  readPairOfNumbers,
  readSeason,
  readFeast,
  readNamedYear,
  readYear,
);

/** Everything that can be said about when, from one time to another. */
export const readTime = withSpan(longestOf(readPeriod, withBound(readPeriod)));
