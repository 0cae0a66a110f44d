import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import type { World } from './world.ts';

/** What a walk happens on. */
export interface Stage {
  readonly page: Page;
  readonly world: World;
  /** Called in each state of a page that the walk comes to: a test checks the page, another takes a picture. */
  readonly show: (state: string) => Promise<void>;
}

/** A way through the pages, from state to state. It throws where a page is not as a person needs it. */
export interface Walk {
  readonly name: string;
  /** Who is signed in; null for the public. */
  readonly as: string | null;
  /** Whether scripts change what its pages look like or how they behave. */
  readonly scripted?: boolean;
  readonly walk: (stage: Stage) => Promise<void>;
}

const asPattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Waits until the page says something, in its main part. */
export const see = (page: Page, text: string): Promise<void> =>
  page.locator('main').getByText(text).first().waitFor();

/** Waits for the page's own heading. */
export const seeHeading = (page: Page, text: string): Promise<void> =>
  page.getByRole('heading', { level: 1, name: text }).waitFor();

/** Presses a button of a form, and waits for the page that answers. */
export const press = (page: Page, name: string): Promise<void> =>
  goBy(page, page.locator('main').getByRole('button', { name, exact: true }));

/** Follows a link, also one that looks like a button. */
export const follow = (page: Page, name: string): Promise<void> => {
  const exactly = new RegExp(`^\\s*${asPattern(name)}\\s*$`);
  return goBy(page, page.locator('a').filter({ hasText: exactly }).first());
};

/** Clicks what leads to another page, and waits for that. */
export async function goBy(page: Page, way: Locator): Promise<void> {
  await Promise.all([page.waitForEvent('domcontentloaded'), way.click()]);
}

/** What is wrong with a form: field id by sentence. */
export type Wrong = Readonly<Record<string, string>>;

/**
 * Fails unless the page says in its title that there is an error, names every one of these in a summary whose links
 * lead to the fields, and beside each field; with scripts, the summary has the focus.
 */
export async function seeErrors(page: Page, wrong: Wrong): Promise<void> {
  await page.locator('.govuk-error-summary').waitFor();
  const links = await page.locator('.govuk-error-summary__list a').evaluateAll(readLinks);
  assert.deepEqual(Object.fromEntries(links), wrong);
  assert.match(await page.title(), /^Error: /);
  for (const [field, sentence] of Object.entries(wrong)) {
    assert.equal(await page.locator(`[id="${field}"]`).count(), 1, `there is no field ${field}`);
    assert.match(
      (await page.locator(`[id="${field}-error"]`).textContent()) ?? '',
      new RegExp(asPattern(sentence)),
    );
  }
  const isScripted = (await page.locator('body.govuk-frontend-supported').count()) === 1;
  if (isScripted) await page.locator('.govuk-error-summary:focus').waitFor();
}

/** Runs in the page. */
function readLinks(links: readonly unknown[]): [string, string][] {
  return (links as readonly { readonly hash: string; readonly textContent: string }[]).map(
    ({ hash, textContent }) => [hash.slice(1), textContent.trim()],
  );
}

/** Pretends that a radio button means something else, as nobody's browser would by itself. */
export const changeValue = (page: Page, selector: string, value: string): Promise<void> =>
  page.locator(selector).evaluate((element, to) => {
    (element as { value: string }).value = to;
  }, value);

/** The path and query where the page is. */
export const whereIs = (page: Page): string => {
  const { pathname, search } = new URL(page.url());
  return `${pathname}${search}`;
};

const mixed = `${'Pneumonoultramicroscopicsilicovolcanoconiosis'.repeat(3)} 🚲🚓 ${'We see it every week. '.repeat(120)}`;

/** So many characters, some of them outside the basic plane, with a word that fits no phone. */
export const textOf = (length: number): string => `${[...mixed].slice(0, length - 1).join('')}x`;
