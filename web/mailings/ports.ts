import type { Areas } from '#domain/areas/ports.ts';
import type { MailingDeeds } from '#domain/mailings/deeds.ts';
import type { Ledger, Mailings, MailTroubles } from '#domain/mailings/mailing-ports.ts';
import type { RenderMail } from '#domain/mailings/ports.ts';

/** What the pages about mailings need. */
export interface MailingPagePorts {
  readonly areas: Areas;
  readonly mailings: Pick<Mailings, 'find' | 'list' | 'waiting'>;
  readonly ledger: Pick<Ledger, 'counts' | 'troubled'>;
  readonly mailTroubles: MailTroubles;
  readonly mailingDeeds: MailingDeeds;
  readonly renderMail: RenderMail;
  /** A mailing to more people needs a second person. */
  readonly approvalAbove: number;
}
