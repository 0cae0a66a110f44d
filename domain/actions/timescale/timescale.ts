import * as z from 'zod';
import { shown } from '../../audit/marking.ts';
import { isDay } from '../../shared/days.ts';

/** How exactly a day was meant: `month` is due on the month's last day, and so on (domain.md, Timescale). */
export const precisions = ['day', 'week', 'month', 'quarter', 'season', 'half', 'year'] as const;
export type Precision = (typeof precisions)[number];

/** How often work comes back. */
export const recurrences = ['weekly', 'monthly', 'quarterly', 'half-yearly', 'annually'] as const;
export type Recurrence = (typeof recurrences)[number];

export const localDateSchema = z.string().refine(isDay);

export const milestoneSchema = z.object({
  /** The last day of what was meant: "March 2011" is due on 31 March. */
  due: localDateSchema,
  precision: z.enum(precisions),
  /** What is due then, in the officer's words; null when the text names a time alone. */
  label: z.string().nullable(),
});
export type Milestone = z.infer<typeof milestoneSchema>;

/** When something is to be done: the officer's own words, and what follows from them. */
export const timescaleSchema = shown(
  z.object({
    text: z.string(),
    /** Goes on without an end; may have milestones all the same ("June 2010 Ongoing"). */
    ongoing: z.boolean(),
    recurring: z.enum(recurrences).nullable(),
    /** In the order of their days. */
    milestones: z.array(milestoneSchema),
  }),
);
export type Timescale = z.infer<typeof timescaleSchema>;

/** Nothing was written about when. */
export const noTimescale: Timescale = { text: '', ongoing: false, recurring: null, milestones: [] };
