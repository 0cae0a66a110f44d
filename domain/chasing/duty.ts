import * as z from 'zod';
import { localDateSchema } from '../actions/timescale/timescale.ts';
import { areaCodeSchema } from '../areas/area.ts';

/**
 * What can be owed: a milestone of an action, the quarterly review of ongoing work, an answer to somebody who wrote,
 * a decision on a finding, the feedback that was promised, a look at a document whether it still holds, and to say what an
 * uploaded file is.
 */
export const dutyKinds = [
  'action',
  'review',
  'answer',
  'decision',
  'feedback',
  'document',
  'upload',
] as const;
export type DutyKind = (typeof dutyKinds)[number];

/** Before the day; after it; after so long that others have to know. Each is said once (domain.md, Chasing). */
export const chaseStages = ['in-14-days', 'in-2-days', 'overdue', 'weekly', 'escalated'] as const;
export type ChaseStage = (typeof chaseStages)[number];

/** Something that somebody owes by a day, with the clock that reminds them of it. */
export const dutySchema = z.object({
  /** Names what is owed and by when, so that the same duty is never there twice: `{subject}#{kind}#{due}`. */
  id: z.string(),
  kind: z.enum(dutyKinds),
  /** The id of the action, submission, finding, consultation, document or upload. */
  subject: z.string(),
  due: localDateSchema,
  /** Addresses of the accounts that owe it; empty: it goes to the coordinators. */
  owners: z.array(z.string()),
  /** What is owed to an area is escalated to the units that cover it; null: to the units of its owners. */
  area: areaCodeSchema.nullable(),
  /** On which day the next stage is to be said; the index is on it. Null: answered, nothing more is said about it. */
  nextOn: localDateSchema.nullable(),
  /** Stages up to this day count as said, whether or not the program ran on their days; null: none has been. */
  saidUntil: localDateSchema.nullable(),
  /** It has been escalated: that happens once, also when other people take it over. */
  escalated: z.boolean(),
  /** How often it was answered or taken over: what was said in an earlier round need not be read any more. */
  round: z.int().min(0),
  /** Owners of whom the coordinators have been told that they cannot be reached any more. */
  lost: z.array(z.string()),
  version: z.number(),
});
export type Duty = z.infer<typeof dutySchema>;

/** By what a duty is known. */
export type DutyKey = Pick<Duty, 'kind' | 'subject' | 'due'>;

export const dutyIdOf = ({ subject, kind, due }: DutyKey): string => `${subject}#${kind}#${due}`;
