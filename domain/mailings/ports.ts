import type { Instant } from '../shared/clock.ts';
import type { Write } from '../shared/facts.ts';
import type { CorrelationId, Id } from '../shared/ids.ts';
import type { DeliveryId } from './delivery.ts';
import type { Mail } from './message.ts';
import type { RecipientKey } from './recipient.ts';

/** Mails that follow from facts: stored with them, and carried on from there. */
export interface Outbox {
  /** Posts a mail together with the facts that it tells of. */
  toPost(mail: Mail): Write;
  find(id: Id): Promise<Mail | null>;
}

/** What is claimed: a mail of the outbox, to whom, and whether an address that has unsubscribed gets it all the same. */
export interface MailClaimed {
  readonly id: Id;
  readonly recipient: RecipientKey;
  readonly essential: boolean;
}

/** What happened to each mail of the outbox: `handed` → `accepted` and on (see `DeliveryState`). One claim, ever. */
export interface Deliveries {
  /**
   * Takes a mail for sending. `taken`: it is yours. `accepted`: it was sent before. `suppressed`: the address must not
   * be written to, and that is noted. `in-doubt`: it was handed over and nobody knows whether it arrived, so it must
   * not be sent again blindly; that is noted, too.
   */
  claim(mail: MailClaimed, at: Instant): Promise<'taken' | 'accepted' | 'suppressed' | 'in-doubt'>;
  /** Notes that the mail service has it, under its own message id; the secret of a link is forgotten with that. */
  accept(id: Id, serviceId: string, at: Instant): Promise<void>;
  /** Gives a mail back that the service refused: it was certainly not sent and may be tried again. */
  release(id: Id, at: Instant): Promise<void>;
}

/** Why an address must not be written to. */
export const suppressionReasons = ['unsubscribed', 'complained', 'bounced'] as const;
export type SuppressionReason = (typeof suppressionReasons)[number];

/** What is known against writing to an address: when it came about; null where it did not. */
export type Suppression = Readonly<Record<SuppressionReason, Instant | null>> & {
  /** Bounces in a row that were not for ever. */
  readonly softBounces: number;
};

/**
 * Which addresses must not be written to. `bounced` and `complained` hold for every mail, `unsubscribed` for what is
 * not essential. Asked within the claim of each mail, so that none is claimed after it was noted.
 */
export interface Suppressions {
  /** Null when nothing is known against it. */
  find(recipient: RecipientKey): Promise<Suppression | null>;
  /** Notes a reason; the first time it came about stays. */
  toSuppress(recipient: RecipientKey, reason: SuppressionReason, at: Instant): Write;
  /** Notes how many bounces in a row were not for ever; 0 when a mail has arrived. */
  toCountSoftBounces(recipient: RecipientKey, count: number): Write;
  /** Lifts a reason: somebody signed up anew, or a mailbox works again. */
  toLift(recipient: RecipientKey, reason: SuppressionReason): Write;
}

/** What a signed token of a mail is good for. One for another purpose is none. */
export type TokenPurpose = 'unsubscribe' | 'preferences' | 'reminder';

/**
 * Signed tokens in links of mails: who holds one is taken for the recipient, for that purpose and nothing else. A
 * token to unsubscribe is good for ever, since a mail may be opened years later; one for preferences ends. One of a
 * reminder opens nothing: staff sign in, and it says to whom the mail was written.
 */
export interface MailTokens {
  sign(purpose: TokenPurpose, recipient: RecipientKey, endsAt: Instant | null): Promise<string>;
  /** Whose it is; null when it is not ours, is for another purpose, or has ended. */
  read(purpose: TokenPurpose, token: string): Promise<RecipientKey | null>;
}

/** Makes the key of an address. */
export type KeyOfRecipient = (email: string) => RecipientKey;

/** A mail of the outbox that waits to be sent. */
export interface MailAnnounced {
  readonly id: Id;
  readonly correlationId: CorrelationId;
}

/** Announces mails to the workers that send them. */
export interface MailQueue {
  /**
   * Announces these mails, however many, and names those that were not taken. A mail may be announced
   * more than once: the worker claims it before it sends.
   */
  announce(mails: readonly MailAnnounced[]): Promise<{ failed: readonly Id[] }>;
}

/** The words of a mail, ready to go. */
export interface RenderedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Where one POST unsubscribes (RFC 8058); null for essential mail. */
  readonly oneClickUrl: string | null;
}

/** Puts a message into words, in the language of whom it is for. */
export type RenderMail = (mail: Pick<Mail, 'message' | 'language'>) => RenderedMail;

/** A mail as the mail service is given it: to whom, and under which name it is kept. */
export type Envelope = Pick<Mail, 'to' | 'replyTo' | 'correlationId'> & {
  readonly id: DeliveryId;
  readonly kind: Mail['message']['kind'];
};

export const envelopeOf = ({ id, to, replyTo, correlationId, message: { kind } }: Mail): Envelope => ({
  ...{ id, to, replyTo, correlationId, kind },
});

/** The mail service. */
export interface Postman {
  /**
   * Hands one mail over; answers with the service's message id. Throws `MailThrottled` when it takes none at the
   * moment, `MailRefused` when it certainly was not sent for another reason, anything else when that is in doubt.
   */
  send(envelope: Envelope, words: RenderedMail): Promise<string>;
}

/** The mail service said no: nothing was sent. */
export class MailRefused extends Error {
  override readonly name: string = 'MailRefused';
}

/** It takes no such mail to this address, now or later. */
export class MailUnacceptable extends MailRefused {
  override readonly name = 'MailUnacceptable';
}

/** Too many mails at once, or too many today: nothing was sent, and later it will be. */
export class MailThrottled extends MailRefused {
  override readonly name = 'MailThrottled';
}
