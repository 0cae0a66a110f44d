import type { Instant } from '../shared/clock.ts';
import type { Write } from '../shared/facts.ts';
import type { Id } from '../shared/ids.ts';
import type { Page, Paged } from '../shared/paged.ts';
import type { Action, Progress } from './action.ts';
import type { CellAnswer } from './import/raw-rows.ts';
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

/** The file of a plan that somebody has brought, between bringing and taking over. */
export interface PlanUpload {
  readonly id: Id;
  /** The address of the account that brought it: nobody else finds it. */
  readonly owner: string;
  readonly filename: string;
  readonly plan: Pick<ActionPlan, 'title' | 'from' | 'to'>;
  /** What was answered to questions about it so far. */
  readonly answers: readonly CellAnswer[];
  readonly bytes: Uint8Array;
  readonly uploadedAt: Instant;
}

/** Hours for which a file is kept that was brought and not taken over. */
export const UPLOAD_HOURS = 24;

/** Files that were brought; each is forgotten after a day. */
export interface PlanUploads {
  find(owner: string, id: Id): Promise<PlanUpload | null>;
  save(upload: PlanUpload): Promise<void>;
  /** Keeps what was answered; the file itself stays. */
  saveAnswers(upload: Omit<PlanUpload, 'bytes'>): Promise<void>;
}
