import type { AudienceCursor } from '#domain/mailings/audience.ts';
import type { FreezingProgress, Leases, MailingStep, MailingSteps } from '#domain/mailings/mailing-ports.ts';
import { addHours, type Instant } from '#domain/shared/clock.ts';
import type { Write } from '#domain/shared/facts.ts';
import type { Id } from '#domain/shared/ids.ts';
import { asWrite } from './changes.ts';

/** Steps that were posted, in order: `steps.posted`. */
export class MemoryMailingSteps implements MailingSteps {
  readonly posted: MailingStep[] = [];

  toPost(step: MailingStep): Write {
    return asWrite({
      touches: `mailing-step ${step.id}`,
      check: () => (this.posted.some(({ id }) => id === step.id) ? 'already-there' : null),
      apply: () => {
        this.posted.push(step);
      },
    });
  }
}

export class MemoryFreezingProgress implements FreezingProgress {
  readonly #cursors = new Map<Id, AudienceCursor | null>();

  async find(mailing: Id): Promise<AudienceCursor | null> {
    return this.#cursors.get(mailing) ?? null;
  }

  async save(mailing: Id, cursor: AudienceCursor | null): Promise<void> {
    this.#cursors.set(mailing, cursor);
  }
}

export class MemoryLeases implements Leases {
  readonly #leases = new Map<string, { readonly holder: Id; readonly until: Instant }>();

  async take(
    mailing: Id,
    part: string,
    { holder, at, until }: { readonly holder: Id; readonly at: Instant; readonly until: Instant },
  ): Promise<boolean> {
    const held = this.#leases.get(`${mailing} ${part}`);
    // A lease that ends long after now was taken before somebody moved the clock back.
    const isHeld = held && held.until >= at && held.until <= addHours(until, 1);
    if (isHeld && held.holder !== holder) return false;
    this.#leases.set(`${mailing} ${part}`, { holder, until });
    return true;
  }

  async giveBack(mailing: Id, part: string, holder: Id): Promise<void> {
    if (this.#leases.get(`${mailing} ${part}`)?.holder === holder) this.#leases.delete(`${mailing} ${part}`);
  }
}
