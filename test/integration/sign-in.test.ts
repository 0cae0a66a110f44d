import { describe, expect, test } from 'vitest';
import { type PageSeen, Visitor } from '#test/support/http-client.ts';
import { openProduct } from '#test/support/product-laptop.ts';

const laptop = openProduct();

/** Goes to the issuer, chooses an account there, and stops before the way back is taken. */
async function signInUpToCallback(
  visitor: Visitor,
  { post = 'coordinator', returnTo = '' }: { post?: string; returnTo?: string } = {},
): Promise<URL> {
  const choice = await visitor.open(`/sign-in${returnTo && `?returnTo=${encodeURIComponent(returnTo)}`}`);
  expect(choice.html.heading).toBe('Choose an account');
  let url = new URL(choice.html.forms[0]?.action ?? '', choice.url);
  let response = await visitor.send(url, {
    method: 'POST',
    body: new URLSearchParams({ email: `${post}@folkmoot.example` }),
  });
  for (;;) {
    url = new URL(response.headers.get('location') ?? '', url);
    if (url.pathname === '/sign-in/callback') return url;
    response = await visitor.send(url);
  }
}

const signIn = async (visitor: Visitor, options?: { post?: string; returnTo?: string }): Promise<PageSeen> =>
  visitor.open(await signInUpToCallback(visitor, options));

const sessionOf = (visitor: Visitor) => visitor.cookieNamed('__Host-session');

/** Where somebody ends who opens the staff pages. */
const staffPage = async (visitor: Visitor): Promise<Response> => visitor.send('/staff');

const isSignedOut = async (visitor: Visitor): Promise<void> => {
  const response = await staffPage(visitor);
  expect([response.status, response.headers.get('location')]).toEqual([303, '/sign-in?returnTo=%2Fstaff']);
};

describe('signing in', () => {
  test('leads from a staff page to the issuer and back to that page', async () => {
    const visitor = laptop.visitor();
    const first = await visitor.send('/staff/priorities?borough=E09000012');
    expect(first.headers.get('location')).toBe(
      '/sign-in?returnTo=%2Fstaff%2Fpriorities%3Fborough%3DE09000012',
    );
    const page = await signIn(visitor, { returnTo: '/staff/priorities?borough=E09000012' });
    expect(page.status).toBe(200);
    expect(`${page.url.pathname}${page.url.search}`).toBe('/staff/priorities?borough=E09000012');
    expect(page.source).toContain('Signed in as Engagement coordinator');
  });

  test('asks the issuer with a code challenge, a state and a nonce that are new each time', async () => {
    const begun = await Promise.all(
      [1, 2].map(async () => {
        const response = await laptop.visitor().send('/sign-in');
        return new URL(response.headers.get('location') ?? '').searchParams;
      }),
    );
    for (const query of begun) {
      expect(query.get('response_type')).toBe('code');
      expect(query.get('code_challenge_method')).toBe('S256');
      expect(query.get('redirect_uri')).toBe(`${laptop.url}/sign-in/callback`);
    }
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(begun[0]?.get(name)?.length).toBeGreaterThan(20);
      expect(begun[0]?.get(name)).not.toBe(begun[1]?.get(name));
    }
  });

  test('changes the session’s id: one that was known before is worth nothing afterwards', async () => {
    const visitor = laptop.visitor();
    const callback = await signInUpToCallback(visitor);
    const before = sessionOf(visitor) ?? '';
    await visitor.open(callback);
    const after = sessionOf(visitor) ?? '';
    expect(before).toHaveLength(43);
    expect(after).toHaveLength(43);
    expect(after).not.toBe(before);
    await isSignedOut(new Visitor(laptop.url, `__Host-session=${before}`));
    expect((await staffPage(new Visitor(laptop.url, `__Host-session=${after}`))).status).toBe(200);
  });

  test('a session that somebody else has planted is not signed in', async () => {
    const attacker = laptop.visitor();
    await attacker.open('/areas/E05013655/priorities/new');
    const planted = sessionOf(attacker) ?? '';
    const victim = new Visitor(laptop.url, `__Host-session=${planted}`);
    await signIn(victim);
    expect((await staffPage(victim)).status).toBe(200);
    await isSignedOut(attacker);
  });
});

