import type { Instant } from '../shared/clock.ts';
import type { Id } from '../shared/ids.ts';
import type { DeliveryId, MailEventKind } from './mail-event.ts';
import type { Recipient } from './recipient.ts';

/**
 * What happens to one recipient of one mailing:
 *
 * `waiting` (entered when the audience was frozen) → `claimed` (a worker has it; certainly not sent) → `handed` (the
 * mail service is being called) → `accepted` (it has the mail) → `delivered` / `bounced` / `complained` (what it says
 * of it later). Not sent at all: `suppressed` (the address must not be written to), `held` (too much this week, or
 * wanted weekly: it goes into the digest), `refused` (the mail service takes no such mail). `in-doubt`: handed over,
 * and nobody knows whether it arrived; never sent again, closed when the service tells of it after all.
 */
export const deliveryStates = [
  'waiting',
  'claimed',
  'handed',
  'accepted',
  'delivered',
  'bounced',
  'complained',
  'suppressed',
  'held',
  'refused',
  'in-doubt',
] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** What the mail service has told, or not yet: nothing later turns it back into an earlier one. */
const ranks: Readonly<Partial<Record<DeliveryState, number>>> = {
  handed: 0,
  'in-doubt': 0,
  accepted: 1,
  delivered: 2,
  bounced: 3,
  complained: 4,
};

const told: Readonly<Record<MailEventKind, DeliveryState>> = {
  sent: 'accepted',
  delivered: 'delivered',
  'bounced-hard': 'bounced',
  'bounced-soft': 'bounced',
  complained: 'complained',
  rejected: 'refused',
};

/**
 * What a mail becomes by what the service tells of it, whatever was told before and however often; null when that is
 * nothing new. A bounce may come after a delivery, and a complaint after both.
 */
export const nextState = (was: DeliveryState, event: MailEventKind): DeliveryState | null => {
  const next = told[event];
  const rank = ranks[was];
  if (rank === undefined) return null;
  if (next === 'refused') return rank <= 1 ? next : null;
  return (ranks[next] ?? 0) > rank ? next : null;
};

export type { DeliveryId } from './mail-event.ts';

/** One recipient of one mailing. */
export interface Delivery extends Recipient {
  readonly id: DeliveryId;
  readonly mailing: Id;
  readonly state: DeliveryState;
  /** When it came into this state. */
  readonly since: Instant;
}

/** How many recipients of a mailing are in each state; open ones are counted together. */
export type DeliveryCounts = Readonly<
  Record<Exclude<DeliveryState, 'waiting' | 'claimed' | 'handed'>, number>
>;

export const NO_DELIVERIES: DeliveryCounts = {
  accepted: 0,
  delivered: 0,
  bounced: 0,
  complained: 0,
  suppressed: 0,
  held: 0,
  refused: 0,
  'in-doubt': 0,
};
