import type { LocalDate } from '../../shared/clock.ts';
import { noTimescale, type Timescale } from '../timescale/timescale.ts';
import { saysNothing } from './questions.ts';
import { type StatusSaid, statusSaid } from './status-words.ts';

export interface Period {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** What the reader of timescales makes of a text in the time of a plan. */
export interface TimescaleSaid {
  readonly timescale: Timescale;
  readonly questions: readonly { readonly text: string; readonly why: string }[];
}

export type ReadTimescale = (text: string, period: Period) => TimescaleSaid;

interface TimescaleCell extends TimescaleSaid {
  readonly status: StatusSaid | null;
}

/** Words that the reader of timescales has a meaning for itself. */
const IS_OF_THE_READER = /^(?:on[ -]?going|continuing)/i;

/**
 * Reads when something is to be done. Officers also write there how far it is: "Complete", "Deferred to 2011",
 * "Business as usual"; the text is kept as it is, and what follows from it is a status.
 */
export const readTimescaleCell = (
  text: string,
  period: Period,
  readTimescale: ReadTimescale,
): TimescaleCell => {
  if (saysNothing(text)) return { timescale: { ...noTimescale, text }, questions: [], status: null };
  const said = statusSaid(text);
  if (said === null || IS_OF_THE_READER.test(text))
    return { ...readTimescale(text, period), status: said?.status === 'in-progress' ? said : null };
  if (said.until === null) return { timescale: { ...noTimescale, text }, questions: [], status: said };
  const until = readTimescale(said.until, period);
  return { timescale: { ...until.timescale, text }, questions: until.questions, status: said };
};