describe('a way back from the issuer that proves nothing', () => {
  const refused = (page: PageSeen): void => {
    expect(page.status).toBe(403);
    expect(page.html.heading).toBe('You could not be signed in');
    expect(page.source).not.toContain('Signed in as');
  };

  test('taken a second time, by the same browser: it signs nobody in again', async () => {
    const visitor = laptop.visitor();
    const callback = await signInUpToCallback(visitor);
    const before = sessionOf(visitor) ?? '';
    await visitor.open(callback);
    const again = new Visitor(laptop.url, `__Host-session=${before}`);
    await again.send(callback);
    await isSignedOut(again);
  });

  test('taken by another browser that has begun nothing: it leads to the sign-in', async () => {
    const callback = await signInUpToCallback(laptop.visitor());
    const thief = laptop.visitor();
    const response = await thief.send(callback);
    expect([response.status, response.headers.get('location')]).toEqual([303, '/staff']);
    await isSignedOut(thief);
  });

  test('taken by another browser that has begun a sign-in of its own: 403', async () => {
    const callback = await signInUpToCallback(laptop.visitor());
    const thief = laptop.visitor();
    await signInUpToCallback(thief, { post: 'member' });
    refused(await thief.open(callback));
    await isSignedOut(thief);
  });

  test.each([
    { what: 'another state', change: (query: URLSearchParams) => query.set('state', 'A'.repeat(43)) },
    { what: 'no state', change: (query: URLSearchParams) => query.delete('state') },
    { what: 'two states', change: (query: URLSearchParams) => query.append('state', 'x') },
    {
      what: 'a tampered code',
      change: (query: URLSearchParams) => query.set('code', `${query.get('code')?.slice(0, -4)}AAAA`),
    },
    { what: 'an invented code', change: (query: URLSearchParams) => query.set('code', 'invented') },
    { what: 'no code', change: (query: URLSearchParams) => query.delete('code') },
    { what: 'two codes', change: (query: URLSearchParams) => query.append('code', 'second') },
    {
      what: 'another issuer',
      change: (query: URLSearchParams) => query.set('iss', 'https://evil.example'),
    },
    {
      what: 'a refusal',
      change: (query: URLSearchParams) => {
        query.delete('code');
        query.set('error', 'access_denied');
        query.set('error_description', '<script>alert(1)</script>');
      },
    },
  ])('$what: 403 with a page, and the right one does not work afterwards either', async ({ change }) => {
    const visitor = laptop.visitor();
    const callback = await signInUpToCallback(visitor);
    const tampered = new URL(callback);
    change(tampered.searchParams);
    const page = await visitor.open(tampered);
    refused(page);
    expect(page.source).not.toContain('<script>alert');
    await visitor.send(callback);
    await isSignedOut(visitor);
  });

  test('a code that was used is worth nothing to somebody who has stolen session and address', async () => {
    const visitor = laptop.visitor();
    const callback = await signInUpToCallback(visitor);
    const thief = new Visitor(laptop.url, visitor.cookie);
    await Promise.all([visitor.send(callback), thief.send(callback)]);
    const signedIn = await Promise.all([visitor, thief].map(async (who) => (await staffPage(who)).status));
    expect(signedIn.filter((status) => status === 200).length).toBeLessThanOrEqual(1);
  });
});

