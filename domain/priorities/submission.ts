import * as z from 'zod';
import type { AreaCode } from '../areas/area.ts';
import { addHours, type Instant } from '../shared/clock.ts';
import type { Id } from '../shared/ids.ts';
import type { Reference } from './reference.ts';
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

/** Whether the local team still owes something: it is in the inbox as long as this holds. */
export const awaitsAnswer = (submission: Submission): boolean => submission.status !== 'answered';

/** When the answer to something that is received now is due. */
export const answerDue = (receivedAt: Instant): Instant => addHours(receivedAt, HOURS_TO_ANSWER);

/** Whether there is nothing to triage or answer: support without words. */
export const asksNothing = (submission: Pick<Submission, 'supports' | 'text'>): boolean =>
  submission.supports !== null && submission.text === '';
