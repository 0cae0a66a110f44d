import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
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
  await browser.close();
}

async function picture(browser: Browser, { name, as, walk }: Walk, view: View, world: World): Promise<void> {
  const cookie = as === null ? {} : { cookie: await world.signIn(as) };
  const page = await openPage(browser, view, { baseURL: world.laptop.url, ...cookie });
  let number = 0;
  const show = async (state: string) => {
    number += 1;
    const file = `${name} ${String(number).padStart(2, '0')} ${state} ${view.width}`.replace(/[^\w]+/g, '-');
    await page.screenshot({ path: join(folder ?? '', `${file}.png`), fullPage: true });
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
