import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openPage } from '#test/support/browser.ts';
import { checkPage } from '#test/support/page-checks.ts';
import { sharedLaptop } from '#test/support/shared-laptop.ts';
import { desktop } from '#test/support/views.ts';
import { textOf } from '#test/support/walks/walk.ts';
import { replyToError } from '#web/http/error-pages.ts';
import type { WebEvent } from '#web/http/found.ts';
import { publicTemplates } from '#web/public-routes.ts';
import { renderer } from '#web/render/render.ts';
import { english } from '#web/render/translate.ts';
import type { Site } from '#web/site.ts';

const site: Site = {
  organisation: 'Sampleton Police and Crime Authority',
  service: 'Folkmoot',
  phase: 'beta',
  contactEmail: 'contact@folkmoot.example',
  reportCrimeUrl: 'https://www.police.uk/pu/contact-us/',
};

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(() => browser?.close());

/** A fault is what nobody expects: no address leads to one, so its page is made here and shown by the browser. */
test.each([
  { who: 'the public', actor: null },
  { who: 'staff', actor: { post: 'Neighbourhood sergeant' } },
])(
  'a fault is told to $who with the number under which it was logged, and what was typed',
  async ({ actor }) => {
    const page = await openPage(browser, desktop, { baseURL: sharedLaptop().url });
    const event = {
      rawPath: '/broken',
      headers: {},
      requestContext: { requestId: 'f2b2c8fb-f5e6-4471-a0b0-baac04e819ef' },
      found: { session: null, actor, form: new URLSearchParams({ text: textOf(1000) }) },
    } as unknown as WebEvent;
    const { statusCode, headers, body } = replyToError(
      new Error('on purpose'),
      event,
      renderer(site, english, publicTemplates),
    );
    expect(statusCode).toBe(500);
    await page.route('**/broken', (route) => route.fulfill({ status: statusCode, headers, body }));
    await page.goto('/broken');
    const main = (await page.locator('main').textContent()) ?? '';
    expect(main).toContain('Sorry, there is a problem with the service');
    expect(main).toContain('f2b2c8fb-f5e6-4471-a0b0-baac04e819ef');
    expect(main).toContain(textOf(1000));
    expect(main).not.toContain('on purpose');
    await checkPage(page);
    await page.context().close();
  },
);
