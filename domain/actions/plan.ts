import * as z from 'zod';
import { leftOut, shown } from '../audit/marking.ts';
import { localDateSchema } from './timescale/timescale.ts';

/** A year's action plan, or the plan by which something is put into practice. */
export const actionPlanSchema = z.object({
  id: shown(z.string()),
  title: shown(z.string().min(1).max(200)),
  /** First and last day of the time that it is for. */
  from: shown(localDateSchema),
  to: shown(localDateSchema),
  /** The unit that keeps it. */
  unit: shown(z.string()),
  /** The plan of the year before, whose unfinished actions went over into this one. */
  carriedFrom: shown(z.string().nullable()),
  createdAt: shown(z.string()),
  version: leftOut(z.number()),
});
export type ActionPlan = z.infer<typeof actionPlanSchema>;
