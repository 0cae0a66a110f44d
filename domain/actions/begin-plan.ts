import { describeChange } from '../audit/describe-change.ts';
import { ChangedMeanwhile } from '../shared/changed-meanwhile.ts';
import type { Write } from '../shared/facts.ts';
import type { CorrelationId, Id } from '../shared/ids.ts';
import { failed, ok, type Result } from '../shared/result.ts';
import { auditActorOf, type Doer } from '../staff/doer.ts';
import { may } from '../staff/may.ts';
import { type Action, isOpen } from './action.ts';
import { type ActionDeed, type ActionPorts, ActionUnknown, actionWrites } from './action-deed.ts';
import { type ActionPlan, actionPlanSchema } from './plan.ts';
import { noTimescale } from './timescale/timescale.ts';

/** What makes a plan. */
export type PlanDraft = Pick<ActionPlan, 'title' | 'from' | 'to'>;

type NewDeed = Omit<ActionDeed, 'version'>;

interface PlanBegun {
  readonly deed: string;
  readonly plan: ActionPlan;
  readonly by: Doer;
  readonly correlationId: CorrelationId;
}

/** The changes with which a plan is stored, with its entry in the trail. */
export const planWrites = (
  ports: Pick<ActionPorts, 'actionPlans' | 'audit' | 'clock' | 'ids'>,
  { deed, by, correlationId, plan }: PlanBegun,
): readonly Write[] => [
  ports.actionPlans.toAdd(plan),
  ports.audit.toRecord({
    id: ports.ids.next(),
    at: ports.clock.now(),
    actor: auditActorOf(by),
    deed,
    record: { kind: 'action-plan', id: plan.id },
    ...describeChange(actionPlanSchema, null, plan),
    change: {},
    correlationId,
  }),
];

const newPlan = (
  ports: Pick<ActionPorts, 'clock'>,
  draft: PlanDraft & Pick<ActionPlan, 'id' | 'carriedFrom'>,
  { by }: NewDeed,
): ActionPlan => ({ ...draft, unit: by.unit.id, createdAt: ports.clock.now(), version: 1 });

/** Begins a plan without actions. The id comes from the form, so that pressing twice begins one. */
export const beginPlan =
  (ports: ActionPorts) =>
  async (
    id: Id,
    draft: PlanDraft,
    deed: NewDeed,
  ): Promise<Result<ActionPlan, ActionUnknown | ChangedMeanwhile>> => {
    if (!may(deed.by, 'keep action plans', {})) return failed(new ActionUnknown());
    const plan = newPlan(ports, { ...draft, id, carriedFrom: null }, deed);
    const { refused } = await ports.facts.commit(planWrites(ports, { deed: 'begin plan', plan, ...deed }));
    if (refused === null) return ok(plan);
    const earlier = await ports.actionPlans.find(id);
    const isSame = earlier?.title === draft.title && earlier.from === draft.from && earlier.to === draft.to;
    return isSame ? ok(earlier) : failed(new ChangedMeanwhile());
  };

/** An action of which nothing is known but what it is and where it stands. */
export const newAction = (
  { id, plan, position, text }: Pick<Action, 'id' | 'plan' | 'position' | 'text'>,
  createdAt: string,
): Action => ({
  ...{ id, plan, position, text, createdAt },
  ...{
    theme: '',
    objective: '',
    leads: [],
    body: '',
    commitment: '',
    funding: '',
    budget: null,
    actual: null,
  },
  ...{ priority: null, timescale: noTimescale, measures: [], benefits: '', rag: null, status: 'not-started' },
  ...{
    reason: null,
    met: [],
    questions: [],
    proposal: null,
    disowned: null,
    carriedFrom: null,
    carriedTo: null,
  },
  ...{ links: [], progressAt: null, version: 1 },
});

/** Adds an action at the end of a plan. The id comes from the form, so that pressing twice adds one. */
export const addAction =
  (ports: ActionPorts) =>
  async (
    planId: Id,
    draft: Partial<Action> & Pick<Action, 'id' | 'text'>,
    deed: NewDeed,
  ): Promise<Result<Action, ActionUnknown | ChangedMeanwhile>> => {
    const plan = await ports.actionPlans.find(planId);
    if (!plan || !may(deed.by, 'keep action plans', {})) return failed(new ActionUnknown());
    const others = await ports.actions.ofPlan(planId);
    const position = Math.max(0, ...others.map((other) => other.position)) + 1;
    const made = newAction({ ...draft, plan: planId, position }, ports.clock.now());
    const after = { ...made, ...draft, plan: planId, position };
    const { refused } = await ports.facts.commit(
      await actionWrites(ports, { deed: 'add action', ...deed, plan, before: null, after }),
    );
    if (refused === null) return ok(after);
    const earlier = await ports.actions.find(draft.id);
    const isSame = earlier?.plan === planId && earlier.text === draft.text;
    return isSame ? ok(earlier) : failed(new ChangedMeanwhile());
  };

/** What goes over into the next year: what is not done, and what is business as usual. */
const goesOver = (action: Action): boolean =>
  isOpen(action) || (action.status === 'business-as-usual' && action.carriedTo === null);

/** The same action in the next plan, with its history behind it and this year's money left out. */
const carried = (action: Action, plan: ActionPlan, id: Id, at: string): Action => ({
  ...action,
  ...{ id, plan: plan.id, budget: null, actual: null, proposal: null },
  ...{ carriedFrom: action.id, carriedTo: null, createdAt: at, version: 1 },
  measures: action.measures.map((measure) => ({ ...measure, actuals: [] })),
});

/**
 * Begins the next year's plan with all that is not done in this one. Each action goes over by itself, under an id that
 * follows from its own: carrying over again goes on with what was left when it was interrupted.
 */
export const carryOver =
  (ports: ActionPorts) =>
  async (fromId: Id, draft: PlanDraft, deed: NewDeed): Promise<Result<ActionPlan, ActionUnknown>> => {
    const from = await ports.actionPlans.find(fromId);
    if (!from || !may(deed.by, 'keep action plans', {})) return failed(new ActionUnknown());
    const began = await beginNext(ports, from, draft, deed);
    const at = ports.clock.now();
    for (const action of await ports.actions.ofPlan(fromId)) {
      if (goesOver(action)) await carryOne(ports, action, { from, to: began, deed, at });
    }
    return ok(began);
  };

/** The plan that was begun before for the same, or a new one. */
const beginNext = async (
  ports: ActionPorts,
  from: ActionPlan,
  draft: PlanDraft,
  deed: NewDeed,
): Promise<ActionPlan> => {
  const id = `${from.id}-next-${draft.from}`;
  const plan = newPlan(ports, { ...draft, id, carriedFrom: from.id }, deed);
  await ports.facts.commit(planWrites(ports, { deed: 'begin plan', plan, ...deed }));
  return (await ports.actionPlans.find(id)) ?? plan;
};

const carryOne = async (
  ports: ActionPorts,
  action: Action,
  { from, to, deed, at }: { from: ActionPlan; to: ActionPlan; deed: NewDeed; at: string },
): Promise<void> => {
  const next = carried(action, to, `${action.id}-${to.from}`, at);
  await ports.facts.commit([
    ...(await actionWrites(ports, {
      ...{ deed: 'carry action over', ...deed, plan: from },
      ...{ before: action, after: { ...action, proposal: null, carriedTo: next.id } },
    })),
    ...(await actionWrites(ports, { deed: 'add action', ...deed, plan: to, before: null, after: next })),
  ]);
};
