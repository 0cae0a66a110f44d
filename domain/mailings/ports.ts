import type { Instant } from '../shared/clock.ts';
import type { Write } from '../shared/facts.ts';
import type { CorrelationId, Id } from '../shared/ids.ts';
import type { Mail } from './message.ts';

/** Mails that follow from facts: stored with them, and carried on from there. */
export interface Outbox {
  /** Posts a mail together with the facts that it tells of. */
  toPost(mail: Mail): Write;
  find(id: Id): Promise<Mail | null>;
}

/**
 * What happened to each mail: `claimed` (a worker has it) → `handed` (the mail service is being called) →
 * `accepted` (the service has it). One claim per mail, ever; the seam for the full delivery ledger.
 */
export interface Deliveries {
  /**
   * Takes a mail for sending. `taken`: it is yours. `accepted`: it was sent before. `in-doubt`: it was
   * handed over and nobody knows whether it arrived, so it must not be sent again blindly.
   */
  claim(id: Id, at: Instant): Promise<'taken' | 'accepted' | 'in-doubt'>;
  /** Notes that the mail service has it, under its own message id. */
  accept(id: Id, serviceId: string, at: Instant): Promise<void>;
  /** Gives a mail back that the service refused: it was certainly not sent and may be tried again. */
  release(id: Id): Promise<void>;
}

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
}

/** The mail service. */
export interface Postman {
  /**
   * Hands one mail over; answers with the service's message id. Throws `MailRefused` when it certainly
   * was not sent, anything else when that is in doubt.
   */
  send(mail: Mail, words: RenderedMail): Promise<string>;
}

/** The mail service said no: nothing was sent. */
export class MailRefused extends Error {
  override readonly name = 'MailRefused';
}
