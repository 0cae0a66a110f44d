import type { AreaCode } from '../areas/area.ts';
import type { Submissions } from '../priorities/ports.ts';
import { HOURS_TO_ANSWER, type Submission } from '../priorities/submission.ts';
import { addHours, type Instant, type LocalDate, londonDate } from '../shared/clock.ts';
import { addDays } from '../shared/days.ts';
import { momentInLondon } from '../shared/london.ts';
import { addMonths } from './period.ts';
import type { Span } from './report.ts';

/** No number of people below this is told, and none that could be worked out from others (domain.md, Personal data). */
export const FEW = 10;

/** How many were answered in time, as far as it may be told. */
export type InTime =
  | { readonly kind: 'exact'; readonly count: number }
  | { readonly kind: 'few' | 'all-but-few' | 'untold' };

export interface AnswerFigures {
  readonly quarter: Span;
  /** Submissions that were received in the quarter; null: fewer than ten. */
  readonly received: number | null;
  readonly inTime: InTime;
}

const QUARTER = 3;

/** The quarter of the year that ended last before a day: from January, April, July or October. */
export const quarterBefore = (day: LocalDate): Span => {
  const [year = '', month = ''] = day.split('-');
  const first = Math.floor((Number(month) - 1) / QUARTER) * QUARTER + 1;
  const begin = `${year}-${String(first).padStart(2, '0')}-01`;
  return { from: addMonths(begin, -QUARTER), to: addDays(begin, -1) };
};

/**
 * Hides what is about fewer than ten people, also where it could be had by taking one number from another: of fewer than
 * twenty, either those in time or the others are fewer than ten, and any word on one of them may tell the other.
 */
export const tellAnswers = (received: number, inTime: number): Omit<AnswerFigures, 'quarter'> => {
  if (received < FEW) return { received: null, inTime: { kind: 'untold' } };
  if (received < 2 * FEW) return { received, inTime: { kind: 'untold' } };
  if (inTime < FEW) return { received, inTime: { kind: 'few' } };
  if (received - inTime < FEW) return { received, inTime: { kind: 'all-but-few' } };
  return { received, inTime: { kind: 'exact', count: inTime } };
};

const PAGE_SIZE = 200;

/** Those of the quarter that still wait for an answer; those received later wait behind them. */
const countWaiting = async (
  submissions: Pick<Submissions, 'inbox'>,
  borough: AreaCode,
  isOfQuarter: (submission: Submission) => boolean,
): Promise<number> => {
  let count = 0;
  let after: string | null = null;
  do {
    const page = await submissions.inbox([borough], { after, size: PAGE_SIZE });
    const found = page.items.filter(isOfQuarter).length;
    count += found;
    after = found === page.items.length ? page.next : null;
  } while (after !== null);
  return count;
};

/**
 * How many submissions of a borough were answered within 72 hours: of those of the last quarter for all of which the 72
 * hours are over. Whole quarters alone, whose figures do not move any more: from the figures of two days, or of two
 * spans that overlap, single people could be told.
 */
export const countAnswers = async (
  submissions: Pick<Submissions, 'inbox' | 'answeredSince'>,
  borough: AreaCode,
  now: Instant,
): Promise<AnswerFigures> => {
  const quarter = quarterBefore(londonDate(addHours(now, -HOURS_TO_ANSWER)));
  const isOfQuarter = ({ receivedAt }: Submission) => {
    const day = londonDate(receivedAt);
    return day >= quarter.from && day <= quarter.to;
  };
  let [received, inTime] = [await countWaiting(submissions, borough, isOfQuarter), 0];
  const begin = momentInLondon(quarter.from, 0) ?? quarter.from;
  for await (const submission of submissions.answeredSince(borough, begin)) {
    if (!isOfQuarter(submission)) continue;
    received += 1;
    if (submission.answer !== null && submission.answer.at <= submission.answerBy) inTime += 1;
  }
  return { quarter, ...tellAnswers(received, inTime) };
};
