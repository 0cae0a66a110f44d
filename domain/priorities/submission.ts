import * as z from 'zod';
import { type AreaCode, areaCodeSchema } from '../areas/area.ts';
import { leftOut, personal, shown } from '../audit/marking.ts';
import { addHours, type Instant } from '../shared/clock.ts';
import type { Id } from '../shared/ids.ts';
import { type Reference, referenceSchema } from './reference.ts';
import type { Caution } from './wording.ts';

/** Hours in which a person is promised an answer (Neighbourhood Policing Guarantee, 2025). */
export const HOURS_TO_ANSWER = 72;

/** Characters at most that a person may leave, as a person counts them. */
export const MAX_TEXT = 1000;

export const categories = [
  'antisocial-behaviour',
  'burglary-and-theft',
  'drugs',
  'hate-crime',
  'road-safety',
  'vehicle-crime',
  'violence',
  'violence-against-women-and-girls',
  'something-else',
] as const;
export const categorySchema = z.enum(categories);
export type Category = z.infer<typeof categorySchema>;

export type Channel = 'web' | 'paper' | 'phone' | 'meeting';

/** What became of a submission, by the local team's decision. */
export type TriageOutcome =
  | { readonly kind: 'joined'; readonly priority: Id }
  | { readonly kind: 'adopted'; readonly priority: Id }
  | { readonly kind: 'passed-on'; readonly to: string }
  | { readonly kind: 'not-taken-up'; readonly reason: string };

export const cautionSchema: z.ZodType<Caution> = z.enum(['emergency', 'names-a-person']);

/** The reason is written to one person, so that the audit trail does not keep it. */
export const triageOutcomeSchema: z.ZodType<TriageOutcome> = z.discriminatedUnion('kind', [
  z.object({ kind: shown(z.literal('joined')), priority: shown(z.string()) }),
  z.object({ kind: shown(z.literal('adopted')), priority: shown(z.string()) }),
  z.object({ kind: shown(z.literal('passed-on')), to: shown(z.string()) }),
  z.object({ kind: shown(z.literal('not-taken-up')), reason: personal(z.string()) }),
]);

/** The local team's words to the person. */
export interface Answer {
  readonly text: string;
  readonly at: Instant;
}

/**
 * What a person said: support for a priority (`supports` names it; words are optional) or a priority of
 * their own. `received` → `triaged` → `answered`. Support without words asks nothing, so it is counted
 * and complete at once.
 */
export interface Submission {
  readonly id: Id;
  readonly reference: Reference;
  readonly area: AreaCode;
  /** The borough of the area, or the area itself. */
  readonly borough: AreaCode;
  /** The priority that it supports; null when it is the person's own. */
  readonly supports: Id | null;
  readonly text: string;
  readonly category: Category | null;
  readonly channel: Channel;
  /** Where an answer goes; null when the person left no address. */
  readonly email: string | null;
  readonly cautions: readonly Caution[];
  readonly receivedAt: Instant;
  readonly answerBy: Instant;
  readonly status: 'received' | 'triaged' | 'answered';
  readonly outcome: TriageOutcome | null;
  readonly answer: Answer | null;
  readonly version: number;
}

/** A submission with what the audit trail keeps of it: nothing that was written by a person, or to one. */
export const submissionSchema: z.ZodType<Submission> = z.object({
  id: shown(z.string()),
  reference: shown(referenceSchema),
  area: shown(areaCodeSchema),
  borough: shown(areaCodeSchema),
  supports: shown(z.string().nullable()),
  text: personal(z.string()),
  category: shown(categorySchema.nullable()),
  channel: shown(z.enum(['web', 'paper', 'phone', 'meeting'])),
  email: personal(z.string()).nullable(),
  cautions: shown(z.array(cautionSchema)),
  receivedAt: shown(z.string()),
  answerBy: shown(z.string()),
  status: shown(z.enum(['received', 'triaged', 'answered'])),
  outcome: triageOutcomeSchema.nullable(),
  answer: z.object({ text: personal(z.string()), at: shown(z.string()) }).nullable(),
  version: leftOut(z.number()),
});

/** Whether the local team still owes something: it is in the inbox as long as this holds. */
export const awaitsAnswer = (submission: Submission): boolean => submission.status !== 'answered';

/** When the answer to something that is received now is due. */
export const answerDue = (receivedAt: Instant): Instant => addHours(receivedAt, HOURS_TO_ANSWER);

/** Whether there is nothing to triage or answer: support without words. */
export const asksNothing = (submission: Pick<Submission, 'supports' | 'text'>): boolean =>
  submission.supports !== null && submission.text === '';
