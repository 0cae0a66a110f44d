import type { Pace } from '#domain/mailings/mailing-ports.ts';
import type { Clock } from '#domain/shared/clock.ts';

/** Gives every place at once, as far as nobody asked it to back off. Tests set what is left of the quota. */
export class MemoryPace implements Pace {
  readonly #clock: Clock;
  #notBefore = 0;
  /** In milliseconds, how long it was asked to back off. */
  readonly backOffs: number[] = [];
  quotaLeft = Number.POSITIVE_INFINITY;
  rate = 100;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async reserve(places: number): Promise<readonly number[]> {
    return Array.from({ length: places }, () => Math.max(Date.parse(this.#clock.now()), this.#notBefore));
  }

  async perSecond(): Promise<number> {
    return this.rate;
  }

  async backOff(ms: number): Promise<void> {
    this.backOffs.push(ms);
    this.#notBefore = Math.max(this.#notBefore, Date.parse(this.#clock.now()) + ms);
  }

  async left(): Promise<number> {
    return this.quotaLeft;
  }
}
