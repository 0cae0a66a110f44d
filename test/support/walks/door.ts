import assert from 'node:assert/strict';

/** What came back from a door: a page, or where to go next. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  /** Path and query of the redirect; empty when there is none. */
  readonly to: string;
}

/** One visitor of the service who needs no browser: keeps the cookie, and sends each form with its token. */
export interface Door {
  get(path: string): Promise<Answer>;
  /** Posts a form, and gives where it leads; anything but 303 is an error that says what was shown. */
  send(path: string, fields: Readonly<Record<string, string>>): Promise<string>;
}

/** Opens the door as the public, or with the cookie of somebody who is signed in. */
export function openDoor(
  origin: string,
  signedIn?: { readonly cookie: string; readonly csrf: string },
): Door {
  let cookie = signedIn?.cookie ?? '';
  let csrf = signedIn?.csrf ?? '';

  const ask = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const response = await fetch(new URL(path, origin), {
      ...init,
      headers: { cookie, origin, ...init.headers },
      redirect: 'manual',
    });
    const [set] = response.headers.getSetCookie();
    if (set !== undefined) cookie = set.split(';')[0] ?? '';
    const text = await response.text();
    csrf = findToken(text) ?? csrf;
    const location = response.headers.get('location');
    const to = location === null ? null : new URL(location, origin);
    return { status: response.status, text, to: to === null ? '' : `${to.pathname}${to.search}` };
  };

  return {
    get: (path) => ask(path),
    send: async (path, fields) => {
      const body = new URLSearchParams({ csrf, ...fields });
      const { status, text, to } = await ask(path, { method: 'POST', body });
      assert.equal(status, 303, `POST ${path}: ${status} ${findTitle(text)}`);
      return to;
    },
  };
}

const findToken = (text: string): string | undefined => /name="csrf" value="([^"]+)"/.exec(text)?.[1];

const findTitle = (text: string): string => /<title>([^<]*)</.exec(text)?.[1] ?? text.slice(0, 200);
