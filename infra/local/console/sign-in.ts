/** A signed-in session, ready for use by a program. */
export interface Session {
  /** A Cookie header. */
  cookie: string;
  /** The value of the hidden field that every form carries. */
  csrf: string;
  /** As the service sent them, for handing on to a browser. */
  setCookies: string[];
}

interface Step {
  url: URL;
  response: Response;
}

const MOST_STEPS = 20;

/**
 * Signs a demonstration account in as a browser would, page by page, through the front door and the issuer. Throws
 * with what it met when it does not end on a staff page.
 */
export async function signIn(options: {
  publicUrl: string;
  issuer: string;
  email: string;
}): Promise<Session> {
  const browser = new Browser(options.publicUrl);
  let step = await browser.follow(new URL('/sign-in', options.publicUrl));
  if (step.url.href.startsWith(options.issuer)) {
    step = await browser.follow(step.url, new URLSearchParams({ email: options.email }));
  }
  const origin = new URL(options.publicUrl).origin;
  if (step.url.origin !== origin || step.response.status !== 200) throw await explain(options.email, step);
  const staff = await browser.follow(new URL('/staff', origin));
  const csrf = findCsrf(await staff.response.text());
  if (staff.response.status !== 200 || csrf === undefined) throw await explain(options.email, staff);
  return { cookie: browser.cookieHeader(), csrf, setCookies: browser.setCookies() };
}

async function explain(email: string, { url, response }: Step): Promise<Error> {
  const text = response.bodyUsed ? '' : await response.text();
  const heading = /<h1[^>]*>(.*?)<\/h1>/s.exec(text)?.[1]?.trim() ?? '';
  return new Error(
    `The sign-in as ${email} ended at ${url.origin}${url.pathname} with ${response.status}. ${heading}`.trim(),
  );
}

function findCsrf(text: string): string | undefined {
  const field = text.match(/<input\b[^>]*>/g)?.find((input) => /\bname="csrf"/.test(input));
  return field && /\bvalue="([^"]*)"/.exec(field)?.[1]?.replaceAll('&amp;', '&');
}

/** Cookies do not know of ports: on a laptop, all of them go everywhere. Those of the service are told apart. */
class Browser {
  readonly #serviceOrigin: string;
  readonly #jar = new Map<string, { value: string; line: string; ofService: boolean }>();

  constructor(publicUrl: string) {
    this.#serviceOrigin = new URL(publicUrl).origin;
  }

  /** Follows redirects from an address to the first page. */
  async follow(from: URL, form?: URLSearchParams): Promise<Step> {
    let url = from;
    let body = form;
    for (let steps = 0; steps < MOST_STEPS; steps += 1) {
      const response = await fetch(url, {
        redirect: 'manual',
        headers: { cookie: this.#all(), accept: 'text/html', ...(body && { origin: url.origin }) },
        ...(body && { method: 'POST', body }),
      });
      this.#keep(response, url);
      const location = response.headers.get('location');
      if (response.status < 300 || response.status >= 400 || !location) return { url, response };
      await response.arrayBuffer();
      url = new URL(location, url);
      body = undefined;
    }
    throw new Error(`The sign-in does not end: ${url.origin}${url.pathname} leads on and on.`);
  }

  cookieHeader(): string {
    return this.#ofService()
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ');
  }

  setCookies(): string[] {
    return this.#ofService().map(([, { line }]) => line);
  }

  #ofService(): [string, { value: string; line: string }][] {
    return [...this.#jar].filter(([, { ofService }]) => ofService);
  }

  #all(): string {
    return [...this.#jar].map(([name, { value }]) => `${name}=${value}`).join('; ');
  }

  #keep(response: Response, url: URL): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';');
      const at = pair.indexOf('=');
      const name = pair.slice(0, at).trim();
      const value = pair.slice(at + 1).trim();
      const isOver = attributes.some(
        (attribute) =>
          /^\s*max-age=(0|-\d+)\s*$/i.test(attribute) || /^\s*expires=Thu, 01 Jan 1970/i.test(attribute),
      );
      if (isOver || value === '') this.#jar.delete(name);
      else this.#jar.set(name, { value, line, ofService: url.origin === this.#serviceOrigin });
    }
  }
}
