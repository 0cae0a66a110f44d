import { actionStatuses } from '../actions/action.ts';
import type { ByRag, Figures, Report, ReportedAction } from './report.ts';

const countBy = <Key extends string>(
  keys: readonly Key[],
  actions: readonly ReportedAction[],
  keyOf: (action: ReportedAction) => Key,
): Record<Key, number> => {
  const counts = Object.fromEntries(keys.map((key) => [key, 0])) as Record<Key, number>;
  for (const action of actions) counts[keyOf(action)] += 1;
  return counts;
};

const countColours = (
  actions: readonly ReportedAction[],
  ragOf: (action: ReportedAction) => keyof ByRag,
): ByRag => countBy(['red', 'amber', 'green', 'none'], actions, ragOf);

const sum = (actions: readonly ReportedAction[], of: 'budget' | 'actual'): number =>
  actions.reduce((total, action) => total + (action[of] ?? 0), 0);

const count = (actions: readonly ReportedAction[], fits: (action: ReportedAction) => boolean): number =>
  actions.filter(fits).length;

/** The figures of some actions. Every action is in one colour of each kind, and in one state. */
export const sumUp = (actions: readonly ReportedAction[]): Figures => ({
  actions: actions.length,
  open: count(actions, ({ open }) => open),
  overdue: count(actions, ({ overdue }) => overdue),
  silent: count(actions, ({ silent }) => silent),
  byRag: countColours(actions, ({ rag }) => rag ?? 'none'),
  bySuggestion: countColours(actions, ({ suggestion }) => suggestion?.rag ?? 'none'),
  byStatus: countBy(actionStatuses, actions, ({ status }) => status),
  money: {
    budget: sum(actions, 'budget'),
    actual: sum(actions, 'actual'),
    unknown: count(actions, ({ budget }) => budget === null),
  },
});

/** Figures by theme, in the order in which the themes first come. */
export const sumUpThemes = (actions: readonly ReportedAction[]): Report['themes'] =>
  [...new Set(actions.map(({ theme }) => theme))].map((theme) => ({
    theme,
    figures: sumUp(actions.filter((action) => action.theme === theme)),
  }));
