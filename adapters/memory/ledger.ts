import type { Delivery, DeliveryCounts, DeliveryId, DeliveryState } from '#domain/mailings/delivery.ts';
import {
  type Claim,
  type ClaimTerms,
  type DeliveryFound,
  type HeldMailing,
  type HeldMailings,
  type Ledger,
  SHARDS_OF_MAILING,
} from '#domain/mailings/mailing-ports.ts';
import type { Suppressions } from '#domain/mailings/ports.ts';
import type { Recipient } from '#domain/mailings/recipient.ts';
import type { Instant } from '#domain/shared/clock.ts';
import type { Write } from '#domain/shared/facts.ts';
import type { Id } from '#domain/shared/ids.ts';
import type { Page, Paged } from '#domain/shared/paged.ts';
import { asWrite } from './changes.ts';
import { Collection } from './collection.ts';
import { cutPage } from './pages.ts';
import { isSuppressed } from './suppression-check.ts';

const idOf = (mailing: Id, { key }: Recipient): DeliveryId => `${mailing}.${key}`;
const shardOf = ({ key }: Recipient): number => Number.parseInt(key.slice(0, 2), 16) % SHARDS_OF_MAILING;
const isOpen = ({ state }: Delivery): boolean => ['waiting', 'claimed', 'handed'].includes(state);
const keyOf = ({ key }: Delivery): string => key;
const heldKey = ({ recipient, mailing }: HeldMailing): string => `${recipient}#${mailing}`;

/** Whose claim a row is, and how often it was handed over since. */
interface Claimed {
  readonly claimant: symbol;
  readonly attempt: number;
}

class Kept {
  readonly rows = new Map<DeliveryId, Delivery>();
  readonly claims = new Map<DeliveryId, Claimed>();
  readonly weeks = new Map<string, number>();
  readonly held = new Collection<HeldMailing>('held mailing');
}

export class MemoryLedger implements Ledger {
  readonly #suppressions: Pick<Suppressions, 'find'>;
  readonly #kept: Kept;
  readonly #claimant = Symbol('claimant');

  constructor(suppressions: Pick<Suppressions, 'find'>, kept = new Kept()) {
    this.#suppressions = suppressions;
    this.#kept = kept;
  }

  /** The same ledger, as another process has it. */
  elsewhere(): MemoryLedger {
    return new MemoryLedger(this.#suppressions, this.#kept);
  }

  async enter(mailing: Id, recipients: readonly Recipient[], at: Instant): Promise<void> {
    for (const recipient of recipients) {
      const id = idOf(mailing, recipient);
      if (!this.#kept.rows.has(id))
        this.#kept.rows.set(id, { ...recipient, id, mailing, state: 'waiting', since: at });
    }
  }

  async count(mailing: Id): Promise<number> {
    return this.#of(mailing).length;
  }

  async find(id: DeliveryId): Promise<Delivery | null> {
    return this.#kept.rows.get(id) ?? null;
  }

  async open(mailing: Id, shard: number, page: Page): Promise<Paged<Delivery>> {
    const open = this.#of(mailing).filter((row) => isOpen(row) && shardOf(row) === shard);
    return cutPage(open, page, { keyOf, backwards: false });
  }

  async troubled(mailing: Id, state: DeliveryState, page: Page): Promise<Paged<Delivery>> {
    const those = this.#of(mailing).filter((row) => row.state === state);
    return cutPage(those, page, { keyOf, backwards: false });
  }

  async claim({ id }: Delivery, terms: ClaimTerms): Promise<Claim> {
    const row = this.#kept.rows.get(id);
    const suppression = row ? await this.#suppressions.find(row.key) : null;
    const now = this.#kept.rows.get(id);
    if (!now || !(now.state === 'waiting' || (now.state === 'claimed' && now.since < terms.staleBefore)))
      return 'elsewhere';
    if (isSuppressed(suppression, { essential: false })) return this.#close(now, 'suppressed', terms.at);
    const week = `${now.key} ${terms.week}`;
    const had = this.#kept.weeks.get(week) ?? 0;
    if (now.weekly || (now.state === 'waiting' && had >= terms.weeklyCap)) return this.#hold(now, terms.at);
    if (now.state === 'waiting') this.#kept.weeks.set(week, had + 1);
    this.#kept.rows.set(id, { ...now, state: 'claimed', since: terms.at });
    this.#kept.claims.set(id, { claimant: this.#claimant, attempt: 0 });
    return 'taken';
  }

  #hold(row: Delivery, at: Instant): Claim {
    const { key: recipient, email, language, mailing, area } = row;
    const held = { recipient, email, language, mailing, area };
    this.#kept.held.set(heldKey(held), held);
    return this.#close(row, 'held', at);
  }

  #close(row: Delivery, state: 'suppressed' | 'held', since: Instant): Claim {
    this.#kept.rows.set(row.id, { ...row, state, since });
    return state;
  }

  async hand(id: DeliveryId, attempt: number, at: Instant): Promise<boolean> {
    if (!this.#isMine(id, attempt - 1) || !this.#move(id, 'claimed', 'handed', at)) return false;
    this.#kept.claims.set(id, { claimant: this.#claimant, attempt });
    return true;
  }

  async takeBack(id: DeliveryId, attempt: number, at: Instant): Promise<void> {
    if (this.#isMine(id, attempt)) this.#move(id, 'handed', 'claimed', at);
  }

  #isMine(id: DeliveryId, attempt: number): boolean {
    const claimed = this.#kept.claims.get(id);
    return claimed?.claimant === this.#claimant && claimed.attempt === attempt;
  }

  async settle(id: DeliveryId, to: 'accepted' | 'refused' | 'in-doubt', at: Instant): Promise<void> {
    this.#move(id, 'handed', to, at);
  }

  async counts(mailing: Id): Promise<DeliveryCounts> {
    const count = (state: DeliveryState) => this.#of(mailing).filter((row) => row.state === state).length;
    return {
      accepted: count('accepted'),
      delivered: count('delivered'),
      bounced: count('bounced'),
      complained: count('complained'),
      suppressed: count('suppressed'),
      held: count('held'),
      refused: count('refused'),
      'in-doubt': count('in-doubt'),
    };
  }

  toMove(id: DeliveryId, found: DeliveryFound, to: DeliveryState, at: Instant): Write {
    return asWrite({
      touches: `delivery ${id}`,
      check: () => (this.#kept.rows.get(id)?.state === found.state ? null : 'changed-meanwhile'),
      apply: () => {
        this.#move(id, found.state, to, at);
      },
    });
  }

  get held(): HeldMailings {
    const held = this.#kept.held;
    return {
      async *waiting() {
        yield* held.all().sort((a, b) => (heldKey(a) < heldKey(b) ? -1 : 1));
      },
      toRemove: (one) => asWrite(held.toRemove(heldKey(one))),
    };
  }

  #of(mailing: Id): readonly Delivery[] {
    return [...this.#kept.rows.values()].filter((row) => row.mailing === mailing);
  }

  #move(id: DeliveryId, from: DeliveryState, to: DeliveryState, since: Instant): boolean {
    const row = this.#kept.rows.get(id);
    if (row?.state !== from) return false;
    this.#kept.rows.set(id, { ...row, state: to, since });
    return true;
  }
}
