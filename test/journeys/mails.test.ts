import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MessageKind } from '#domain/mailings/message.ts';
import type { MailSummary } from '#infra/local/mail.ts';
import { launchBrowser, openPage } from '#test/support/browser.ts';
import { checkMail } from '#test/support/page-checks.ts';
import { sharedLaptop } from '#test/support/shared-laptop.ts';
import { desktop } from '#test/support/views.ts';
import { textOf } from '#test/support/walks/walk.ts';
import { prepareWorld, team, type World } from '#test/support/walks/world.ts';

const laptop = sharedLaptop();
const email = 'letters@example.org';
const thanks = 'Thank you for telling us.\n\nWe have looked into it.';

/** Every letter that there is, with what it says and whom it goes to. */
const letters = [
  { name: 'receipt of an own priority', to: email, says: 'Thank you for telling the local team for' },
  { name: 'receipt of support', to: email, says: 'You have been counted.' },
  { name: 'answer: joined', to: email, says: 'was added to a priority' },
  { name: 'answer: adopted', to: email, says: 'as a new priority' },
  { name: 'answer: passed on', to: email, says: 'has passed what you sent on to' },
  { name: 'answer: not taken up', to: email, says: 'has not taken this up' },
  { name: 'something to read now', to: team, says: 'that should be read now' },
  { name: 'digest', to: team, says: 'since the last working-day morning' },
];

const ways = [
  { way: 'in light colours', media: { colorScheme: 'light' } },
  { way: 'in dark colours', media: { colorScheme: 'dark' } },
  { way: 'in colours of the reader', media: { forcedColors: 'active' } },
] as const;

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
  const world = await prepareWorld(laptop);
  await answerEverything(world);
  await world.leave({ text: 'Somebody is breaking into my car right now.' });
  await passWorkingDayMorning();
});

afterAll(() => browser?.close());

async function answerEverything({ leave, answer, priorities }: World): Promise<void> {
  const ask = (text: string) => leave({ text, email });
  const { updated } = priorities;
  await answer(await ask(textOf(1000)), { decision: 'join', priority: updated.split('/')[2] ?? '' }, thanks);
  const title = `Lights in the multi-storey car park of the shopping centre ${Date.now()}`;
  await answer(
    await ask('It is dark.'),
    { decision: 'adopt', title, description: 'It is dark there.' },
    thanks,
  );
  await answer(await ask('A tree fell.'), { decision: 'pass-on', to: 'Sampleton Council' }, textOf(2000));
  await answer(
    await ask('Fog.'),
    { decision: 'not-take-up', reason: 'Nobody can do anything about it.' },
    thanks,
  );
  await leave({ text: 'It is worst on Fridays.', supports: updated, email });
}

/** Digests go out on working-day mornings: the clock passes the next one, and is set right again. */
async function passWorkingDayMorning(): Promise<void> {
  const schedules = await laptop.console<{ name: string; next: string }[]>('/schedules');
  const digests = schedules.find(({ name }) => name === 'mail-area-digests');
  const morning = new Date(Date.parse(digests?.next ?? '') + 60_000);
  await laptop.clock(morning.toISOString());
  await laptop.clock(null);
}

async function find(to: string, says: string): Promise<MailSummary> {
  const giveUpAt = performance.now() + 60_000;
  for (;;) {
    const found = (await laptop.mail(to)).find(({ text }) => text?.includes(says));
    if (found) return found;
    if (performance.now() > giveUpAt) throw new Error(`no mail to ${to} says “${says}”`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Reads a mail in every way in which people read. */
async function readByEverybody(mail: Pick<MailSummary, 'html' | 'subject'>, says: string): Promise<void> {
  const page = await openPage(browser, desktop, { baseURL: laptop.url });
  await page.route('**/mail', (route) => route.fulfill({ body: mail.html ?? '', contentType: 'text/html' }));
  for (const { way, media } of ways) {
    await page.emulateMedia(media);
    await page.goto('/mail');
    expect(await page.locator('body').textContent(), way).toContain(says);
    await checkMail(page);
  }
  // Twice as large, as for whoever has set so in the browser.
  await page.addStyleTag({ content: 'html { font-size: 200% }' });
  await checkMail(page);
  expect(await page.title()).toBe(mail.subject);
  await page.context().close();
}

/** Messages that no walk of this file sends, with sample data. */
const samples = [
  'staff-invitation',
  'subscription-confirmation',
  'preferences-link',
  'mailing',
  'weekly-digest',
  'mailing-paused',
  'chase-digest',
] as const satisfies readonly MessageKind[];

test.each(samples)('a sample of %s can be read by everybody', async (kind) => {
  await readByEverybody(await laptop.console(`/messages/${kind}`), 'You get this message because');
});

describe.each(letters)('$name', ({ to, says }) => {
  test('can be read by everybody, in light and dark colours and on a small phone', async () => {
    await readByEverybody(await find(to, says), says);
  });

  test('leads to pages of this site', async () => {
    const { text } = await find(to, says);
    const links = [...(text ?? '').matchAll(/https?:\/\/\S+/g)].map(([link]) => new URL(link));
    expect(links.length).toBeGreaterThan(0);
    for (const link of new Set(links.map(({ href }) => href))) {
      expect(new URL(link).origin).toBe(laptop.url);
      const { status, headers } = await laptop.get(new URL(link).pathname);
      const isForStaff = new URL(link).pathname.startsWith('/staff');
      expect(status, link).toBe(isForStaff ? 303 : 200);
      expect(headers.get('location') ?? '', link).toMatch(isForStaff ? /^\/sign-in\?/ : /^$/);
    }
  });
});
