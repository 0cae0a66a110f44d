import type { Instant } from '../shared/clock.ts';

/** Names one mail to one mailbox: a mail of the outbox by its id, a recipient of a mailing as `MAILING.RECIPIENT`. */
export type DeliveryId = string;

/** What a mail service tells of a mail after it was handed over. */
export const mailEventKinds = [
  /** It has the mail: what a lost answer would have said. */
  'sent',
  /** The recipient's mail server has taken it. */
  'delivered',
  /** The address does not exist or never takes mail. */
  'bounced-hard',
  /** Not now: a full mailbox, a server that was away for too long. */
  'bounced-soft',
  /** The recipient called it spam. */
  'complained',
  /** The service refused it after all: a virus, or a template that cannot be filled in. */
  'rejected',
] as const;
export type MailEventKind = (typeof mailEventKinds)[number];

export interface MailEvent {
  readonly delivery: DeliveryId;
  readonly kind: MailEventKind;
  /** The address that it is about. */
  readonly email: string;
  /** The service's own name for the mail. */
  readonly serviceId: string;
  readonly at: Instant;
}
