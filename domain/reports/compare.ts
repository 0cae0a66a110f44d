import { rags } from '../actions/rag.ts';
import type { ReportChange, ReportedAction } from './report.ts';

type Before = Pick<ReportedAction, 'status' | 'rag' | 'milestones'>;

const named = ({ id, position, text }: ReportedAction) => ({ id, position, text });

const daysOf = ({ milestones }: Pick<ReportedAction, 'milestones'>): string[] =>
  milestones.map(({ due }) => due);

/** What became of its state; a state in which somebody only goes on is no news. */
const stateChange = (before: Before, now: ReportedAction): readonly ReportChange[] => {
  if (before.status === now.status) return [];
  const action = named(now);
  if (now.status === 'complete') return [{ kind: 'completed', action }];
  if (now.status === 'deferred') return [{ kind: 'deferred', action, reason: now.reason, due: now.due }];
  if (now.status === 'dropped') return [{ kind: 'dropped', action, reason: now.reason }];
  return before.status === 'complete' || before.status === 'dropped' ? [{ kind: 'reopened', action }] : [];
};

/** Whether it goes better or worse. What is complete is told as that, whatever its colour was. */
const colourChange = (before: Before, now: ReportedAction): readonly ReportChange[] => {
  if (before.rag === null || now.rag === null || now.status === 'complete') return [];
  const steps = rags.indexOf(now.rag) - rags.indexOf(before.rag);
  if (steps === 0) return [];
  return [{ kind: steps > 0 ? 'better' : 'worse', action: named(now), before: before.rag, now: now.rag }];
};

const dayChange = (before: Before, now: ReportedAction): readonly ReportChange[] => {
  const [old, days] = [daysOf(before), daysOf(now)];
  return old.join() === days.join() ? [] : [{ kind: 'new-days', action: named(now), before: old, now: days }];
};

/** What changed between the actions of two reports, in the order of the plan. */
export const compareActions = (
  before: readonly ReportedAction[],
  now: readonly ReportedAction[],
): ReportChange[] => {
  const earlier = new Map(before.map((action) => [action.id, action]));
  const ids = new Set(now.map(({ id }) => id));
  return [
    ...now.flatMap((action): readonly ReportChange[] => {
      const old = earlier.get(action.id);
      if (!old) return [{ kind: 'new', action: named(action) }];
      return [...stateChange(old, action), ...colourChange(old, action), ...dayChange(old, action)];
    }),
    ...before
      .filter(({ id }) => !ids.has(id))
      .map((action): ReportChange => ({ kind: 'gone', action: named(action) })),
  ];
};
