/** Follows redirects with cookies as a browser would, up to an address that nobody serves here. */
export class CookieBrowser {
  readonly #cookies = new Map<string, { value: string; path: string }>();

  /** Goes to an address; stops at the first answer that is no redirect, or before one to `stopAt`. */
  async go(url: URL, init: RequestInit = {}, stopAt?: string): Promise<{ url: URL; res?: Response }> {
    const res = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...Object.fromEntries(new Headers(init.headers)), cookie: this.#cookiesFor(url) },
    });
    for (const cookie of res.headers.getSetCookie()) this.#remember(cookie, url);
    const location = res.headers.get('location');
    if (!location) return { url, res };
    const next = new URL(location, url);
    if (stopAt && next.href.startsWith(stopAt)) return { url: next };
    return this.go(next, {}, stopAt);
  }

  #cookiesFor(url: URL): string {
    return [...this.#cookies]
      .filter(([, { path }]) => url.pathname.startsWith(path))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ');
  }

  #remember(header: string, url: URL): void {
    const [pair = '', ...attributes] = header.split(';').map((part) => part.trim());
    const [name = '', value = ''] = pair.split(/=(.*)/);
    const path = attributes.find((part) => part.toLowerCase().startsWith('path='))?.slice(5) ?? url.pathname;
    const expires = attributes.find((part) => part.toLowerCase().startsWith('expires='))?.slice(8);
    if (expires && Date.parse(expires) < Date.now()) this.#cookies.delete(name);
    else this.#cookies.set(name, { value, path });
  }
}
