import type { Action } from '#domain/actions/action.ts';
import { nextDueOf } from '#domain/actions/next-due.ts';
import type { ActionPlan } from '#domain/actions/plan.ts';
import { type RagSuggestion, suggestRag } from '#domain/actions/suggest-rag.ts';
import type { LocalDate } from '#domain/shared/clock.ts';
import type { LeadsSeen } from './leads.ts';

/** An action as lists show it. */
export interface ActionRow {
  readonly action: Action;
  /** Null when nothing is due any more, or nobody has said when. */
  readonly due: LocalDate | null;
  readonly suggestion: RagSuggestion | null;
  /** The officer and the program see it differently. */
  readonly disagrees: boolean;
  /** Somebody has to look at it: a question, a day asked for, a lead who cannot be reminded. */
  readonly needsCoordinator: boolean;
}

const isOver = ({ status, carriedTo }: Action): boolean =>
  carriedTo !== null || status === 'complete' || status === 'dropped';

/** Whether each lead of an action is somebody who can be reminded. */
const isLed = ({ leads }: Action, seen: LeadsSeen): boolean =>
  leads.length > 0 && leads.every(({ email }) => email !== null && seen.get(email)?.isReachable === true);

export const rowOf = (action: Action, plan: ActionPlan, today: LocalDate, seen: LeadsSeen): ActionRow => {
  const suggestion = suggestRag(action, plan, today);
  return {
    action,
    due: isOver(action) ? null : nextDueOf(action),
    suggestion,
    disagrees: suggestion !== null && action.rag !== null && action.rag !== suggestion.rag,
    needsCoordinator:
      !isOver(action) &&
      (action.questions.length > 0 ||
        action.proposal !== null ||
        action.disowned !== null ||
        !isLed(action, seen)),
  };
};

/** One theme with its rows, as they follow each other in the plan. */
export interface ThemeRows {
  readonly theme: string;
  readonly rows: readonly ActionRow[];
}

/** Rows by theme, in the order in which the themes first come. */
export const byTheme = (rows: readonly ActionRow[]): readonly ThemeRows[] => {
  const themes = new Map<string, ActionRow[]>();
  for (const row of rows) {
    const { theme } = row.action;
    themes.set(theme, [...(themes.get(theme) ?? []), row]);
  }
  return [...themes].map(([theme, themeRows]) => ({ theme, rows: themeRows }));
};
