import type { AuditTrail } from '../audit/audit.ts';
import { describeChange } from '../audit/describe-change.ts';
import type { Duties } from '../chasing/ports.ts';
import { ChangedMeanwhile } from '../shared/changed-meanwhile.ts';
import { type Clock, londonDate } from '../shared/clock.ts';
import { commitRecord } from '../shared/commit-record.ts';
import type { Facts, Write } from '../shared/facts.ts';
import type { CorrelationId, Id, Ids } from '../shared/ids.ts';
import { failed, ok, type Result } from '../shared/result.ts';
import type { Actor } from '../staff/actor.ts';
import { auditActorOf, type Doer } from '../staff/doer.ts';
import { may } from '../staff/may.ts';
import type { StaffAction } from '../staff/policy.ts';
import { type Action, actionSchema } from './action.ts';
import { clockWrites } from './keep-clocks.ts';
import type { ActionPlan } from './plan.ts';
import type { ActionPlans, Actions, ProgressEntries } from './ports.ts';

export interface ActionPorts {
  readonly actionPlans: ActionPlans;
  readonly actions: Actions;
  readonly progressEntries: ProgressEntries;
  readonly duties: Duties;
  readonly audit: AuditTrail;
  readonly facts: Facts;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** There is no such action, or it is not for this person to do this with it. */
export class ActionUnknown {
  readonly name = 'ActionUnknown';
}

/** In its state now, this cannot be done with it. */
export class ActionInOtherState {
  readonly name = 'ActionInOtherState';
}

export type ActionFailure = ActionUnknown | ActionInOtherState | ChangedMeanwhile;

/** A deed of staff on an action: by whom, and on which version of it. */
export interface ActionDeed {
  readonly by: Actor;
  readonly version: number;
  readonly correlationId: CorrelationId;
}

/** Whether somebody may do this with an action: its leads own it. */
export const mayWithAction = (by: Actor, deed: StaffAction, { leads }: Pick<Action, 'leads'>): boolean =>
  may(by, deed, {}) || leads.some(({ email }) => email !== null && may(by, deed, { owner: email }));

export interface FoundAction {
  readonly action: Action;
  readonly plan: ActionPlan;
}

/** The action that somebody wants to do something with, when they may and nobody was faster. */
export const findToDo = async (
  { actions, actionPlans }: Pick<ActionPorts, 'actions' | 'actionPlans'>,
  id: Id,
  { by, version }: ActionDeed,
  deed: StaffAction,
): Promise<Result<FoundAction, ActionUnknown | ChangedMeanwhile>> => {
  const action = await actions.find(id);
  const plan = action && (await actionPlans.find(action.plan));
  if (!action || !plan || !mayWithAction(by, deed, action)) return failed(new ActionUnknown());
  return action.version === version ? ok({ action, plan }) : failed(new ChangedMeanwhile());
};

export interface ActionChange {
  readonly deed: string;
  readonly by: Doer;
  readonly correlationId: CorrelationId;
  readonly plan: ActionPlan;
  readonly before: Action | null;
  readonly after: Action;
  /** Whether somebody has said how it stands, or asked for something: whoever reminds them has their answer. */
  readonly answers?: boolean;
  readonly besides?: readonly Write[];
}

/** The changes with which an action is stored: itself, its clocks, and its entry in the trail. */
export const actionWrites = async (
  ports: Pick<ActionPorts, 'actions' | 'duties' | 'audit' | 'clock' | 'ids'>,
  { deed, by, correlationId, plan, before, after, answers = false, besides = [] }: ActionChange,
): Promise<readonly Write[]> => {
  const at = ports.clock.now();
  return [
    before ? ports.actions.toChange(before, after) : ports.actions.toAdd(after),
    ...(await clockWrites(ports, before, after, plan, londonDate(at), answers)),
    ...besides,
    ports.audit.toRecord({
      id: ports.ids.next(),
      at,
      actor: auditActorOf(by),
      deed,
      record: { kind: 'action', id: after.id },
      ...describeChange(actionSchema, before, after),
      change: {},
      correlationId,
    }),
  ];
};

/** Stores a changed action. */
export const commitAction = async (
  ports: Pick<ActionPorts, 'actions' | 'duties' | 'audit' | 'facts' | 'clock' | 'ids'>,
  change: ActionChange,
): Promise<Result<Action, ChangedMeanwhile>> =>
  commitRecord(ports.facts, change, await actionWrites(ports, change));
