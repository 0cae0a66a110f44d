import * as z from 'zod';
import { localDateSchema } from '../actions/timescale/timescale.ts';

/**
 * What can be owed: a milestone of an action, the quarterly review of ongoing work, an answer to somebody who wrote,
 * a decision on a finding, and the feedback that was promised.
 */
export const dutyKinds = ['action', 'review', 'answer', 'decision', 'feedback'] as const;
export type DutyKind = (typeof dutyKinds)[number];

/** Before the day; after it; after so long that others have to know. Each is said once (domain.md, Chasing). */
export const chaseStages = ['in-14-days', 'in-2-days', 'overdue', 'weekly', 'escalated'] as const;
export type ChaseStage = (typeof chaseStages)[number];

/** Something that somebody owes by a day, with the clock that reminds them of it. */
export const dutySchema = z.object({
  /** Names the subject and the day, so that the same duty is never there twice: `{subject}#{due}`. */
  id: z.string(),
  kind: z.enum(dutyKinds),
  /** The id of the action, submission, finding or consultation. */
  subject: z.string(),
  due: localDateSchema,
  /** Addresses of the accounts that owe it; empty: it goes to the coordinators. */
  owners: z.array(z.string()),
  /** On which day the next stage is to be said; the index is on it. Null: answered, nothing more is said about it. */
  nextOn: localDateSchema.nullable(),
  /** How many stages have been said: see `stages.ts`. */
  said: z.int().min(0),
  version: z.number(),
});
export type Duty = z.infer<typeof dutySchema>;
