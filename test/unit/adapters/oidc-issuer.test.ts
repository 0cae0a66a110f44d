import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OidcIssuer } from '#adapters/oidc/issuer.ts';
import { SignInRefused } from '#domain/staff/ports.ts';
import { FakeIssuer } from '#test/support/fake-issuer.ts';

const redirectUri = 'https://folkmoot.example/sign-in/callback';
const NOW_SECONDS = () => Math.floor(Date.now() / 1_000);

let fake: FakeIssuer;
let issuer: OidcIssuer;

beforeEach(async () => {
  fake = new FakeIssuer();
  await fake.start();
  issuer = new OidcIssuer({ issuer: fake.url, clientId: 'folkmoot', clientSecret: null });
});

afterEach(() => fake.close());

/** Signs in as a browser would, with whatever the test changes on the way back. */
const signIn = async (change: { query?: Record<string, string>; claims?: Record<string, unknown> } = {}) => {
  const { url, pending } = await issuer.begin({ redirectUri });
  fake.claims = { nonce: pending.nonce, email: 'a@folkmoot.example', email_verified: true, ...change.claims };
  const query = new URLSearchParams({ code: 'code-1', state: pending.state, ...change.query });
  const callbackUrl = `https://inside.example/sign-in/callback?${query}`;
  return { url: new URL(url), pending, outcome: await issuer.finish({ callbackUrl, redirectUri, pending }) };
};

const refused = { ok: false, error: expect.any(SignInRefused) };

describe('a sign-in', () => {
  test('ends with the identity that the issuer vouches for', async () => {
    const { outcome } = await signIn();
    expect(outcome).toEqual({
      ok: true,
      value: { subject: 'subject-1', email: 'a@folkmoot.example', emailVerified: true },
    });
  });

  test('uses a code with PKCE, state and nonce, and gives the issuer the address that it knows', async () => {
    const { url, pending } = await signIn();
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'folkmoot',
      response_type: 'code',
      redirect_uri: redirectUri,
      scope: 'openid email',
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: createHash('sha256').update(pending.verifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    expect(fake.tokenRequests).toEqual([
      {
        form: {
          grant_type: 'authorization_code',
          code: 'code-1',
          client_id: 'folkmoot',
          redirect_uri: redirectUri,
          code_verifier: pending.verifier,
        },
        authorization: undefined,
      },
    ]);
  });

  test('proves itself with the secret where there is one', async () => {
    issuer = new OidcIssuer({ issuer: fake.url, clientId: 'folkmoot', clientSecret: 's3cret' });
    const { outcome } = await signIn();
    expect(outcome.ok).toBe(true);
    expect(fake.tokenRequests[0]?.authorization).toBe(`Basic ${btoa('folkmoot:s3cret')}`);
  });

  test('asks for the address where the token does not tell it', async () => {
    fake.userInfo = { sub: 'subject-1', email: 'b@folkmoot.example', email_verified: 'true' };
    const { outcome } = await signIn({ claims: { email: undefined, email_verified: undefined } });
    expect(outcome).toEqual({
      ok: true,
      value: { subject: 'subject-1', email: 'b@folkmoot.example', emailVerified: true },
    });
  });

  test.each([
    [{ email_verified: undefined }, false],
    [{ email_verified: false }, false],
    [{ email_verified: 'false' }, false],
    [{ email_verified: 'perhaps' }, false],
    [{ email_verified: 'true' }, true],
  ])('takes an address for verified only when the issuer says so: %o', async (claims, emailVerified) => {
    const { outcome } = await signIn({ claims });
    expect(outcome).toMatchObject({ ok: true, value: { emailVerified } });
  });

  test('allows for two minutes between the clocks', async () => {
    const { outcome } = await signIn({ claims: { iat: NOW_SECONDS() - 160, exp: NOW_SECONDS() - 100 } });
    expect(outcome.ok).toBe(true);
  });

  test('asks what the issuer says about itself once', async () => {
    await signIn();
    await signIn();
    expect(fake.discoveries).toBe(1);
  });
});

describe('a sign-in is refused', () => {
  test.each([
    ['another state', { state: 'another' }],
    ['no state', { state: '' }],
    ['no code', { code: '' }],
    ['a refusal of the issuer', { error: 'access_denied' }],
    ['another issuer', { iss: 'https://other.example' }],
  ])('with %s', async (_, query) => {
    const { outcome } = await signIn({ query });
    expect(outcome).toEqual(refused);
  });

  test.each([
    ['another nonce', { nonce: 'another' }],
    ['no nonce', { nonce: undefined }],
    ['another audience', { aud: 'somebody-else' }],
    ['another issuer', { iss: 'https://other.example' }],
    ['a token that has expired', { iat: NOW_SECONDS() - 600, exp: NOW_SECONDS() - 300 }],
    ['a token that never expires', { exp: undefined }],
    ['no subject', { sub: undefined }],
  ])('with %s in its token', async (_, claims) => {
    const { outcome } = await signIn({ claims });
    expect(outcome).toEqual(refused);
  });

  test.each(['wrong key', 'unknown key', 'shared secret', 'none'] as const)(
    'with a token signed by: %s',
    async (signature) => {
      fake.signature = signature;
      const { outcome } = await signIn();
      expect(outcome).toEqual(refused);
    },
  );

  test('with a code that was used before', async () => {
    fake.tokenAnswer = { status: 400, body: { error: 'invalid_grant' } };
    const { outcome } = await signIn();
    expect(outcome).toEqual({ ok: false, error: new SignInRefused('invalid_grant') });
  });

  test('with a callback that holds a parameter twice', async () => {
    const { pending } = await issuer.begin({ redirectUri });
    const callbackUrl = `${redirectUri}?code=a&code=b&state=${pending.state}`;
    expect(await issuer.finish({ callbackUrl, redirectUri, pending })).toEqual(refused);
  });

  test('with the address of another person at the issuer', async () => {
    fake.userInfo = { sub: 'subject-2', email: 'b@folkmoot.example', email_verified: true };
    const { outcome } = await signIn({ claims: { email: undefined } });
    expect(outcome).toEqual(refused);
  });
});

describe('a fault is thrown', () => {
  test('when the issuer is down, and forgotten when it is back', async () => {
    fake.isDown = true;
    await expect(issuer.begin({ redirectUri })).rejects.toThrow();
    fake.isDown = false;
    const { outcome } = await signIn();
    expect(outcome.ok).toBe(true);
  });

  test('when the issuer hangs up instead of giving tokens', async () => {
    fake.tokenAnswer = 'hang up';
    await expect(signIn()).rejects.toThrow();
  });

  test('when the issuer fails', async () => {
    fake.tokenAnswer = { status: 500, body: {} };
    await expect(signIn()).rejects.toThrow();
  });

  test('when the issuer does not know this program: a wrong setting', async () => {
    fake.tokenAnswer = { status: 401, body: { error: 'invalid_client' } };
    await expect(signIn()).rejects.toThrow();
  });

  test('when an issuer elsewhere is not reached by TLS', async () => {
    issuer = new OidcIssuer({ issuer: 'http://issuer.example', clientId: 'folkmoot', clientSecret: null });
    await expect(issuer.begin({ redirectUri })).rejects.toThrow('HTTPS');
  });
});
