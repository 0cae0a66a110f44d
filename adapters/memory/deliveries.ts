import type { DeliveryState } from '#domain/mailings/delivery.ts';
import type { DeliveryFound, DeliveryRows } from '#domain/mailings/mailing-ports.ts';
import type { Deliveries, MailClaimed, Suppressions } from '#domain/mailings/ports.ts';
import { STALE_SECONDS } from '#domain/mailings/working-time.ts';
import { addSeconds, type Instant } from '#domain/shared/clock.ts';
import type { Write } from '#domain/shared/facts.ts';
import type { Id } from '#domain/shared/ids.ts';
import { asWrite } from './changes.ts';
import type { MemoryOutbox } from './outbox.ts';
import { isSuppressed } from './suppression-check.ts';

interface Row {
  readonly state: DeliveryState;
  readonly since: Instant;
  /** The last claim of it. */
  readonly claim: symbol | null;
}

/** As long as a mail may still be sent, the secret of the link in it is needed. */
const MAY_NEED_SECRET: ReadonlySet<DeliveryState> = new Set(['waiting', 'handed', 'in-doubt']);

export class MemoryDeliveries implements Deliveries, DeliveryRows {
  readonly #outbox: MemoryOutbox;
  readonly #suppressions: Pick<Suppressions, 'find'>;
  readonly #rows: Map<Id, Row>;
  /** The claims of this process. */
  readonly #claims = new Map<Id, symbol>();

  constructor(
    outbox: MemoryOutbox,
    suppressions: Pick<Suppressions, 'find'>,
    rows: Map<Id, Row> = new Map(),
  ) {
    this.#outbox = outbox;
    this.#suppressions = suppressions;
    this.#rows = rows;
  }

  /** The same deliveries, as another process has them. */
  elsewhere(): MemoryDeliveries {
    return new MemoryDeliveries(this.#outbox, this.#suppressions, this.#rows);
  }

  /** What became of mails that somebody has claimed. */
  get states(): readonly (Row & { readonly id: Id })[] {
    return [...this.#rows].map(([id, row]) => ({ id, ...row }));
  }

  async claim(mail: MailClaimed, at: Instant): Promise<'taken' | 'accepted' | 'suppressed' | 'in-doubt'> {
    const suppression = await this.#suppressions.find(mail.recipient);
    if (!(await this.#outbox.find(mail.id))) throw new Error(`There is no mail ${mail.id} to claim`);
    const row = this.#rows.get(mail.id);
    if (row && row.state !== 'waiting') return this.#earlier(mail.id, row, at);
    const state = isSuppressed(suppression, mail) ? 'suppressed' : 'handed';
    const claim = Symbol(mail.id);
    this.#claims.set(mail.id, claim);
    this.#rows.set(mail.id, { state, since: at, claim });
    return state === 'handed' ? 'taken' : state;
  }

  #earlier(id: Id, { state, since, claim }: Row, at: Instant): 'accepted' | 'suppressed' | 'in-doubt' {
    if (state === 'suppressed' || state === 'in-doubt') return state;
    if (state !== 'handed') return 'accepted';
    if (since < addSeconds(at, -STALE_SECONDS)) this.#rows.set(id, { state: 'in-doubt', since: at, claim });
    return 'in-doubt';
  }

  async accept(id: Id, _serviceId: string, at: Instant): Promise<void> {
    const state = this.#rows.get(id)?.state;
    if (state === 'handed' || state === 'in-doubt') this.#move(id, 'accepted', at);
  }

  async release(id: Id, at: Instant): Promise<void> {
    const row = this.#rows.get(id);
    if (row?.state === 'handed' && row.claim === this.#claims.get(id)) this.#move(id, 'waiting', at);
  }

  async find(id: Id): Promise<DeliveryFound | null> {
    return (await this.#outbox.find(id)) ? { state: this.#stateOf(id), mailing: null } : null;
  }

  toMove(id: Id, found: DeliveryFound, to: DeliveryState, at: Instant): Write {
    return asWrite({
      touches: `mail ${id}`,
      check: () => (this.#stateOf(id) === found.state ? null : 'changed-meanwhile'),
      apply: () => this.#move(id, to, at),
    });
  }

  #stateOf(id: Id): DeliveryState {
    return this.#rows.get(id)?.state ?? 'waiting';
  }

  #move(id: Id, state: DeliveryState, since: Instant): void {
    this.#rows.set(id, { state, since, claim: this.#rows.get(id)?.claim ?? null });
    if (!MAY_NEED_SECRET.has(state)) this.#outbox.forgetSecret(id);
  }
}
