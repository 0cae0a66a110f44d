import * as z from 'zod';
import { type AreaCode, areaCodeSchema } from '../areas/area.ts';
import { counted, leftOut, shown } from '../audit/marking.ts';
import type { Instant, LocalDate } from '../shared/clock.ts';
import type { Id } from '../shared/ids.ts';

export const priorityStatuses = ['adopted', 'in-progress', 'achieved', 'closed'] as const;
export const priorityStatusSchema = z.enum(priorityStatuses);
export type PriorityStatus = z.infer<typeof priorityStatusSchema>;

/** Characters at most, as a person counts them. */
export const PRIORITY_LIMITS = { title: 120, description: 2000, update: 2000, closedReason: 500 } as const;

/** What the local team tells about its work on a priority. Kept for ever, newest last. */
export interface PriorityUpdate {
  readonly at: Instant;
  readonly text: string;
}

/** A problem that a local team has adopted for its area. */
export interface Priority {
  readonly id: Id;
  readonly area: AreaCode;
  readonly title: string;
  readonly description: string;
  readonly status: PriorityStatus;
  /** Why it was closed; null unless it is. */
  readonly closedReason: string | null;
  readonly adoptedOn: LocalDate;
  readonly updates: readonly PriorityUpdate[];
  /** Rises with every change; a change made on an older one is refused. */
  readonly version: number;
}

/** A priority with what the audit trail keeps of it. All of it is public; of the news, which are long, their number. */
export const prioritySchema: z.ZodType<Priority> = z.object({
  id: shown(z.string()),
  area: shown(areaCodeSchema),
  title: shown(z.string()),
  description: shown(z.string()),
  status: shown(priorityStatusSchema),
  closedReason: shown(z.string().nullable()),
  adoptedOn: shown(z.string()),
  updates: counted(z.array(z.object({ at: z.string(), text: z.string() }))),
  version: leftOut(z.number()),
});

/** Whether people can still join in: an achieved or closed priority takes no more support. */
export const isOpenToSupport = (priority: Priority): boolean =>
  priority.status === 'adopted' || priority.status === 'in-progress';
