import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as oidc from 'openid-client';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type IdentityOptions, startIdentity } from '#infra/local/identity.ts';
import { CookieBrowser } from './support/cookie-browser.ts';

const CALLBACK = 'http://127.0.0.1:3000/sign-in/callback';
const SIGNED_OUT = 'http://127.0.0.1:3000/';
const ACCOUNTS = [
  { sub: 'post-1', email: 'coordinator@folkmoot.example', name: 'Engagement coordinator' },
  { sub: 'post-2', email: 'auditor@folkmoot.example', name: 'Auditor <external>' },
];

async function start(options: Partial<IdentityOptions> = {}) {
  const server = createServer((req, res) => identity.handle(req, res));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/issuer`;
  const identity = await startIdentity({
    ...{ issuer, clientId: 'folkmoot', redirectUris: [CALLBACK], postLogoutRedirectUris: [SIGNED_OUT] },
    ...{ accounts: ACCOUNTS, now: () => new Date(), ...options },
  });
  onTestFinished(async () => {
    await identity.close();
    server.closeAllConnections();
    server.close();
  });
  const config = await oidc.discovery(new URL(issuer), 'folkmoot', undefined, authentication(options), {
    execute: [oidc.allowInsecureRequests],
  });
  return { issuer, config, browser: new CookieBrowser() };
}

function authentication({ clientSecret }: Partial<IdentityOptions>): oidc.ClientAuth {
  return clientSecret ? oidc.ClientSecretPost(clientSecret) : oidc.None();
}

async function request(config: oidc.Configuration, more: Record<string, string> = {}) {
  const checks = {
    pkceCodeVerifier: oidc.randomPKCECodeVerifier(),
    expectedState: oidc.randomState(),
    expectedNonce: oidc.randomNonce(),
  };
  const url = oidc.buildAuthorizationUrl(config, {
    ...{ redirect_uri: CALLBACK, scope: 'openid email profile', code_challenge_method: 'S256' },
    ...{ state: checks.expectedState, nonce: checks.expectedNonce },
    code_challenge: await oidc.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
    ...more,
  });
  return { url, checks };
}

function choose(browser: CookieBrowser, page: URL, email: string) {
  return browser.go(page, { method: 'POST', body: new URLSearchParams({ email }) }, CALLBACK);
}

async function signIn(config: oidc.Configuration, browser: CookieBrowser, email: string) {
  const { url, checks } = await request(config);
  const page = await browser.go(url);
  const back = await choose(browser, page.url, email);
  return { checks, page, back, tokens: await oidc.authorizationCodeGrant(config, back.url, checks) };
}

test('signs an account in with code and PKCE; the ID token says who it is; nothing is logged', async () => {
  const logged = [vi.spyOn(console, 'warn'), vi.spyOn(console, 'info'), vi.spyOn(console, 'error')];
  const { config, browser, issuer } = await start();
  const { tokens, back, checks } = await signIn(config, browser, 'Coordinator@folkmoot.example');
  expect(tokens.claims()).toMatchObject({
    ...{ iss: issuer, sub: 'post-1', aud: 'folkmoot', name: 'Engagement coordinator' },
    ...{ email: 'coordinator@folkmoot.example', email_verified: true, nonce: checks.expectedNonce },
  });
  const info = await oidc.fetchUserInfo(config, tokens.access_token, 'post-1');
  expect(info.email).toBe('coordinator@folkmoot.example');
  await expect(oidc.authorizationCodeGrant(config, back.url, checks)).rejects.toThrow();
  for (const spy of logged) expect(spy).not.toHaveBeenCalled();
});

test('shows the accounts in a page that needs no script', async () => {
  const { config, browser } = await start();
  const { url } = await request(config);
  const { res } = await browser.go(url);
  const html = (await res?.text()) ?? '';
  expect(html).toContain('Demonstration sign-in: this computer only');
  expect(html).toContain('value="coordinator@folkmoot.example"');
  expect(html).toContain('Auditor &lt;external&gt;');
  expect(html).not.toContain('<script');
  expect(res?.headers.get('content-security-policy')).toContain("default-src 'none'");
});

test('issues ID tokens by the laptop clock', async () => {
  const now = () => new Date('2031-05-01T12:00:00Z');
  const { config, browser } = await start({ now });
  const { tokens } = await signIn(config, browser, 'auditor@folkmoot.example');
  const { iat = 0, exp = 0 } = tokens.claims() ?? {};
  expect(iat).toBe(now().getTime() / 1000);
  expect(Math.abs(exp - iat - 3600)).toBeLessThan(5);
});

test('asks who it is at every sign-in, and signs out without a question', async () => {
  const { config, browser } = await start();
  const { tokens } = await signIn(config, browser, 'auditor@folkmoot.example');
  const again = await signIn(config, browser, 'coordinator@folkmoot.example');
  expect(again.page.url.pathname).toMatch(/^\/issuer\/interaction\//);
  expect(again.tokens.claims()?.sub).toBe('post-1');
  const silent = await request(config, { prompt: 'none' });
  const refused = await browser.go(silent.url, {}, CALLBACK);
  expect(refused.url.searchParams.get('error')).toBe('login_required');
  const end = oidc.buildEndSessionUrl(config, {
    ...{ id_token_hint: tokens.id_token ?? '', post_logout_redirect_uri: SIGNED_OUT, state: 'bye' },
  });
  expect((await browser.go(end, {}, SIGNED_OUT)).url.href).toBe(`${SIGNED_OUT}?state=bye`);
  expect((await new CookieBrowser().go(end, {}, SIGNED_OUT)).url.href).toBe(`${SIGNED_OUT}?state=bye`);
  const elsewhere = new URL(end);
  elsewhere.searchParams.set('post_logout_redirect_uri', 'http://127.0.0.1:9/elsewhere');
  expect((await browser.go(elsewhere)).res?.status).toBe(400);
});

test('believes an address that is typed, and knows the person again', async () => {
  const { config } = await start();
  const subjects = await Promise.all(
    ['Invited@Example.org', 'invited@example.org'].map(async (typed) => {
      const { url, checks } = await request(config);
      const browser = new CookieBrowser();
      const page = await browser.go(url);
      const back = await choose(browser, page.url, typed);
      const claims = (await oidc.authorizationCodeGrant(config, back.url, checks)).claims();
      expect(claims).toMatchObject({ email: 'invited@example.org', email_verified: true });
      return claims?.sub;
    }),
  );
  expect(subjects[0]).toBe(subjects[1]);
});

test('refuses what is no address, other addresses, a wrong verifier and a request without PKCE', async () => {
  const { config, browser } = await start();
  const { url, checks } = await request(config);
  const page = await browser.go(url);
  const unknown = await choose(browser, page.url, 'somebody');
  expect(unknown.res?.status).toBe(400);
  expect(await unknown.res?.text()).toContain('That is no address');
  expect((await choose(new CookieBrowser(), page.url, 'auditor@folkmoot.example')).res?.status).toBe(400);
  const back = await choose(browser, page.url, 'auditor@folkmoot.example');
  const wrong = { ...checks, pkceCodeVerifier: oidc.randomPKCECodeVerifier() };
  await expect(oidc.authorizationCodeGrant(config, back.url, wrong)).rejects.toThrow();
  const foreign = await request(config, { redirect_uri: 'http://127.0.0.1:9/callback' });
  expect((await browser.go(foreign.url)).res?.status).toBe(400);
  foreign.url.searchParams.set('redirect_uri', CALLBACK);
  foreign.url.searchParams.delete('code_challenge');
  foreign.url.searchParams.delete('code_challenge_method');
  const without = await browser.go(foreign.url, {}, CALLBACK);
  expect(without.url.searchParams.get('error')).toBe('invalid_request');
});

test('takes a confidential client with its secret, and no other secret', async () => {
  const { config, browser, issuer } = await start({ clientSecret: 'laptop-secret' });
  const { tokens } = await signIn(config, browser, 'auditor@folkmoot.example');
  expect(tokens.claims()?.sub).toBe('post-2');
  const impostor = await oidc.discovery(new URL(issuer), 'folkmoot', undefined, oidc.ClientSecretPost('x'), {
    execute: [oidc.allowInsecureRequests],
  });
  await expect(signIn(impostor, browser, 'auditor@folkmoot.example')).rejects.toThrow();
});
