import * as z from 'zod';
import { actionStatuses, actionStatusSchema, measureSchema } from '../actions/action.ts';
import { rags } from '../actions/rag.ts';
import { localDateSchema } from '../actions/timescale/timescale.ts';
import { shown } from '../audit/marking.ts';

/** For the committee every quarter, for the board every half-year, and the review of a plan after a year. */
export const reportKinds = ['committee', 'board', 'annual'] as const;
export type ReportKind = (typeof reportKinds)[number];

const ragSchema = z.enum(rags);
const countSchema = z.int().min(0);

/** Days from one to another, both included. */
const spanSchema = z.object({ from: localDateSchema, to: localDateSchema });
export type Span = z.infer<typeof spanSchema>;

/** How many actions have which colour; `none`: nobody has given one, or there is nothing to judge. */
const byRagSchema = z.object({ red: countSchema, amber: countSchema, green: countSchema, none: countSchema });
export type ByRag = z.infer<typeof byRagSchema>;

const byStatusSchema = z.record(z.enum(actionStatuses), countSchema);

/** Sums in pence over the actions that say one; of `unknown` actions nobody has said what they may cost. */
const moneySchema = z.object({ budget: z.int(), actual: z.int(), unknown: countSchema });

export const figuresSchema = z.object({
  actions: countSchema,
  /** Still to be done. */
  open: countSchema,
  overdue: countSchema,
  /** Still to be done, and nobody has told in the period how it goes. */
  silent: countSchema,
  /** The officers' own. */
  byRag: byRagSchema,
  /** What dates and progress suggest. */
  bySuggestion: byRagSchema,
  byStatus: byStatusSchema,
  money: moneySchema,
});
export type Figures = z.infer<typeof figuresSchema>;

/** Why a colour is suggested: see suggest-rag.ts. */
const suggestionSchema = z.object({
  rag: ragSchema,
  reason: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('complete') }),
    z.object({ kind: z.literal('overdue'), due: localDateSchema, days: z.int() }),
    z.object({ kind: z.literal('due-soon-not-started'), due: localDateSchema, days: z.int() }),
    z.object({ kind: z.literal('due-soon-no-news'), due: localDateSchema, days: z.int() }),
    z.object({ kind: z.literal('no-news'), since: localDateSchema, days: z.int() }),
    z.object({ kind: z.literal('no-day') }),
    z.object({ kind: z.literal('on-course'), due: localDateSchema.nullable() }),
  ]),
});

/** An action as it stood at the end of the day of a report. */
export const reportedActionSchema = z.object({
  id: z.string(),
  position: z.int(),
  theme: z.string(),
  objective: z.string(),
  text: z.string(),
  /** Names as the plan writes them; addresses stay within the service. */
  leads: z.array(z.string()),
  status: actionStatusSchema,
  reason: z.string().nullable(),
  rag: ragSchema.nullable(),
  suggestion: suggestionSchema.nullable(),
  open: z.boolean(),
  overdue: z.boolean(),
  silent: z.boolean(),
  /** The next day on which something of it is due; null when there is none, or nothing is to be done any more. */
  due: localDateSchema.nullable(),
  timescale: z.string(),
  ongoing: z.boolean(),
  milestones: z.array(z.object({ due: localDateSchema, label: z.string().nullable(), met: z.boolean() })),
  /** What was last reported; null when nothing was. */
  progress: z.object({ at: z.string(), text: z.string() }).nullable(),
  measures: z.array(measureSchema),
  budget: z.int().nullable(),
  actual: z.int().nullable(),
  /** It goes on in a later plan. */
  carriedOver: z.boolean(),
});
export type ReportedAction = z.infer<typeof reportedActionSchema>;

/** Which action: enough to name it in a list. */
const namedSchema = reportedActionSchema.pick({ id: true, position: true, text: true });

const change = <Kind extends string, Fields extends z.ZodRawShape>(kind: Kind, fields: Fields) =>
  z.object({ kind: z.literal(kind), action: namedSchema, ...fields });

/** What became of an action between two reports. */
const changeSchema = z.discriminatedUnion('kind', [
  change('new', {}),
  /** No longer in the plan. */
  change('gone', {}),
  change('completed', {}),
  change('reopened', {}),
  change('deferred', { reason: z.string().nullable(), due: localDateSchema.nullable() }),
  change('dropped', { reason: z.string().nullable() }),
  change('better', { before: ragSchema, now: ragSchema }),
  change('worse', { before: ragSchema, now: ragSchema }),
  change('new-days', { before: z.array(localDateSchema), now: z.array(localDateSchema) }),
]);
export type ReportChange = z.infer<typeof changeSchema>;

/** What of a day in the past nobody can tell any more, and of how many actions. */
const noteSchema = z.object({
  kind: z.enum([
    /** All but colours, states and reports are as they are now. */
    'as-now',
    /** Somebody has set the state without a report, so that it has no date. */
    'undated-state',
    /** The first report of it came later. */
    'before-first-report',
    /** Milestones that are met now may have been met after the day. */
    'undated-milestones',
    /** Entered here after the day, and left out. */
    'entered-later',
    /** All of them were entered here after the day, and are all in it. */
    'all-entered-later',
  ]),
  count: countSchema,
});
export type ReportNote = z.infer<typeof noteSchema>;
export type NoteKind = ReportNote['kind'];

/** Everything that a report says, as data. */
export const reportSchema = z.object({
  kind: z.enum(reportKinds),
  plan: z.object({ id: z.string(), title: z.string(), from: localDateSchema, to: localDateSchema }),
  /** How it stood at the end of this day in London. */
  asOf: localDateSchema,
  period: spanSchema,
  /** The period after it. */
  next: spanSchema,
  /** When it was written, which may be later. */
  writtenAt: z.string(),
  /** The issued report of the same kind with which it is compared; null: there is none. */
  since: z.object({ id: z.string(), asOf: localDateSchema }).nullable(),
  figures: figuresSchema,
  /** In the order of the plan. */
  themes: z.array(z.object({ theme: z.string(), figures: figuresSchema })),
  changes: z.array(changeSchema),
  /** Due from the day of the report to the end of the next period, in the order of days. */
  dueNext: z.array(z.object({ due: localDateSchema, label: z.string().nullable(), action: namedSchema })),
  /** In the order of the plan. */
  actions: z.array(reportedActionSchema),
  notes: z.array(noteSchema),
});
export type Report = z.infer<typeof reportSchema>;

/** That a report was issued: from then on it stays as it is. */
export const issuedReportSchema = z.object({
  id: shown(z.string()),
  plan: shown(z.string()),
  kind: shown(z.enum(reportKinds)),
  asOf: shown(localDateSchema),
  issuedAt: shown(z.string()),
  /** The address of whoever issued it. */
  issuedBy: shown(z.string()),
});
export type IssuedReport = z.infer<typeof issuedReportSchema>;
