import { seededChance } from './chance.ts';
import {
  type CallEffect,
  type DeliveryEffect,
  type FaultPlan,
  type FaultRule,
  type FaultyEngine,
  readPlan,
  receiving,
} from './fault-plan.ts';

export interface CallFault {
  effect: CallEffect;
  /** How long a `delay` holds the call. */
  delayMs: number;
}

export interface DeliveryFault {
  effect: DeliveryEffect;
  /** How late a `late` delivery is. */
  delayMs: number;
}

/** What a poller of Lambda's meets: there is no process to kill. */
export interface PollFault {
  effect: Exclude<CallEffect, 'kill'>;
  delayMs: number;
}

/** A plan, and how often each of its rules applied to something and struck. */
export interface FaultsView {
  seed: number;
  rules: (FaultRule & { matched: number; fired: number })[];
}

/** The faults that somebody asked the laptop for. */
export interface Faults {
  /**
   * The fault that this call of an engine meets, if any. `function` is the calling function's name, undefined for the
   * operator and others: only rules for DynamoDB that name no function hold for them.
   */
  onCall(call: {
    engine: 'dynamodb' | 's3' | 'sqs' | 'ses';
    operation: string;
    function: string | undefined;
  }): CallFault | undefined;
  /**
   * The fault that an event source meets when it asks for records (`GetRecords` of a stream) or messages
   * (`ReceiveMessage` of a queue). Rules for `sqs` have to name the operation: without, they mean the function's calls.
   */
  onPoll(poll: { engine: 'sqs' | 'streams'; function: string }): PollFault | undefined;
  /** The fault that the delivery of a batch to a function meets, if any. */
  onDelivery(delivery: { engine: 'sqs' | 'streams'; function: string }): DeliveryFault | undefined;
  read(): FaultsView;
  /** Takes a plan as a program sent it and starts to count afresh; changes nothing when it is refused. */
  replace(input: unknown): { view: FaultsView } | { problem: string };
  clear(): void;
}

interface ActiveRule {
  rule: FaultRule;
  chance: () => number;
  matched: number;
  fired: number;
}

const NO_PLAN: FaultPlan = { seed: 1, rules: [] };

/**
 * Opens with no faults. Every rule that matches counts the call; the first one that is due by its `skip`, `count` and
 * `probability` strikes. Each rule has chances of its own from the plan's seed: the same plan and the same calls in
 * the same order meet the same faults.
 */
export function openFaults(): Faults {
  let seed = NO_PLAN.seed;
  let active: ActiveRule[] = [];

  const install = (plan: FaultPlan): void => {
    seed = plan.seed;
    active = plan.rules.map((rule, at) => ({
      rule,
      chance: seededChance(plan.seed + Math.imul(at + 1, 0x9e3779b1)),
      matched: 0,
      fired: 0,
    }));
  };

  const read = (): FaultsView => ({
    seed,
    rules: active.map(({ rule, matched, fired }) => ({ ...rule, matched, fired })),
  });

  const strike = (matches: (rule: FaultRule) => boolean): FaultRule | undefined => {
    const due = active.filter((entry) => matches(entry.rule) && isDue(entry));
    const struck = due[0];
    if (struck) struck.fired += 1;
    return struck?.rule;
  };

  return {
    onCall: (call) => {
      const rule = strike((candidate) => isForCall(candidate, call));
      return rule && { effect: rule.effect as CallEffect, delayMs: rule.delayMs };
    },
    onPoll: (poll) => {
      const rule = strike((candidate) => isForPoll(candidate, poll));
      return rule && { effect: rule.effect as PollFault['effect'], delayMs: rule.delayMs };
    },
    onDelivery: (delivery) => {
      const rule = strike((candidate) => isForDelivery(candidate, delivery));
      return rule && { effect: rule.effect as DeliveryEffect, delayMs: rule.delayMs };
    },
    read,
    replace: (input) => {
      const result = readPlan(input);
      if ('problem' in result) return result;
      install(result.plan);
      return { view: read() };
    },
    clear: () => install(NO_PLAN),
  };
}

/** Counts the match, and says whether the rule would strike. */
function isDue(entry: ActiveRule): boolean {
  const { skip, count, probability } = entry.rule;
  entry.matched += 1;
  if (entry.matched <= skip || (count !== null && entry.fired >= count)) return false;
  return entry.chance() < probability;
}

const isDelivery = ({ effect }: FaultRule): boolean => effect === 'duplicate' || effect === 'late';

const isForFunction = (rule: FaultRule, name: string): boolean =>
  rule.function === '*' || rule.function === name;

function isForCall(
  rule: FaultRule,
  call: { engine: FaultyEngine; operation: string; function: string | undefined },
): boolean {
  if (isDelivery(rule) || rule.engine !== call.engine) return false;
  if (rule.operation !== '*' && rule.operation !== call.operation) return false;
  if (call.function !== undefined) return isForFunction(rule, call.function);
  return rule.engine === 'dynamodb' && rule.function === '*' && rule.effect !== 'kill';
}

function isForPoll(rule: FaultRule, poll: { engine: 'sqs' | 'streams'; function: string }): boolean {
  if (isDelivery(rule) || rule.effect === 'kill' || rule.engine !== poll.engine) return false;
  const isMeant = rule.operation === receiving[poll.engine];
  const isAny = poll.engine === 'streams' && rule.operation === '*';
  return (isMeant || isAny) && isForFunction(rule, poll.function);
}

const isForDelivery = (rule: FaultRule, delivery: { engine: 'sqs' | 'streams'; function: string }): boolean =>
  isDelivery(rule) && rule.engine === delivery.engine && isForFunction(rule, delivery.function);
