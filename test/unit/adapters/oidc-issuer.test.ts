import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
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
  const { url, pending } = await issuer.begin({ redirectUri, maxAgeSeconds: 43_200 });
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
      value: {
        issuer: fake.url,
        subject: 'subject-1',
        email: 'a@folkmoot.example',
        emailVerified: true,
        provenAt: null,
        groups: [],
      },
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
      max_age: '43200',
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
    expect(outcome).toMatchObject({
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

  test('is asked for anew where that is wanted, whatever the issuer remembers', async () => {
    const { url } = await issuer.begin({ redirectUri, maxAgeSeconds: 0 });
    const query = new URL(url).searchParams;
    expect([query.get('max_age'), query.get('prompt')]).toEqual(['0', 'login']);
  });

  test('tells when the issuer saw who it is', async () => {
    const { outcome } = await signIn({ claims: { auth_time: 1_795_000_000 } });
    expect(outcome).toMatchObject({ value: { provenAt: new Date(1_795_000_000_000).toISOString() } });
  });

  test.each<[string, Record<string, unknown>, readonly string[]]>([
    ['Cognito’s, by name', { 'cognito:groups': ['records', 'tutors'] }, ['records', 'tutors']],
    ['Entra’s, by id', { groups: ['3b5e…'] }, ['3b5e…']],
    ['none', {}, []],
    ['too many to name', { _claim_names: { groups: 'src1' } }, []],
    ['what is no list', { groups: 'admin' }, []],
    ['a list of something else', { groups: ['admin', 7] }, []],
  ])('tells the groups: %s', async (_, claims, groups) => {
    const { outcome } = await signIn({ claims });
    expect(outcome).toMatchObject({ ok: true, value: { groups } });
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
    const { pending } = await issuer.begin({ redirectUri, maxAgeSeconds: 43_200 });
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
    await expect(issuer.begin({ redirectUri, maxAgeSeconds: 43_200 })).rejects.toThrow();
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
    await expect(issuer.begin({ redirectUri, maxAgeSeconds: 43_200 })).rejects.toThrow('HTTPS');
  });
});

describe('two minutes between the clocks are allowed for, and no more', () => {
  const SKEW = [
    ['was made in the future', 'iat', 119, true],
    ['was made in the future', 'iat', 121, false],
    ['is not yet good', 'nbf', 119, true],
    ['is not yet good', 'nbf', 121, false],
    ['is about a sign-in of the future', 'auth_time', 119, true],
    ['is about a sign-in of the future', 'auth_time', 121, false],
    ['has expired', 'exp', -119, true],
    ['has expired', 'exp', -121, false],
  ] as const;

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2027-03-09T10:00:00.500Z') });
    return () => vi.useRealTimers();
  });

  test.each(SKEW)('a token that %s (%s, %d seconds): %s', async (_, claim, seconds, ok) => {
    const { outcome } = await signIn({ claims: { [claim]: NOW_SECONDS() + seconds } });
    expect(outcome.ok).toBe(ok);
  });

  test.each(['iat', 'nbf', 'auth_time'])('%s long ago says nothing against a token', async (claim) => {
    const { outcome } = await signIn({ claims: { [claim]: NOW_SECONDS() - 3_600 } });
    expect(outcome.ok).toBe(true);
  });
});

describe('another key of the issuer', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2027-03-09T10:00:00.500Z') });
    return () => vi.useRealTimers();
  });

  const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1_000);

  test('is taken when it was published, without asking more than once a minute', async () => {
    expect((await signIn()).outcome.ok).toBe(true);
    expect(fake.keyRequests).toBe(1);
    fake.changeKey();
    pass(61);
    expect((await signIn()).outcome.ok).toBe(true);
    expect(fake.keyRequests).toBe(2);
    fake.signature = 'unknown key';
    for (let attempt = 0; attempt < 20; attempt += 1) expect((await signIn()).outcome).toEqual(refused);
    expect(fake.keyRequests).toBe(2);
    pass(61);
    for (let attempt = 0; attempt < 20; attempt += 1) expect((await signIn()).outcome).toEqual(refused);
    expect(fake.keyRequests).toBe(3);
  });
});

describe('signing out at the issuer', () => {
  const returnTo = 'https://folkmoot.example/signed-out';

  test('leads there by the id of the client, and back', async () => {
    fake.hasSignOut = true;
    const url = new URL((await issuer.signOutUrl({ returnTo })) ?? '');
    expect(url.origin + url.pathname).toBe(`${fake.url}/end`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'folkmoot',
      post_logout_redirect_uri: returnTo,
      logout_uri: returnTo,
    });
  });

  test('leads nowhere where the issuer has no page for it', async () => {
    expect(await issuer.signOutUrl({ returnTo })).toBeNull();
  });

  test('is a fault when the issuer is down', async () => {
    fake.isDown = true;
    await expect(issuer.signOutUrl({ returnTo })).rejects.toThrow();
  });
});
