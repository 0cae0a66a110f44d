import * as z from 'zod';
import { localDateSchema } from '../actions/timescale/timescale.ts';
import type { LocalDate } from '../shared/clock.ts';
import { chaseStages, dutyKinds } from './duty.ts';

/** Why somebody is told: they owe it; it is so late that others have to know; nobody else can be told. */
export const sections = ['yours', 'unreachable', 'escalated'] as const;
export type Section = (typeof sections)[number];

/** What is said of a duty: a stage of its clock, or that one of its owners has just gone. */
export const sayings = [...chaseStages, 'owner-gone'] as const;
export type Saying = (typeof sayings)[number];

/** One thing that one receiver is told of one duty. */
export const digestLineSchema = z.object({
  kind: z.enum(dutyKinds),
  subject: z.string(),
  due: localDateSchema,
  section: z.enum(sections),
  saying: z.enum(sayings),
  /** On which day it was said. */
  on: localDateSchema,
  /** Of the duty, when it was said. */
  round: z.number(),
});
export type DigestLine = z.infer<typeof digestLineSchema>;

/** What is gathered for one receiver. */
export interface OpenDigest {
  /** An address. */
  readonly receiver: string;
  /** Of all digests that this receiver ever had, from 1. */
  readonly number: number;
  /** How many lines were added to it. */
  readonly lines: number;
  /** The day of the last mail; null before the first. */
  readonly lastMailedOn: LocalDate | null;
}
