import { expect } from 'vitest';
import type { MailSummary } from '#infra/local/mail.ts';
import type { Fields, PageSeen, Visitor } from '#test/support/http-client.ts';
import type { ProductLaptop } from '#test/support/product-laptop.ts';

/** What somebody types and ticks on the form of a mailing. */
export interface Written {
  readonly subject: string;
  readonly source: string;
  readonly areas: readonly string[];
  /** Those who asked to hear about these; left out, those who wrote. */
  readonly topics?: readonly string[];
}

/** Fills in the form of a mailing, and saves; answers with the page that follows. */
export function saveMailing(staff: Visitor, form: PageSeen, written: Written): Promise<PageSeen> {
  const { subject, source, areas, topics = [] } = written;
  const kind = topics.length === 0 ? 'wrote' : 'subscribed';
  const { url, body } = staff.fill(form, { subject, source, kind });
  for (const [name, ticked] of Object.entries({ areas, topics })) {
    body.delete(name);
    for (const value of ticked) body.append(name, value);
  }
  return staff.open(url, { method: 'POST', body });
}

/** Begins a mailing; answers with its page. */
export async function draftMailing(staff: Visitor, written: Written): Promise<PageSeen> {
  const page = await saveMailing(staff, await staff.open('/staff/mailings/new'), written);
  expect(page.html.text, page.html.heading).toContain('The draft is saved.');
  return page;
}

/** Presses a button of the page of a mailing: `test`, `pause`, `withdraw`, `clone`. */
export const press = (staff: Visitor, page: PageSeen, button: string): Promise<PageSeen> =>
  staff.submit(page, {}, ({ action }) => action?.endsWith(`/${button}`) ?? false);

/** Follows a link of the page of a mailing, and answers what is asked there: `Send`, `Resume`, `Cancel this mailing`. */
export const carryOut = async (
  staff: Visitor,
  page: PageSeen,
  link: string,
  answer: Fields = {},
): Promise<PageSeen> => staff.submit(await staff.follow(page, link), answer);

/** Lets a draft go at once. */
export const sendNow = (staff: Visitor, page: PageSeen): Promise<PageSeen> =>
  carryOut(staff, page, 'Send', { when: 'now' });

export const pathOf = (page: PageSeen): string => page.url.pathname;
export const idOf = (page: PageSeen): string => pathOf(page).split('/').at(-1) ?? '';

/** The figures on the page of a mailing, by what they are of. */
export function figuresOf(page: PageSeen): Readonly<Record<string, number>> {
  const rows = page.source.matchAll(
    /<th scope="row"[^>]*>([^<]+)<br>[\s\S]*?<td[^>]*--numeric">\s*([\d,]+)\s*<\/td>/g,
  );
  return Object.fromEntries(
    [...rows].map(([, what = '', count = '']) => [what, Number(count.replace(',', ''))]),
  );
}

/** Lets so many people have left their addresses with something about an area. */
export async function enterContacts(
  laptop: Pick<ProductLaptop, 'store'>,
  area: string,
  emails: readonly string[],
): Promise<void> {
  const { facts, contacts, keyOfRecipient, clock } = await laptop.store();
  const leftAt = clock.now();
  for (let from = 0; from < emails.length; from += MOST_AT_ONCE) {
    const writes = emails
      .slice(from, from + MOST_AT_ONCE)
      .map((email) =>
        contacts.toKeep({ key: keyOfRecipient(email), email, area, language: 'en-GB', leftAt }),
      );
    expect(await facts.commit(writes)).toEqual({ refused: null });
  }
}

/** As many as one transaction takes. */
const MOST_AT_ONCE = 100;

/** The mails of a mailing, by its subject, to each address that got one. */
export async function mailsOf(
  laptop: Pick<ProductLaptop, 'mail'>,
  subject: string,
): Promise<readonly MailSummary[]> {
  return (await laptop.mail()).filter((mail) => mail.tags.kind === 'mailing' && mail.subject === subject);
}
