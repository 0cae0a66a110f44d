import type { Limit, Limits, Taken } from '#domain/abuse/ports.ts';
import { type Counted, placeIn, waitFor } from '#domain/abuse/window.ts';
import type { Clock } from '#domain/shared/clock.ts';

export class MemoryLimits implements Limits {
  readonly #clock: Clock;
  readonly #counts = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async take(limit: Limit, visitor: string): Promise<Taken> {
    const { key, counted } = this.#find(limit, visitor);
    const taken = judge(limit, counted);
    if (taken.passes) this.#counts.set(key, counted.now + 1);
    return taken;
  }

  async look(limit: Limit, visitor: string): Promise<Taken> {
    return judge(limit, this.#find(limit, visitor).counted);
  }

  #find(limit: Limit, visitor: string): { key: string; counted: Counted } {
    const { window, elapsedMs } = placeIn(limit, Date.parse(this.#clock.now()));
    const keyOf = (number: number) => JSON.stringify([limit.name, number, visitor]);
    const countOf = (number: number) => this.#counts.get(keyOf(number)) ?? 0;
    return { key: keyOf(window), counted: { before: countOf(window - 1), now: countOf(window), elapsedMs } };
  }
}

const judge = (limit: Limit, counted: Counted): Taken => {
  const waitMs = waitFor(limit, counted);
  return waitMs === 0 ? { passes: true } : { passes: false, waitSeconds: Math.ceil(waitMs / 1000) };
};
