import { addHours, type Clock, type Instant } from '#domain/shared/clock.ts';

/** A clock that stands still until it is moved. */
export class FixedClock implements Clock {
  #now: Instant;

  constructor(now: Instant = '2026-11-23T09:30:00.000Z') {
    this.#now = now;
  }

  now(): Instant {
    return this.#now;
  }

  set(now: Instant): void {
    this.#now = now;
  }

  advance(hours: number): void {
    this.#now = addHours(this.#now, hours);
  }
}
