import { cutPage } from '#adapters/memory/pages.ts';
import type { Audience, Audiences } from '#domain/mailings/audience.ts';
import { type Delivery, type DeliveryCounts, NO_DELIVERIES } from '#domain/mailings/delivery.ts';
import type { Mailing } from '#domain/mailings/mailing.ts';
import type { Ledger, MailTrouble, MailTroubles } from '#domain/mailings/mailing-ports.ts';
import type { Recipient } from '#domain/mailings/recipient.ts';
import { aMailing as aStoredMailing } from '#test/support/stores/records.ts';

/** The same people for every audience of the same areas; pages of two. */
class FakeAudiences implements Audiences {
  people: Recipient[] = [];
  asked: Audience[] = [];
  /** Pages without end. */
  endless = false;

  async page(audience: Audience, after: string | null, size: number) {
    this.asked.push(audience);
    const start = Number(after ?? 0);
    const recipients = this.people.slice(start, start + Math.min(size, this.endless ? size : 2));
    const next = start + recipients.length;
    if (this.endless) return { recipients: this.people.slice(0, size), next: String(start) };
    return { recipients, next: next < this.people.length ? String(next) : null };
  }
}

class FakeLedger implements Pick<Ledger, 'counts' | 'troubled'> {
  counted: Partial<DeliveryCounts> = {};
  rows: Delivery[] = [];

  async counts(): Promise<DeliveryCounts> {
    return { ...NO_DELIVERIES, ...this.counted };
  }

  async troubled(...[mailing, state, page]: Parameters<Ledger['troubled']>) {
    const rows = this.rows.filter((row) => row.mailing === mailing && row.state === state);
    return cutPage(rows, page, { keyOf: ({ since, id }) => `${since}#${id}`, backwards: true });
  }
}

class FakeTroubles implements MailTroubles {
  troubles: MailTrouble[] = [];

  async list(page: Parameters<MailTroubles['list']>[0]) {
    return cutPage(this.troubles, page, { keyOf: ({ since, id }) => `${since}#${id}`, backwards: true });
  }
}

export const LIMIT = 3;

/** In the place of stores: what is found in them can be set. */
export const openMailingFakes = () => ({
  audiences: new FakeAudiences(),
  ledger: new FakeLedger(),
  mailTroubles: new FakeTroubles(),
  approvalAbove: LIMIT,
});

export const aRecipient = (changes: Partial<Recipient> = {}): Recipient => ({
  key: `key-${changes.email ?? 'resident@example.org'}`,
  email: 'resident@example.org',
  language: 'en-GB',
  area: null,
  weekly: false,
  ...changes,
});

/** So many people. */
export const people = (count: number): Recipient[] =>
  Array.from({ length: count }, (_, at) => aRecipient({ email: `person-${at + 1}@example.org` }));

/** A mailing that nobody has submitted, under an id that addresses can name. */
export const aMailing = (changes: Partial<Mailing> = {}): Mailing =>
  aStoredMailing({
    id: 'mailing-1',
    subject: 'What we do about speeding',
    source: 'Dear neighbours in ((area))\n\nWe have put up a camera.',
    audience: { kind: 'wrote', areas: ['E09000999'] },
    ...{ replyTo: null, submittedBy: null },
    ...changes,
  });
