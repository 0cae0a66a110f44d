import { request } from 'node:http';
import { type Form, type Html, readHtml } from './html.ts';

/** What was answered in the end, after redirects. */
export interface PageSeen {
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  readonly source: string;
  readonly html: Html;
}

export type Fields = Readonly<Record<string, string>>;

const MOST_REDIRECTS = 20;

/**
 * A person with a browser that has no scripts: keeps cookies, follows redirects, fills in forms by the names of their
 * fields and sends them where they say. Cookies are kept by host as browsers do, so the issuer's and the service's lie
 * in one jar on a laptop.
 */
export class Visitor {
  readonly origin: string;
  readonly #cookies = new Map<string, string>();
  /** Every address asked for, in order. */
  readonly trail: URL[] = [];

  constructor(origin: string, cookie?: string) {
    this.origin = origin;
    for (const pair of cookie?.split('; ') ?? []) this.setCookie(pair);
  }

  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  cookieNamed(name: string): string | undefined {
    return this.#cookies.get(name);
  }

  setCookie(pair: string): void {
    const at = pair.indexOf('=');
    this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
  }

  /** One request and its answer; redirects are not followed. */
  async send(path: string | URL, init: RequestInit = {}): Promise<Response> {
    const url = new URL(path, this.origin);
    this.trail.push(url);
    const own = init.method === 'POST' ? { origin: url.origin } : {};
    const headers = { cookie: this.cookie, ...own, ...Object.fromEntries(new Headers(init.headers)) };
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return response;
  }

  async open(path: string | URL, init: RequestInit = {}): Promise<PageSeen> {
    let url = new URL(path, this.origin);
    let response = await this.send(url, init);
    for (let step = 0; step < MOST_REDIRECTS; step += 1) {
      const location = response.headers.get('location');
      if (response.status < 300 || response.status > 399 || location === null) return see(url, response);
      await response.arrayBuffer();
      url = new URL(location, url);
      response = await this.send(url);
    }
    throw new Error(`${path} leads on and on`);
  }

  /** Fills in the form of a page that has all of these fields, and sends it. */
  submit(
    page: PageSeen,
    fields: Fields = {},
    which: (form: Form) => boolean = () => true,
  ): Promise<PageSeen> {
    const { url, body } = this.fill(page, fields, which);
    return this.open(url, { method: 'POST', body });
  }

  /** A form with its fields filled in, ready to be posted. */
  fill(
    page: PageSeen,
    fields: Fields = {},
    which: (form: Form) => boolean = () => true,
  ): { url: URL; body: URLSearchParams } {
    const form = formWith(page, Object.keys(fields), which);
    const kept = form.values.filter(([name]) => !Object.hasOwn(fields, name));
    const body = new URLSearchParams([...kept.map(([...pair]) => pair), ...Object.entries(fields)]);
    return { url: new URL(form.action ?? page.url, page.url), body };
  }

  /** Follows the link of a page that has this text. */
  follow(page: PageSeen, text: string | RegExp): Promise<PageSeen> {
    const link = page.html.links.find((candidate) =>
      typeof text === 'string' ? candidate.text === text : text.test(candidate.text),
    );
    if (!link) throw new Error(`${page.url.pathname} has no link "${text}"`);
    return this.open(new URL(link.href, page.url));
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';');
    const name = pair.slice(0, pair.indexOf('=')).trim();
    const isOver = attributes.some((part) => /^\s*(max-age=0|expires=Thu, 01 Jan 1970)/i.test(part));
    if (isOver) this.#cookies.delete(name);
    else this.setCookie(pair.trim());
  }
}

/** The form of a page in which all of these can be filled in. Not the sign-out button of the header, unless asked for. */
function formWith(page: PageSeen, names: readonly string[], which: (form: Form) => boolean): Form {
  const forms = page.html.forms.filter(
    (form) => form.method === 'POST' && which(form) && names.every((name) => form.names.has(name)),
  );
  const form = forms.find(({ action }) => action !== '/sign-out') ?? forms[0];
  if (form) return form;
  const found = page.html.forms.map(({ names: its }) => [...its].join(' ')).join('; ');
  throw new Error(
    `${page.status} ${page.url.pathname} "${page.html.heading}" has no form with ${names.join(', ')}, but: ${found}`,
  );
}

async function see(url: URL, response: Response): Promise<PageSeen> {
  const source = await response.text();
  return { url, status: response.status, headers: response.headers, source, html: readHtml(source) };
}

/** An address exactly as written: fetch would tidy `..` and refuse what is no URL. */
export function getExactly(
  origin: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; source: string }> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, path, headers }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const source = Buffer.concat(chunks).toString();
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, source });
      });
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

/** Does something with each item, so many at a time; the results are in the order of the items. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next;
      next += 1;
      results[index] = await work(items[index] as Item, index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return results;
}
