import { type Browser, chromium, type Page } from 'playwright-core';
import { findChromium } from './find-program.ts';
import { contextOptions, type View } from './views.ts';
import { watchPage } from './watch-page.ts';

/** Starts the Chromium of this machine. The caller closes it. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('there is no Chromium here: apt-get install chromium');
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args: [...sandbox, '--disable-dev-shm-usage', '--disable-gpu'] });
}

export interface OpenOptions {
  /** So that `page.goto('/areas')` is enough. */
  readonly baseURL?: string;
  /** A ready Cookie header, `name=value; name=value`; needs baseURL. */
  readonly cookie?: string;
}

/**
 * A page in a context of its own, watched from its first request: what checkPage reports is recorded from here on.
 * Close it with `page.context().close()`, or let the browser's end do it.
 */
export async function openPage(browser: Browser, view: View, options: OpenOptions = {}): Promise<Page> {
  const { baseURL, cookie } = options;
  const context = await browser.newContext({ ...contextOptions(view), ...(baseURL ? { baseURL } : {}) });
  context.setDefaultTimeout(60_000);
  if (cookie !== undefined && baseURL !== undefined) await context.addCookies(readCookies(cookie, baseURL));
  const page = await context.newPage();
  watchPage(page, view);
  return page;
}

function readCookies(header: string, baseURL: string) {
  const { hostname: domain } = new URL(baseURL);
  return header.split('; ').map((pair) => {
    const [name = '', ...value] = pair.split('=');
    const secure = name.startsWith('__');
    return { name, value: value.join('='), domain, path: '/', httpOnly: true, secure };
  });
}
