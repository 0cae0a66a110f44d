import * as z from 'zod';
import { counted, leftOut, shown } from '../audit/marking.ts';
import { rags } from './rag.ts';
import { localDateSchema, timescaleSchema } from './timescale/timescale.ts';

export const actionStatuses = [
  'not-started',
  'in-progress',
  'complete',
  'deferred',
  'business-as-usual',
  'dropped',
] as const;
export const actionStatusSchema = z.enum(actionStatuses);
export type ActionStatus = z.infer<typeof actionStatusSchema>;

export const actionPriorities = ['very-high', 'high', 'medium', 'low', 'ongoing'] as const;
export type ActionPriority = (typeof actionPriorities)[number];

/** Somebody who delivers an action. */
export const leadSchema = z.object({
  /** As the plan writes it: a person or a post. */
  name: z.string().min(1).max(120),
  /** The address of the staff account that is reminded; null when nobody has said yet who that is. */
  email: z.string().nullable(),
});
export type Lead = z.infer<typeof leadSchema>;

/** By what it is seen whether an action works, and what came out, period by period. */
export const measureSchema = z.object({
  text: z.string().min(1),
  target: z.string().nullable(),
  /** `period` as people name it: `Q1 2010/11`. */
  actuals: z.array(z.object({ period: z.string(), value: z.string() })),
});
export type Measure = z.infer<typeof measureSchema>;

/** Something in the file of a plan that was not understood and is left to be answered on the action's page. */
export const openQuestionSchema = z.object({
  /** The kind of column in which it stood: `timescale`, `lead`. */
  column: z.string(),
  text: z.string(),
  /** Why it was not understood: a word of the catalogue, `timescale.vague`. */
  why: z.string(),
});
export type OpenQuestion = z.infer<typeof openQuestionSchema>;

/** Pounds are whole pence: sums stay exact. Null: nobody has said. */
const penceSchema = z.int().nullable();

const longText = z.string().max(10_000);

/** One thing to be done by somebody by some day. */
export const actionSchema = z.object({
  id: shown(z.string()),
  plan: shown(z.string()),
  /** Its place in the plan, from 1. */
  position: shown(z.int().min(1)),
  theme: shown(longText),
  objective: shown(longText),
  text: shown(longText.min(1)),
  leads: shown(z.array(leadSchema)),
  /** The responsible body, in the plan's words. */
  body: shown(longText),
  /** The public promise that it keeps, in the plan's words: a number or a sentence. */
  commitment: shown(longText),
  funding: shown(longText),
  budget: shown(penceSchema),
  actual: shown(penceSchema),
  priority: shown(z.enum(actionPriorities).nullable()),
  timescale: timescaleSchema,
  measures: shown(z.array(measureSchema)),
  benefits: shown(longText),
  /** The officer's own; null: not given yet. */
  rag: shown(z.enum(rags).nullable()),
  status: shown(actionStatusSchema),
  /** Why it was deferred or dropped. */
  reason: shown(longText.nullable()),
  /** The days of milestones that have been met. */
  met: shown(z.array(localDateSchema)),
  questions: counted(z.array(openQuestionSchema)),
  /** A day that an officer has asked for, and why; null when none waits for the coordinator. */
  proposal: shown(
    z
      .object({
        by: z.string(),
        at: z.string(),
        due: localDateSchema,
        newDue: localDateSchema,
        reason: longText,
      })
      .nullable(),
  ),
  /** Somebody said that it is not theirs: it waits for the coordinator to name another lead. */
  disowned: shown(z.object({ by: z.string(), at: z.string(), reason: longText }).nullable()),
  /** From which action of an earlier plan it was carried over. */
  carriedFrom: shown(z.string().nullable()),
  /** The action of a later plan in which it goes on; null as long as it is this one that is to be done. */
  carriedTo: shown(z.string().nullable()),
  /** The decision, consultation and documents that it belongs to: addresses within the service, with names. */
  links: shown(z.array(z.object({ title: z.string(), href: z.string() }))),
  /** When somebody last told how it stands. */
  progressAt: shown(z.string().nullable()),
  createdAt: shown(z.string()),
  version: leftOut(z.number()),
});
export type Action = z.infer<typeof actionSchema>;

/** One dated report of how an action stands. Kept as it was written. */
export const progressSchema = z.object({
  id: shown(z.string()),
  action: shown(z.string()),
  at: shown(z.string()),
  /** The address of whoever wrote it; null: it came with the file of the plan. */
  by: shown(z.string().nullable()),
  text: shown(longText),
  /** What held from then on. */
  rag: shown(z.enum(rags).nullable()),
  status: shown(actionStatusSchema),
});
export type Progress = z.infer<typeof progressSchema>;

/** Whether something is still to be done, here. Business as usual goes on, but nobody waits for its end. */
export const isOpen = ({ status, carriedTo }: Pick<Action, 'status' | 'carriedTo'>): boolean =>
  carriedTo === null && (status === 'not-started' || status === 'in-progress' || status === 'deferred');