describe('where a sign-in leads', () => {
  test.each([
    'https://evil.example/',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/staff//evil.example/%2e%2e',
    '/staff@evil.example',
    '/staff.evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    '/staff/../../evil',
    '/staff\r\nset-cookie: a=b',
    '/staff/%0d%0aset-cookie:a=b',
    '/\t/evil.example',
    ' //evil.example',
    'http:evil.example',
    '/sign-out',
    '/areas',
  ])('returnTo=%j never leaves the staff pages of this site', async (returnTo) => {
    const visitor = laptop.visitor();
    const callback = await signInUpToCallback(visitor, { returnTo });
    const response = await visitor.send(callback);
    const location = new URL(response.headers.get('location') ?? '', laptop.url);
    expect(response.status).toBe(303);
    expect(location.origin).toBe(laptop.url);
    expect(location.pathname).toMatch(/^\/(staff|evil)(\/|$)/);
    expect(response.headers.getSetCookie()).toHaveLength(1);
    const already = await visitor.send(`/sign-in?returnTo=${encodeURIComponent(returnTo)}`);
    expect(new URL(already.headers.get('location') ?? '', laptop.url).origin).toBe(laptop.url);
  });
});

describe('the end of a session', () => {
  const passes = async (minutes: number): Promise<void> => {
    const now = Date.parse(await laptop.clock());
    await laptop.clock(new Date(now + minutes * 60_000).toISOString());
  };

  test('after the sign-out the old cookie is worthless', async () => {
    const visitor = await laptop.staff('coordinator');
    const cookie = visitor.cookie;
    const home = await visitor.open('/staff');
    const page = await visitor.submit(home, {}, ({ action }) => action === '/sign-out');
    expect(page.url.pathname).toBe('/signed-out');
    const onward = page.headers.get('refresh')?.replace('0;url=', '') ?? '';
    expect(new URL(onward).searchParams.get('post_logout_redirect_uri')).toBe(`${laptop.url}/signed-out`);
    expect((await visitor.open(onward)).url.href).toBe(`${laptop.url}/signed-out`);
    expect(sessionOf(visitor)).toBeUndefined();
    await isSignedOut(new Visitor(laptop.url, cookie));
  });

  test('signing out needs the token of the form', async () => {
    const visitor = await laptop.staff('coordinator');
    const response = await visitor.send('/sign-out', { method: 'POST', body: new URLSearchParams() });
    expect(response.status).toBe(403);
    expect((await visitor.send('/sign-out')).status).toBe(404);
    expect((await staffPage(visitor)).status).toBe(200);
  });

  test('half an hour of idleness ends it; use keeps it', async () => {
    const [idle, busy] = [await laptop.staff('coordinator'), await laptop.staff('coordinator')];
    await passes(20);
    expect((await staffPage(busy)).status).toBe(200);
    await passes(11);
    await isSignedOut(idle);
    expect((await staffPage(busy)).status).toBe(200);
    const token = await laptop.session('coordinator@folkmoot.example');
    const late = await idle.send('/staff/submissions/x', {
      method: 'POST',
      body: new URLSearchParams({ csrf: token.csrf }),
    });
    expect(late.status).toBe(403);
  });

  test('twelve hours end it, however busy it was', async () => {
    const visitor = await laptop.staff('coordinator');
    for (let minutes = 0; minutes < 700; minutes += 25) {
      await passes(25);
      expect((await staffPage(visitor)).status).toBe(200);
    }
    await passes(25);
    await isSignedOut(visitor);
  });

  test('an account that is suspended is out at once, and in again when it is not', async () => {
    const { staff, facts } = await laptop.store();
    const become = async (status: 'active' | 'suspended') => {
      const account = await staff.find('lead@folkmoot.example');
      if (!account) throw new Error('There is no lead officer in the demonstration');
      expect(await facts.commit([staff.toChange({ ...account, status })])).toEqual({ refused: null });
    };
    const visitor = await laptop.staff('lead');
    await become('suspended');
    try {
      expect((await staffPage(visitor)).status).toBe(403);
      const page = await signIn(laptop.visitor(), { post: 'lead' });
      expect([page.status, page.html.heading]).toEqual([403, 'There is no account for you yet']);
    } finally {
      await become('active');
    }
    expect((await staffPage(visitor)).status).toBe(200);
  });
});
