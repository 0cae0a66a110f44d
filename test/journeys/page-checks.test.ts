import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, openPage } from '#test/support/browser.ts';
import { checkPage, findFaults } from '#test/support/page-checks.ts';
import { allViews, desktop, desktopWithoutScript, type View } from '#test/support/views.ts';

const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'";
const styles = `
  body { color: #0b0c0c; background: #fff; font-family: sans-serif; margin: 8px }
  .pale { color: #ccc } .wide { width: 600px }
`;

interface Parts {
  readonly htmlAttributes?: string;
  readonly title?: string;
  readonly body?: string;
}

const pageOf = ({ htmlAttributes = ' lang="en"', title = 'A page', body = '<h1>A page</h1>' }: Parts = {}) =>
  `<!doctype html>
<html${htmlAttributes}>
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><link rel="stylesheet" href="/styles.css"></head>
<body><main>${body}</main></body>
</html>`;

const withBody = (body: string) => pageOf({ body: `<h1>A page</h1>${body}` });

/** Each page has one fault. */
const faulty: readonly {
  readonly path: string;
  readonly html: string;
  readonly fault: RegExp;
  /** Those whose finding goes another way where scripts are off. */
  readonly alsoWithoutScript?: boolean;
}[] = [
  {
    path: '/pale',
    html: withBody('<p class="pale">Pale words</p>'),
    fault: /axe: .*\[color-contrast\]/,
    alsoWithoutScript: true,
  },
  {
    path: '/fallback',
    html: withBody('<noscript><img src="/picture.svg"></noscript>'),
    fault: /\[wcag\/h37\]|\[image-alt\]/,
    alsoWithoutScript: true,
  },
  {
    path: '/unlabelled',
    html: withBody('<form><input type="text" name="a"></form>'),
    fault: /axe: .*\[label\]/,
  },
  { path: '/picture', html: withBody('<img src="/picture.svg">'), fault: /axe: .*\[image-alt\]/ },
  { path: '/no-language', html: pageOf({ htmlAttributes: '' }), fault: /outline: .*language/ },
  { path: '/no-title', html: pageOf({ title: ' ' }), fault: /outline: the title is empty/ },
  { path: '/no-heading', html: pageOf({ body: '<p>Words</p>' }), fault: /outline: 0 h1/ },
  { path: '/two-headings', html: withBody('<h1>Another</h1>'), fault: /outline: 2 h1/ },
  { path: '/twice', html: withBody('<p id="a">1</p><p id="a">2</p>'), fault: /html: .*\[no-dup-id\]/ },
  { path: '/unclosed', html: withBody('<div><p>Words</div>'), fault: /html: / },
  {
    path: '/wide',
    html: withBody('<p class="wide">Words</p>'),
    fault: /reflow: .*class="wide"/,
    alsoWithoutScript: true,
  },
  {
    path: '/inline-style',
    html: withBody('<p style="margin: 0">Words</p>'),
    fault: /violation of the security policy/,
    alsoWithoutScript: true,
  },
  {
    path: '/inline-script',
    html: withBody('<script>window.here = true;</script>'),
    fault: /violation of the security policy/,
  },
  {
    path: '/throws',
    html: withBody('<script src="/throws.js"></script>'),
    fault: /script error: on purpose/,
  },
  {
    path: '/complains',
    html: withBody('<script src="/complains.js"></script>'),
    fault: /console error: on purpose/,
  },
  {
    path: '/missing-part',
    html: withBody('<img src="/gone.svg" alt="A map">'),
    fault: /console error: Failed to load resource.*gone\.svg/,
  },
  {
    path: '/elsewhere',
    html: withBody('<img src="http://127.0.0.2:9/pixel.gif" alt="A map">'),
    fault: /security policy|request to another origin/,
  },
];

const texts: Readonly<Record<string, readonly [type: string, text: string]>> = {
  '/styles.css': ['text/css', styles],
  '/throws.js': ['text/javascript', "throw new Error('on purpose');"],
  '/complains.js': ['text/javascript', "console.error('on purpose');"],
  '/picture.svg': ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'],
  '/favicon.ico': ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
};

let server: Server;
let browser: Browser;
let baseURL: string;
const pages = new Map<View, Page>();

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? '';
    const html =
      path === '/' || path === '/refused' ? pageOf() : faulty.find((page) => page.path === path)?.html;
    const [type, text] = html === undefined ? (texts[path] ?? ['text/plain', 'gone']) : ['text/html', html];
    const gone = html === undefined && texts[path] === undefined;
    response.writeHead(gone ? 404 : path === '/refused' ? 400 : 200, {
      'content-type': `${type}; charset=utf-8`,
      'content-security-policy': policy,
    });
    response.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  server?.close();
});

async function faultsOf(path: string, view: View): Promise<readonly string[]> {
  const page = pages.get(view) ?? (await openPage(browser, view, { baseURL }));
  pages.set(view, page);
  await page.goto(path);
  return findFaults(page);
}

describe('the page checks', () => {
  test.each(allViews)('find nothing on a sound page: $name', async (view) => {
    expect(await faultsOf('/', view)).toEqual([]);
  });

  test('find nothing on a sound page that answers 400', async () => {
    expect(await faultsOf('/refused', desktop)).toEqual([]);
  });

  test.each(faulty)('find the fault of $path with script', async ({ path, fault }) => {
    expect(await faultsOf(path, desktop)).toContainEqual(expect.stringMatching(fault));
  });

  test.each(faulty.filter(({ alsoWithoutScript }) => alsoWithoutScript))(
    'find the fault of $path without script',
    async ({ path, fault }) => {
      expect(await faultsOf(path, desktopWithoutScript)).toContainEqual(expect.stringMatching(fault));
    },
  );

  test('stop a test', async () => {
    const page = await openPage(browser, desktop, { baseURL });
    await page.goto('/pale');
    await expect(checkPage(page)).rejects.toThrow('faults of');
    await page.context().close();
  });

  test('notice a part that is loaded from elsewhere though the policy would allow it', async () => {
    const page = await openPage(browser, desktop, { baseURL });
    await page.route('**/*', async (route) => {
      if (!route.request().isNavigationRequest()) return route.abort();
      const response = await route.fetch();
      return route.fulfill({ response, headers: { 'content-type': 'text/html' } });
    });
    await page.goto('/elsewhere');
    expect(await findFaults(page)).toContainEqual(expect.stringMatching(/request to another origin/));
    await page.context().close();
  });
});
