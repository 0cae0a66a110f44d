import { expect } from 'vitest';
import type { Fields, PageSeen, Visitor } from '#test/support/http-client.ts';
import type { ProductLaptop } from '#test/support/product-laptop.ts';

export interface Said {
  readonly text: string;
  readonly category?: string;
  readonly email?: string;
}

export interface Left {
  readonly reference: string;
  /** The page that confirms it; it can be loaded again. */
  readonly page: PageSeen;
}

const REFERENCE = /^[A-HJ-NPR-Y]{2}[2-9][A-HJ-NPR-Y]{2}[2-9][A-HJ-NPR-Y]{2}$/;

/** Fills in the journey that leaves a priority of one's own, up to the page that shows the answers. */
export async function prepareOwn(person: Visitor, ward: string, said: Said): Promise<PageSeen> {
  const first = await person.open(`/areas/${ward}/priorities/new`);
  let page = await person.submit(first, { text: said.text });
  page = await continueDespiteWarning(person, page);
  expect(page.html.heading).toBe('What is it about?');
  page = await person.submit(page, { category: said.category ?? '' });
  return fillAddress(person, page, said.email);
}

/** Fills in the journey that supports a priority, up to the page that shows the answers. */
export async function prepareSupport(person: Visitor, priority: string, said: Said): Promise<PageSeen> {
  const first = await person.open(`/priorities/${priority}/support`);
  const page = await continueDespiteWarning(person, await person.submit(first, { text: said.text }));
  return fillAddress(person, page, said.email);
}

async function continueDespiteWarning(person: Visitor, page: PageSeen): Promise<PageSeen> {
  return page.html.heading === 'Before you go on' ? person.follow(page, 'Continue with what I wrote') : page;
}

async function fillAddress(person: Visitor, page: PageSeen, email = ''): Promise<PageSeen> {
  expect(page.html.heading).toBe('Would you like an answer by e-mail?');
  const check = await person.submit(page, { email });
  expect(check.html.heading).toBe('Check your answers before you send them');
  return check;
}

/** Presses "Send" and reads the reference. */
export async function sendPrepared(person: Visitor, check: PageSeen): Promise<Left> {
  const page = await person.submit(check);
  return { page, reference: readReference(page) };
}

/** The reference on the page that confirms a submission. */
export function readReference(page: PageSeen): string {
  const panel = page.html.byClass('govuk-panel__body')[0] ?? '';
  const reference = panel.replace('Your reference', '').trim();
  expect(reference, `${page.status} ${page.url.pathname}: ${page.html.heading}`).toMatch(REFERENCE);
  return reference;
}

export async function leaveOwn(person: Visitor, ward: string, said: Said): Promise<Left> {
  return sendPrepared(person, await prepareOwn(person, ward, said));
}

export async function support(person: Visitor, priority: string, said: Said = { text: '' }): Promise<Left> {
  return sendPrepared(person, await prepareSupport(person, priority, said));
}

/** Turns the pages of the inbox until the submission is found, and opens it. */
export async function openFromInbox(staff: Visitor, reference: string): Promise<PageSeen> {
  let page = await staff.open('/staff/inbox');
  for (;;) {
    if (page.html.links.some(({ text }) => text === reference)) return staff.follow(page, reference);
    page = await staff.follow(page, 'Next page');
  }
}

/** Opens a submission by its reference without turning pages: quicker where the inbox is long. */
export async function openSubmission(
  laptop: ProductLaptop,
  staff: Visitor,
  reference: string,
): Promise<PageSeen> {
  const found = await (await laptop.store()).submissions.findByReference(reference);
  return staff.open(`/staff/submissions/${found?.id}`);
}

/** Saves a decision on the page of a submission; answers with what follows it. */
export function decide(staff: Visitor, page: PageSeen, fields: Fields): Promise<PageSeen> {
  return staff.submit(page, fields);
}

/** Writes an answer, and opens its preview. */
export async function previewAnswer(staff: Visitor, page: PageSeen, answer: string): Promise<PageSeen> {
  const preview = await staff.submit(page, { answer });
  expect(preview.html.heading).toBe('Check the answer before you send it');
  return preview;
}

/** Sends (or records) the answer of a preview. */
export function sendAnswer(staff: Visitor, preview: PageSeen): Promise<PageSeen> {
  return staff.submit(preview, {}, ({ action }) => action?.endsWith('/answer/send') ?? false);
}
