import type { Action, Lead, Measure } from '../action.ts';
import type { Timescale } from '../timescale/timescale.ts';
import { writeDay } from '../timescale/write-day.ts';
import type { ColumnKind } from './columns.ts';
import { readMeasures, writeMeasures } from './measures-cell.ts';
import type { PlanRow } from './understand-row.ts';

/** A timescale in words. Milestones that somebody has entered without words are written as their days. */
export const timescaleText = ({ text, milestones }: Timescale): string =>
  text ||
  milestones
    .map(({ due, label }) => (label === null ? writeDay(due) : `${label}: ${writeDay(due)}`))
    .join('; ');

/** What a file says about an action, and of what it says something at all. */
export interface RowSaying {
  readonly row: PlanRow;
  /** The kinds of columns that the file has, without those whose cell is a question in this row. */
  readonly told: ReadonlySet<ColumnKind>;
}

const nameOf = ({ name }: Lead): string => name.toLowerCase();

/** A lead whose name stays keeps the account that somebody has named for it. */
const leadsAfter = (before: readonly Lead[], leads: readonly Lead[]): Lead[] =>
  leads.map((lead) => ({
    ...lead,
    email: lead.email ?? before.find((known) => nameOf(known) === nameOf(lead))?.email ?? null,
  }));

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What came out of a measure stays with its text. What reads like the measures there are, changes none of them. */
const measuresAfter = (before: readonly Measure[], measures: readonly Measure[]): readonly Measure[] =>
  isSame(readMeasures(writeMeasures(before)), measures)
    ? before
    : measures.map(({ text, target, actuals }) => {
        const known = before.find((measure) => measure.text === text);
        return { text, target, actuals: actuals.length > 0 || !known ? actuals : known.actuals };
      });

const timescaleAfter = (action: Action, row: PlanRow): Timescale => {
  const isSameText = timescaleText(action.timescale) === row.timescale.text;
  const isPutOff =
    row.status === 'deferred' && action.status !== 'deferred' && row.timescale.milestones.length > 0;
  return isSameText && !isPutOff ? action.timescale : row.timescale;
};

const moneyAfter = (
  action: Action,
  { row, told }: RowSaying,
): Pick<Action, 'funding' | 'budget' | 'actual'> => {
  const funding = told.has('funding') ? row.funding : action.funding;
  const isTold = told.has('budget') || (funding !== action.funding && !told.has('budget'));
  return {
    funding,
    budget: isTold ? row.budget : action.budget,
    actual: told.has('actual') ? row.actual : action.actual,
  };
};

/** Blank cells for RAG, status and priority say nothing: what an officer has said before holds. */
const standingAfter = (
  action: Action,
  { row, told }: RowSaying,
): Pick<Action, 'rag' | 'status' | 'reason' | 'priority'> => {
  const status = told.has('status') ? (row.status ?? action.status) : action.status;
  const needsReason = status === 'deferred' || status === 'dropped';
  const reason = row.reason ?? (status === action.status ? action.reason : null);
  return {
    rag: row.rag ?? action.rag,
    status,
    reason: needsReason ? reason : status === action.status ? action.reason : null,
    priority: row.priority ?? action.priority,
  };
};

/** An action as it is when all that a file says about it is taken over. What the file does not speak of stays. */
export const applyRow = (action: Action, saying: RowSaying): Action => {
  const { row, told } = saying;
  const text = (kind: 'theme' | 'objective' | 'body' | 'commitment' | 'benefits'): string =>
    told.has(kind) ? row[kind] : action[kind];
  const leads = told.has('lead') ? leadsAfter(action.leads, row.leads) : action.leads;
  const measures = told.has('measures') ? measuresAfter(action.measures, row.measures) : action.measures;
  const standing = standingAfter(action, saying);
  const timescale = told.has('timescale') ? timescaleAfter(action, row) : action.timescale;
  const days = timescale.milestones.map(({ due }) => due);
  const isDoneNow = standing.status === 'complete' && action.status !== 'complete';
  return {
    ...action,
    theme: text('theme'),
    objective: text('objective'),
    text: row.text,
    leads: isSame(leads, action.leads) ? action.leads : leads,
    body: text('body'),
    commitment: text('commitment'),
    ...moneyAfter(action, saying),
    ...standing,
    timescale,
    measures: [...measures],
    benefits: text('benefits'),
    met: isDoneNow ? [...new Set([...action.met, ...days])].sort() : action.met,
  };
};
