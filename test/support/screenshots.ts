import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { MailSummary } from '#infra/local/mail.ts';
import { launchBrowser, openPage } from './browser.ts';
import { desktop, phone, type View } from './views.ts';
import type { Walk } from './walks/walk.ts';
import { walks } from './walks/walks.ts';
import { prepareWorld, type World } from './walks/world.ts';

const USAGE = `node test/support/screenshots.ts BASE_URL CONSOLE_URL OUT_DIR [WALK...]

Takes a picture of every page in every state, at 1280 and at 320 pixels, from a laptop that runs with the
demonstration data and FOLKMOOT_DATA. It brings in areas of its own and changes some of the demonstration accounts:
use a laptop that nobody needs.`;

const [url, consoleUrl, folder, ...wanted] = process.argv.slice(2);

if (!url || !consoleUrl || !folder) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  const world = await prepareWorld({ url, consoleUrl, dataDir: process.env.FOLKMOOT_DATA ?? '.folkmoot' });
  await mkdir(folder, { recursive: true });
  const browser = await launchBrowser();
  const chosen = walks.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  for (const view of [desktop, phone]) for (const walk of chosen) await picture(browser, walk, view, world);
  if (wanted.length === 0) {
    for (const view of [desktop, phone]) await pictureConsole(browser, view, consoleUrl);
    await pictureWard(browser, url);
  }
  await browser.close();
}

async function picture(browser: Browser, { name, as, walk }: Walk, view: View, world: World): Promise<void> {
  const cookie = as === null ? {} : { cookie: await world.signIn(as) };
  const page = await openPage(browser, view, { baseURL: world.laptop.url, ...cookie });
  let number = 0;
  const show = (state: string) => {
    number += 1;
    return save(page, `${name} ${String(number).padStart(2, '0')} ${state} ${view.width}`);
  };
  try {
    await walk({ page, world, show });
  } catch (fault) {
    await show('stopped here');
    console.error(`${name}, ${view.name}:`, fault);
    process.exitCode = 1;
  }
  await page.context().close();
}

async function save(page: Page, name: string): Promise<void> {
  const file = `${name.replace(/\W+/g, '-')}.png`;
  await page.screenshot({ path: join(folder ?? '', file), fullPage: true });
}

async function pictureConsole(browser: Browser, view: View, baseURL: string): Promise<void> {
  const page = await openPage(browser, view, { baseURL });
  for (const path of ['/', '/mail', '/clock', '/schedules', '/functions', '/engines']) {
    await page.goto(path);
    await save(page, `console ${path} ${view.width}`);
  }
  const mails = (await (await fetch(new URL('/mail', baseURL))).json()) as MailSummary[];
  const kinds = new Map(mails.map((mail) => [mail.tags.kind ?? '', mail]));
  for (const [kind, { id }] of kinds) {
    await page.goto(`/mail/${id}`);
    await save(page, `console mail ${kind} ${view.width}`);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.goto(`/mail/${id}/html`);
      await save(page, `mail ${kind} ${colorScheme} ${view.width}`);
    }
  }
  await page.context().close();
}

/** The picture of the README: a ward of the demonstration, without the areas of the walks. */
async function pictureWard(browser: Browser, baseURL: string): Promise<void> {
  const page = await openPage(browser, desktop, { baseURL });
  await page.goto('/areas/E05013655');
  const clip = { x: 0, y: 0, width: 1280, height: 930 };
  await page.screenshot({ path: join(folder ?? '', 'ward.png'), fullPage: true, clip });
  await page.context().close();
}
