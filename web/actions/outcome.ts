import type { Action } from '#domain/actions/action.ts';
import type { ActionFailure } from '#domain/actions/action-deed.ts';
import type { Result } from '#domain/shared/result.ts';
import { PageError, type Reply, redirectTo } from '../http/reply.ts';
import { paths, withQuery } from '../paths.ts';

/** To the action, with a line that says what was done. */
export const toAction = (id: string, done: string): Reply =>
  redirectTo(withQuery(paths.action(id), { done }));

/**
 * What follows a deed on an action. `isDone` tells of the action as it is now whether the same was done already: a
 * button that was pressed twice leads to the same page as one that was pressed once.
 */
export const answerDeed = (
  outcome: Result<Action, ActionFailure>,
  now: Action | null,
  {
    id,
    done,
    isDone,
  }: { readonly id: string; readonly done: string; readonly isDone: (action: Action) => boolean },
): Reply => {
  if (outcome.ok || (now && isDone(now))) return toAction(id, done);
  if (outcome.error.name === 'ActionUnknown') throw new PageError(403, 'not-allowed');
  throw new PageError(409, 'changed');
};
