import type { Priority } from '#domain/priorities/priority.ts';
import type { Id } from '#domain/shared/ids.ts';

/** A priority with the number of people behind it. */
export interface PriorityShown extends Priority {
  readonly people: number;
}

export const showPriorities = (
  priorities: readonly Priority[],
  counts: ReadonlyMap<Id, number>,
): readonly PriorityShown[] =>
  priorities.map((priority) => ({ ...priority, people: counts.get(priority.id) ?? 0 }));
