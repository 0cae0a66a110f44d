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

/** "Complete June 2010" is by when it is to be complete; "Completed June 2010" is when it was. */
const IS_DEADLINE = /^(?:complete|delivered|implemented)\s.*\d/i;

/** "Completed June 2010": when it was, if that can be read; the word before it is no name of a milestone. */
const datesBehind = ({ status }: StatusSaid, text: string, period: Period): Timescale => {
  const { timescale, questions } = readTimescale(text, period);
  if (status !== 'complete' || questions.length > 0) return { ...noTimescale, text };
  const milestones = timescale.milestones.map((milestone) => ({ ...milestone, label: null }));
  return { ...timescale, milestones };
};

/** What a status in a timescale says about when: "Deferred to 2011", "Not started; by June 2011". */
const whenSaid = ({ status, until, detail }: StatusSaid): string | null => {
  const isUnderWay = status === 'in-progress' || status === 'not-started' || status === 'business-as-usual';
  return until ?? (isUnderWay && detail !== '' ? detail : null);
};

/**
 * Reads when something is to be done. Officers also write there how far it is: "Complete", "Deferred to 2011",
 * "Business as usual"; the text is kept as it is, and what follows from it is a status.
 */
export const readTimescaleCell = (text: string, period: Period): TimescaleCell => {
  const said = statusSaid(text);
  if (said === null || IS_DEADLINE.test(text)) return { ...readTimescale(text, period), status: null };
  if (IS_OF_THE_READER.test(text)) return { ...readTimescale(text, period), status: said };
  const when = whenSaid(said);
  if (when === null) return { timescale: datesBehind(said, text, period), questions: [], status: said };
  const { timescale, questions } = readTimescale(when, period);
  return {
    timescale: { ...timescale, text },
    questions,
    status: { ...said, detail: said.until ? said.detail : '' },
  };
};
