import { addSeconds, type Clock } from '../shared/clock.ts';
import type { Delivery } from './delivery.ts';
import type { Ledger } from './mailing-ports.ts';
import { STALE_SECONDS } from './working-time.ts';

/** So many open rows are read at once. */
const READ = 200;
/** With fewer at hand, more are read while these are worked on, so that nobody waits for the table. */
const LOW = 100;

/**
 * Open rows of one part of a mailing, each handed out once. They are always read from the beginning: what is closed
 * leaves the index, so that what a dead worker left behind is found again without anybody remembering where it was.
 */
export class OpenDeliveries {
  readonly #ledger: Ledger;
  readonly #clock: Clock;
  readonly #mailing: string;
  readonly #shard: number;
  readonly #seen = new Set<string>();
  #ready: Delivery[] = [];
  #reading: Promise<void> | null = null;
  #isAtEnd = false;

  constructor(
    { ledger, clock }: { readonly ledger: Ledger; readonly clock: Clock },
    part: { readonly mailing: string; readonly shard: number },
  ) {
    this.#ledger = ledger;
    this.#clock = clock;
    this.#mailing = part.mailing;
    this.#shard = part.shard;
  }

  /** At most so many that nobody else has in hand; none when there are no more for now. */
  async take(size: number): Promise<readonly Delivery[]> {
    while (this.#ready.length < size && !this.#isAtEnd) await this.#read();
    if (this.#ready.length < LOW && !this.#isAtEnd) this.#read().catch(() => undefined);
    return this.#ready.splice(0, size);
  }

  #read(): Promise<void> {
    this.#reading ??= this.#readMore().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async #readMore(): Promise<void> {
    const fresh = await this.#findFresh();
    for (const { id } of fresh) this.#seen.add(id);
    const staleBefore = addSeconds(this.#clock.now(), -STALE_SECONDS);
    for (const row of fresh) {
      if (row.state === 'waiting' || row.since < staleBefore) this.#ready.push(row);
    }
    this.#isAtEnd = fresh.length === 0;
  }

  /** The first that were not seen before, behind those that are in hand. */
  async #findFresh(): Promise<readonly Delivery[]> {
    let after: string | null = null;
    do {
      const { items, next } = await this.#ledger.open(this.#mailing, this.#shard, { after, size: READ });
      const fresh = items.filter(({ id }) => !this.#seen.has(id));
      if (fresh.length > 0) return fresh;
      after = next;
    } while (after !== null);
    return [];
  }
}
