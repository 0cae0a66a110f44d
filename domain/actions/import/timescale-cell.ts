import type { LocalDate } from '../../shared/clock.ts';
import { readTimescale, type TimescaleReading } from '../timescale/read-timescale.ts';
import { noTimescale, type Timescale } from '../timescale/timescale.ts';
import { type StatusSaid, statusSaid } from './status-words.ts';

export interface Period {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

interface TimescaleCell extends TimescaleReading {
  readonly status: StatusSaid | null;
}

/** Words that the reader of timescales has a meaning for itself. */
const IS_OF_THE_READER = /^(?:on[ -]?going|continuing)/i;

/** "Completed June 2010": when it was, if that can be read; the word before it is no name of a milestone. */
const datesBehind = (text: string, period: Period): Timescale => {
  const { timescale, questions } = readTimescale(text, period);
  if (questions.length > 0) return { ...noTimescale, text };
  return {
    ...timescale,
    milestones: timescale.milestones.map((milestone) => ({ ...milestone, label: null })),
  };
};

/**
 * Reads when something is to be done. Officers also write there how far it is: "Complete", "Deferred to 2011",
 * "Business as usual"; the text is kept as it is, and what follows from it is a status.
 */
export const readTimescaleCell = (text: string, period: Period): TimescaleCell => {
  const said = statusSaid(text);
  if (said === null || IS_OF_THE_READER.test(text))
    return { ...readTimescale(text, period), status: said?.status === 'in-progress' ? said : null };
  if (said.until === null) return { timescale: datesBehind(text, period), questions: [], status: said };
  const until = readTimescale(said.until, period);
  return { timescale: { ...until.timescale, text }, questions: until.questions, status: said };
};
