/**
 * A mail as the console lists it (`GET /mail`).
 *
 * `from` and `to` are bare addresses: the From header's, and the envelope's recipients (each once, in order).
 * `headers` is keyed by the names in the case in which they were sent (`List-Unsubscribe`, not
 * `list-unsubscribe`), values unfolded and undecoded; repeated headers are joined by a line feed.
 * `text` and `html` are decoded, and empty when the mail has no such part.
 */
export interface MailSummary {
  id: string;
  /** When it was accepted, by the laptop's clock: ISO 8601, UTC */
  at: string;
  from: string;
  to: string[];
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
  configurationSet: string | null;
  tags: Record<string, string>;
}

/** What the sender handed over beside the message itself. */
export interface Envelope {
  source: string;
  destinations: string[];
  configurationSet: string | null;
  tags: Record<string, string>;
}

export type MailContent = Pick<MailSummary, 'from' | 'subject' | 'text' | 'html' | 'headers'>;
