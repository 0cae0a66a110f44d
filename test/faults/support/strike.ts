import type { FaultsView } from '#infra/local/faults/open-faults.ts';

type Rule = FaultsView['rules'][number];

/** One fault at one place of a scenario. */
export interface Strike {
  readonly of: string;
  readonly engine: Rule['engine'];
  /** `PutItem`, ...; `delivery` or the call of a poller for what brings events. */
  readonly operation: string;
  /** It strikes the first, second, ... of its kind. */
  readonly nth: number;
  readonly effect: Rule['effect'] | typeof DIES_KNOWING_NOTHING;
}

/**
 * The call has its effect, no answer comes, and the process dies when it asks again: nobody is left who knows. A `kill`
 * alone strikes before the call has an effect.
 */
const DIES_KNOWING_NOTHING = 'kill-after';

export interface CallMade {
  readonly of: string;
  readonly engine: Rule['engine'];
  readonly operation: string;
}

/** How often batches were delivered to a function. */
export interface Deliveries {
  readonly of: string;
  readonly engine: 'sqs' | 'streams';
  readonly count: number;
}

const CALL_EFFECTS = [
  'throttle',
  'error',
  'reset',
  'delay',
  'timeout-before',
  'timeout-after',
  'kill',
] as const;
const POLL_EFFECTS = ['throttle', 'error', 'timeout-after'] as const;
/** Calls that change something; one that does not leaves nothing behind that nobody knows of. */
const CHANGES = /^(Put|Copy|Update|Delete|TransactWrite|BatchWrite|SendMessage)/;
/** Calls that leave nothing behind. */
const READS = /^(Get|Head|List|Query$)/;
const DELIVERY_EFFECTS = ['duplicate', 'late'] as const;

/** Calls that make facts true, or cannot be taken back. */
const CRUCIAL = new Set(['TransactWriteItems', 'SendMessageBatch']);
/** The effects after which somebody may believe the wrong thing: in the gate, too, crucial calls meet each of them. */
const DECEPTIVE = new Set<Strike['effect']>(['timeout-after', 'kill', DIES_KNOWING_NOTHING, 'duplicate']);
/** Of reads, one in so many meets a fault: they leave nothing behind. */
const READS_PER_FAULT = 4;

/** Every fault at every call and delivery that a scenario was seen to make. */
export function allStrikes(calls: readonly CallMade[], deliveries: readonly Deliveries[]): Strike[] {
  const seen = new Map<string, number>();
  const atCalls = calls.flatMap((call) => {
    const key = `${call.of} ${call.engine} ${call.operation}`;
    const nth = (seen.get(key) ?? 0) + 1;
    seen.set(key, nth);
    return effectsOn(call).map((effect) => ({ ...call, nth, effect }));
  });
  const atDeliveries = deliveries.flatMap(({ of, engine, count }) =>
    Array.from({ length: count }, (_, index) => index + 1).flatMap((nth) =>
      DELIVERY_EFFECTS.map((effect) => ({ of, engine, operation: 'delivery', nth, effect })),
    ),
  );
  const atPolls = deliveries
    .filter(({ count }) => count > 0)
    .flatMap(({ of, engine }) =>
      POLL_EFFECTS.map((effect) => ({
        of,
        engine,
        operation: engine === 'sqs' ? 'ReceiveMessage' : 'GetRecords',
        nth: 1,
        effect,
      })),
    );
  return [...atCalls, ...atDeliveries, ...atPolls];
}

/** The laptop kills functions only. To the store, a tool that dies looks like a connection that breaks. */
function effectsOn({ of, operation }: CallMade): Strike['effect'][] {
  const effects = CALL_EFFECTS.filter((effect) => of !== 'operator' || effect !== 'kill');
  return of !== 'operator' && CHANGES.test(operation) ? [...effects, DIES_KNOWING_NOTHING] : effects;
}

/**
 * A short form for the gate: each place meets one of its faults, by the seed, of the reads every fourth one; what is
 * crucial meets those that deceive, too.
 */
export function shareOf(strikes: readonly Strike[], seed: number): Strike[] {
  const chosen = oneOfEachPlace(strikes, seed);
  const chanceOf = (strike: Strike) => hash(`${seed} ${describe(strike)}`);
  return chosen.toSorted((a, b) => chanceOf(a) - chanceOf(b)).slice(0, MOST_OF_A_SCENARIO);
}

/** A mailing is sent in eight parts that all make the same calls, and the gate has half an hour: it tries some of them. */
export const MOST_OF_A_SCENARIO = 4;

function oneOfEachPlace(strikes: readonly Strike[], seed: number): Strike[] {
  const places = Map.groupBy(
    strikes,
    ({ of, engine, operation, nth }) => `${of} ${engine} ${operation} ${nth}`,
  );
  return [...places].flatMap(([place, faults]) => {
    const chance = hash(`${seed} ${place}`);
    const chosen = faults[chance % faults.length];
    const { operation } = faults[0] ?? { operation: '' };
    if (CRUCIAL.has(operation) || operation === 'delivery')
      return faults.filter((fault) => fault === chosen || DECEPTIVE.has(fault.effect));
    return chosen && (!READS.test(operation) || chance % READS_PER_FAULT === 0) ? [chosen] : [];
  });
}

/** The same for the same strike of a scenario: by it, one run can be repeated alone. */
export const seedOf = (scenario: string, strike: Strike): number => hash(`${scenario}: ${describe(strike)}`);

export const describe = ({ of, engine, operation, nth, effect }: Strike): string =>
  `${of}, ${engine} ${operation} ${nth}: ${effect}`;

/** The rules by which the laptop lets it happen, once. The first one tells whether it did. */
export function rulesOf({ of, engine, operation, nth, effect }: Strike): object[] {
  const rule = {
    engine,
    ...(of === 'operator' ? {} : { function: of }),
    ...(operation === 'delivery' ? {} : { operation }),
    count: 1,
    delayMs: DELAY_MS,
  };
  if (effect !== DIES_KNOWING_NOTHING) return [{ ...rule, effect, skip: nth - 1 }];
  return [
    { ...rule, effect: 'timeout-after', skip: nth - 1 },
    { ...rule, effect: 'kill', skip: nth },
  ];
}

const DELAY_MS = 60;

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ character.charCodeAt(0), 0x01000193) >>> 0;
  return value;
}
