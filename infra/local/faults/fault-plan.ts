import { z } from 'zod';

const engines = ['dynamodb', 'streams', 's3', 'sqs', 'ses'] as const;
const callEffects = [
  'throttle',
  'error',
  'reset',
  'delay',
  'timeout-before',
  'timeout-after',
  'kill',
] as const;
const deliveryEffects = ['duplicate', 'late'] as const;

/**
 * What can happen to a call of an engine:
 * - `throttle`: refused for now, in the service's own form, before it has an effect;
 * - `error`: the service fails (5xx) before the call has an effect;
 * - `reset`: the connection breaks before the call has an effect;
 * - `delay`: the call is held for `delayMs` and then goes on;
 * - `timeout-before`: the call has no effect and no answer comes: the caller has to give up by itself;
 * - `timeout-after`: the call has its effect, and no answer comes;
 * - `kill`: the process of the calling function dies at this call.
 */
export type CallEffect = (typeof callEffects)[number];

/** What can happen to the delivery of a batch: it comes once more after the function has answered, or `delayMs` late. */
export type DeliveryEffect = (typeof deliveryEffects)[number];

/** The engines that rules name; `streams` stands for what carries a table's changes to the functions. */
export type FaultyEngine = (typeof engines)[number];

/** The calls by which the event sources get what they deliver. */
export const receiving: Partial<Record<FaultyEngine, string>> = {
  streams: 'GetRecords',
  sqs: 'ReceiveMessage',
};

const DEFAULT_DELAY_MS = 200;
const LONGEST_DELAY_MS = 15 * 60_000;

const isDelivery = (effect: string): effect is DeliveryEffect =>
  (deliveryEffects as readonly string[]).includes(effect);

const ruleSchema = z
  .strictObject({
    engine: z.enum(engines),
    operation: z.string().min(1).default('*'),
    function: z.string().min(1).default('*'),
    effect: z.enum([...callEffects, ...deliveryEffects]),
    probability: z.number().min(0).max(1).default(1),
    skip: z.int().min(0).default(0),
    count: z.int().min(0).nullable().default(null),
    delayMs: z.int().min(0).max(LONGEST_DELAY_MS).default(DEFAULT_DELAY_MS),
  })
  .superRefine(({ engine, effect, operation }, context) => {
    const refuse = (field: string, message: string) =>
      context.addIssue({ code: 'custom', path: [field], message });
    if (isDelivery(effect) && engine !== 'sqs' && engine !== 'streams')
      refuse('effect', `"${effect}" is for deliveries: it goes with the engines "sqs" and "streams"`);
    if (isDelivery(effect) && operation !== '*' && operation !== receiving[engine])
      refuse('operation', `a delivery is no call: leave the operation out with "${effect}"`);
    if (effect === 'kill' && engine === 'streams')
      refuse('effect', 'no function reads the streams itself: kill it at a call of "dynamodb", "sqs", ...');
  });

const planSchema = z.strictObject({
  seed: z.int().default(1),
  rules: z.array(ruleSchema).max(1000).default([]),
});

export type FaultRule = z.infer<typeof ruleSchema>;
export type FaultPlan = z.infer<typeof planSchema>;

/** A plan with its defaults, or in one sentence what is wrong with it, where, and what would do. */
export function readPlan(input: unknown): { plan: FaultPlan } | { problem: string } {
  const parsed = planSchema.safeParse(input);
  if (parsed.success) return { plan: parsed.data };
  const problems = parsed.error.issues.map((issue) => {
    const place = issue.path.reduce<string>(
      (text, step) =>
        typeof step === 'number' ? `${text}[${step}]` : `${text}${text && '.'}${String(step)}`,
      '',
    );
    return `${place || 'the plan'}: ${explain(issue)}`;
  });
  return { problem: problems.join('; ') };
}

function explain(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'unrecognized_keys') return issue.message;
  const fields = issue.path.length === 0 ? planSchema.shape : ruleSchema.shape;
  return `unknown ${issue.keys.map((key) => `"${key}"`).join(', ')}; the fields are ${Object.keys(fields).join(', ')}`;
}
