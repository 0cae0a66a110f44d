import type { ConsoleMessage, Page, Request, Response } from 'playwright-core';
import type { View } from './views.ts';

/** What happened on a page since the last look, beyond what it shows. */
export interface Watch {
  readonly view: View;
  /** Sentences, one for each thing that should not have happened; taking them empties the list. */
  readonly takeIncidents: () => readonly string[];
  /** The HTML as the server sent it: before a script changed it, and also after a POST. */
  readonly source: () => Promise<string | undefined>;
}

const watches = new WeakMap<Page, Watch>();

/** Starts to note script errors, violations of the security policy and requests to other origins. */
export function watchPage(page: Page, view: View): void {
  let incidents: string[] = [];
  let documentResponse: Response | undefined;
  const note = (what: string) => incidents.push(`${what} (on ${page.url()})`);

  page.on('console', (message) => {
    const incident = describeMessage(message, page.url());
    if (incident !== undefined) note(incident);
  });
  page.on('pageerror', (error) => note(`script error: ${error.message}`));
  page.on('request', (request) => {
    if (isForeign(request, page)) note(`request to another origin: ${request.url()}`);
  });
  page.on('response', (response) => {
    if (isDocumentOf(page, response.request())) documentResponse = response;
  });
  watches.set(page, {
    view,
    takeIncidents: () => {
      const taken = incidents;
      incidents = [];
      return taken;
    },
    source: async () => documentResponse?.text().catch(() => undefined),
  });
}

export function watchOf(page: Page): Watch {
  const watch = watches.get(page);
  if (watch === undefined) throw new Error('only pages from openPage are watched');
  return watch;
}

function describeMessage(message: ConsoleMessage, url: string): string | undefined {
  if (message.type() !== 'error') return undefined;
  const text = message.text();
  if (text.includes('Content Security Policy')) return `violation of the security policy: ${text}`;
  // A page that answers 400, 403 or 404 is meant to; the browser notes the document's own status as an error.
  if (text.startsWith('Failed to load resource') && message.location().url === url) return undefined;
  return `console error: ${text} ${message.location().url}`;
}

function isDocumentOf(page: Page, request: Request): boolean {
  return request.isNavigationRequest() && request.frame() === page.mainFrame();
}

const isSending = (request: Request): boolean =>
  request.resourceType() === 'xhr' && request.method() === 'POST';

/**
 * Going to another origin is a link or a sign-in, and posting there is a file that somebody sends to the bucket, which
 * the page's policy names; loading a part of the page from there tells it who reads here.
 */
function isForeign(request: Request, page: Page): boolean {
  if (request.isNavigationRequest() || isSending(request)) return false;
  const { protocol, origin } = new URL(request.url());
  if (protocol === 'data:' || protocol === 'blob:') return false;
  return origin !== new URL(page.url()).origin;
}
