import type { Scene } from './scene.ts';

/**
 * Something that people, the clock or the operator do to the whole product. It is lived once without a fault, and
 * then once for every call of an engine that it makes and every fault that the call can meet, each time on fresh
 * ground.
 */
export interface Scenario {
  readonly name: string;
  /** Whose calls and deliveries meet faults: functions by name, or the operator's tool. */
  readonly of: readonly string[];
  /** What has to be there before; meets no faults. Answers with the deed itself. */
  readonly prepare: (scene: Scene) => Promise<Deed>;
}

/** Goes through the real doors as people do; answers with what must hold when everything has settled. */
export type Deed = () => Promise<Invariants>;

/** Throws (by `expect`) as long as something does not hold. Is asked again and again until the time is over. */
export type Invariants = () => Promise<void>;

/** Stands for the operator's tool among those whose calls meet faults. */
export const OPERATOR = 'operator';
