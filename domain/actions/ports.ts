import type { Write } from '../shared/facts.ts';
import type { Id } from '../shared/ids.ts';
import type { Page, Paged } from '../shared/paged.ts';
import type { Action, Progress } from './action.ts';
import type { ActionPlan } from './plan.ts';

/** The plans. There are some a year, and years of them. */
export interface ActionPlans {
  find(id: Id): Promise<ActionPlan | null>;
  /** The latest period first. */
  list(): Promise<readonly ActionPlan[]>;
  toAdd(plan: ActionPlan): Write;
  /** Refused as `changed-meanwhile` unless the stored version is the one given, which goes up by one. */
  toChange(plan: ActionPlan): Write;
}

/** The actions of all plans. */
export interface Actions {
  find(id: Id): Promise<Action | null>;
  /** All actions of a plan, in the plan's order. */
  ofPlan(plan: Id): Promise<readonly Action[]>;
  /** Actions of which an account is a lead, in any plan, in no promised order. */
  ledBy(email: string): Promise<readonly Action[]>;
  toAdd(action: Action): Write;
  /** Refused as `changed-meanwhile` unless the stored version is the one of `before`. Stores `after` one version on. */
  toChange(before: Action, after: Action): Write;
}

/** How actions went: nothing here is ever changed. */
export interface ProgressEntries {
  /** The newest first. */
  of(action: Id, page: Page): Promise<Paged<Progress>>;
  toAdd(entry: Progress): Write;
}
