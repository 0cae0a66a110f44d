import type { ChangedMeanwhile } from '../shared/changed-meanwhile.ts';
import type { Id } from '../shared/ids.ts';
import { failed, type Result } from '../shared/result.ts';
import type { Action, Measure } from './action.ts';
import {
  type ActionDeed,
  ActionInOtherState,
  type ActionPorts,
  type ActionUnknown,
  commitAction,
  findToDo,
} from './action-deed.ts';

/** What was reached in a period, by the place of the measure in its action; null: nothing is said of it. */
export interface Figures {
  readonly period: string;
  readonly values: readonly (string | null)[];
}

const withFigure = (measure: Measure, period: string, value: string | null): Measure => {
  if (value === null) return measure;
  const isThere = measure.actuals.some((actual) => actual.period === period);
  const actuals = isThere
    ? measure.actuals.map((actual) => (actual.period === period ? { period, value } : actual))
    : [...measure.actuals, { period, value }];
  return { ...measure, actuals };
};

/** Writes down what the measures of an action came to in a period. It says nothing about how the action goes. */
export const recordFigures =
  (ports: ActionPorts) =>
  async (
    id: Id,
    { period, values }: Figures,
    deed: ActionDeed,
  ): Promise<Result<Action, ActionUnknown | ActionInOtherState | ChangedMeanwhile>> => {
    const found = await findToDo(ports, id, deed, 'report progress');
    if (!found.ok) return found;
    const { action, plan } = found.value;
    if (action.carriedTo !== null) return failed(new ActionInOtherState());
    const measures = action.measures.map((measure, at) => withFigure(measure, period, values[at] ?? null));
    return commitAction(ports, {
      ...{ deed: 'record figures', by: deed.by, correlationId: deed.correlationId, plan, before: action },
      after: { ...action, measures },
    });
  };
