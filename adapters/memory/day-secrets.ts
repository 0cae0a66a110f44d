import { dayOf, secretEnds } from '#domain/abuse/day-secret.ts';
import type { DaySecrets } from '#domain/abuse/ports.ts';
import type { Clock, LocalDate } from '#domain/shared/clock.ts';
import type { Ids } from '#domain/shared/ids.ts';

export class MemoryDaySecrets implements DaySecrets {
  readonly #clock: Clock;
  readonly #ids: Ids;
  readonly #secrets = new Map<LocalDate, string>();

  constructor(clock: Clock, ids: Ids) {
    this.#clock = clock;
    this.#ids = ids;
  }

  async of(day: LocalDate): Promise<string | null> {
    const now = this.#clock.now();
    if (now >= secretEnds(day)) return null;
    if (!this.#secrets.has(day) && day === dayOf(now)) this.#secrets.set(day, this.#ids.secret());
    return this.#secrets.get(day) ?? null;
  }
}
