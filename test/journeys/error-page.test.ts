import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Actor, actorFrom } from '#domain/staff/actor.ts';
import { launchBrowser, openPage } from '#test/support/browser.ts';
import { checkPage } from '#test/support/page-checks.ts';
import { sharedLaptop } from '#test/support/shared-laptop.ts';
import { anAccount, aUnit, WARD } from '#test/support/stores/records.ts';
import { desktop } from '#test/support/views.ts';
import { textOf } from '#test/support/walks/walk.ts';
import { openWorld } from '#test/unit/web/world.ts';
import { replyToError } from '#web/http/error-pages.ts';
import type { HttpReply } from '#web/http/event.ts';
import type { WebEvent } from '#web/http/found.ts';
import { PageError } from '#web/http/reply.ts';
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

/** What these tests' laptop answers to no request is made here, and shown by the browser. */
const show = async (path: string, { statusCode, headers, body }: HttpReply): Promise<Page> => {
  const page = await openPage(browser, desktop, { baseURL: sharedLaptop().url });
  await page.route(`**${path}`, (route) => route.fulfill({ status: statusCode, headers, body }));
  await page.goto(path);
  return page;
};

const posted = (actor: Actor | null) =>
  ({
    rawPath: '/broken',
    headers: {},
    requestContext: { requestId: 'f2b2c8fb-f5e6-4471-a0b0-baac04e819ef' },
    found: { session: null, actor, form: new URLSearchParams({ text: textOf(1000), title: 'Lamps' }) },
  }) as unknown as WebEvent;

test.each([
  { who: 'the public', actor: null },
  { who: 'staff', actor: actorFrom(anAccount(), aUnit()) },
])(
  'a fault is told to $who with the number under which it was logged, and what was typed',
  async ({ actor }) => {
    const reply = replyToError(new Error('on purpose'), posted(actor), renderer(site, english));
    expect(reply.statusCode).toBe(500);
    const page = await show('/broken', reply);
    const main = (await page.locator('main').textContent()) ?? '';
    expect(main).toContain('Sorry, there is a problem with the service');
    expect(main).toContain('f2b2c8fb-f5e6-4471-a0b0-baac04e819ef');
    expect(main).toContain(textOf(1000));
    expect(main).not.toContain('on purpose');
    await checkPage(page);
    await page.context().close();
  },
);

test('whoever sends too much is told when to try again, and keeps what was typed', async () => {
  const error = new PageError(429, 'too-many', 90);
  const page = await show('/broken', replyToError(error, posted(null), renderer(site, english)));
  const main = (await page.locator('main').textContent()) ?? '';
  expect(main).toContain('Try again in 2 minutes');
  expect(await page.getByLabel('Text 1').inputValue()).toBe(textOf(1000));
  expect(await page.getByLabel('Text 2').inputValue()).toBe('Lamps');
  await checkPage(page);
  await page.context().close();
});

test('a form that was sent too quickly is shown again, with what was typed and with what to do', async () => {
  const limits = {
    postsPerMinute: 10,
    postsPerHour: 10,
    submissionsPerHour: 10,
    failedSignInsPerTenMinutes: 10,
    failedSignInsOfNetworkPerTenMinutes: 10,
    formSeconds: 2,
  };
  const address = `/areas/${WARD}/priorities/new`;
  const visitor = (await openWorld({ abuseLimits: limits })).visitor();
  const opened = /name="opened" value="([^"]*)"/.exec((await visitor.get(address)).body)?.[1] ?? '';
  const reply = await visitor.post(address, { text: textOf(900), website: '', opened });
  expect(reply.statusCode).toBe(400);
  const page = await show(address, reply);
  await page.locator('.govuk-error-summary').getByText('That was very quick').waitFor();
  expect(await page.inputValue('textarea')).toBe(textOf(900));
  await checkPage(page);
  await page.context().close();
});
