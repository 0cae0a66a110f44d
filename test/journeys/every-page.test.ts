import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, openPage } from '#test/support/browser.ts';
import { findFaults, findLayoutFaults } from '#test/support/page-checks.ts';
import { sharedLaptop } from '#test/support/shared-laptop.ts';
import { allViews, desktop, type View } from '#test/support/views.ts';

const laptop = sharedLaptop();
const coordinator = 'coordinator@folkmoot.example';

/** All wards have the same page; two show whether what differs is sound, too. */
const ENOUGH_OF_A_KIND = 2;

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(() => browser?.close());

describe.each([
  { who: 'the public', start: ['/', '/nothing-here'], within: '/', cookie: async () => undefined },
  {
    who: 'a coordinator',
    start: ['/staff', '/staff/nothing-here'],
    within: '/staff',
    cookie: async () => (await laptop.session(coordinator)).cookie,
  },
])('every page that links lead $who to', ({ start, within, cookie }) => {
  let paths: readonly string[];
  const pages = new Map<View, Page>();

  beforeAll(async () => {
    const header = await cookie();
    for (const view of allViews) {
      const options = { baseURL: laptop.url, ...(header === undefined ? {} : { cookie: header }) };
      pages.set(view, await openPage(browser, view, options));
    }
    paths = (await follow(pageFor(desktop), start)).filter((path) => path.startsWith(within));
  });

  afterAll(async () => {
    for (const page of pages.values()) await page.context().close();
  });

  function pageFor(view: View): Page {
    const page = pages.get(view);
    if (page === undefined) throw new Error(`no page for ${view.name}`);
    return page;
  }

  test.each(allViews)(
    'is sound: $name',
    async (view) => {
      expect(paths.length).toBeGreaterThan(3);
      // What is the same in every view is looked for once.
      const find = view === desktop ? findFaults : findLayoutFaults;
      const faults: Record<string, readonly string[]> = {};
      for (const path of paths) {
        await pageFor(view).goto(path);
        const found = await find(pageFor(view));
        if (found.length > 0) faults[path] = found;
      }
      expect(faults).toEqual({});
    },
    600_000,
  );
});

/** The pages of this service that can be reached by links, a few of each kind. */
async function follow(page: Page, start: readonly string[]): Promise<readonly string[]> {
  const found = [...start];
  const kinds = new Map<string, number>();
  for (const path of found) {
    await page.goto(path);
    for (const link of await page.locator('a[href]').evaluateAll(readAddresses)) {
      const { origin, pathname, search } = new URL(link);
      const address = `${pathname}${search}`;
      const kind = kindOf(pathname, search);
      const known = kinds.get(kind) ?? 0;
      if (origin !== laptop.url || found.includes(address) || leadsOut(pathname)) continue;
      if (known >= ENOUGH_OF_A_KIND) continue;
      kinds.set(kind, known + 1);
      found.push(address);
    }
  }
  return found;
}

/** Ids do not make another kind of page, and codes only by what they begin with: E09 is a borough, E05 a ward. */
function kindOf(path: string, search: string): string {
  const kind = path.replace(/\/[0-9a-f]+(-[0-9a-f]+)+/g, '/*').replace(/(\/[A-Z]\d\d)\d+/g, '$1*');
  const names = [...new URLSearchParams(search).keys()].join('&');
  return `${kind}?${names}`;
}

/** To the sign-in pages of the issuer, which are not ours, or to a file, which is no page. */
const leadsOut = (path: string) =>
  /^\/sign-(in|out)\b|\.(csv|xlsx|docx)$|^\/documents\/files\/|^\/staff\/documents\/[^/]+\/files\//.test(
    path,
  );

/** Runs in the page. */
function readAddresses(links: readonly unknown[]): readonly string[] {
  return (links as readonly { readonly href: string }[]).map(({ href }) => href);
}
