import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { findChromium } from './find-program.ts';
import { watchPage } from './watch-page.ts';

/** How somebody looks at a page. */
export interface View {
  readonly name: string;
  readonly script: boolean;
  /** Of the window, in CSS pixels: a desktop, or the narrowest phone that WCAG 1.4.10 asks for. */
  readonly width: 1280 | 320;
  /** Windows high contrast and the like: the reader's colours, not ours. */
  readonly forcedColours: boolean;
}

const view = (name: string, changes: Partial<View> = {}): View => ({
  name,
  script: true,
  width: 1280,
  forcedColours: false,
  ...changes,
});

export const desktop = view('desktop');
export const desktopWithoutScript = view('desktop without script', { script: false });
export const phone = view('phone', { width: 320 });
export const phoneWithoutScript = view('phone without script', { width: 320, script: false });
export const forcedColours = view('forced colours', { forcedColours: true });

export const allViews: readonly View[] = [
  desktop,
  desktopWithoutScript,
  phone,
  phoneWithoutScript,
  forcedColours,
];

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
  context.setDefaultTimeout(15_000);
  if (cookie !== undefined && baseURL !== undefined) await context.addCookies(readCookies(cookie, baseURL));
  const page = await context.newPage();
  watchPage(page, view);
  return page;
}

export function contextOptions({ script, width, forcedColours }: View): BrowserContextOptions {
  return {
    javaScriptEnabled: script,
    viewport: { width, height: width === 320 ? 640 : 900 },
    forcedColors: forcedColours ? 'active' : 'none',
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'Europe/London',
  };
}

function readCookies(header: string, baseURL: string) {
  const url = new URL('/', baseURL).href;
  return header.split('; ').map((pair) => {
    const [name = '', ...value] = pair.split('=');
    return { name, value: value.join('='), url, httpOnly: true, secure: name.startsWith('__') };
  });
}
