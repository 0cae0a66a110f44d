import * as oidc from 'openid-client';
import * as z from 'zod';
import { failed, ok, type Result } from '#domain/shared/result.ts';
import { type Issuer, type ProvenIdentity, type SignInProof, SignInRefused } from '#domain/staff/ports.ts';

export interface IssuerSettings {
  /** The issuer's identifier: what stands before `/.well-known/openid-configuration`. */
  readonly issuer: string;
  readonly clientId: string;
  /** Null for a public client, which proves itself by PKCE alone. */
  readonly clientSecret: string | null;
}

const SCOPE = 'openid email';

/** Seconds by which the issuer's clock and ours may differ. */
const CLOCK_TOLERANCE_SECONDS = 120;

/** Seconds in which the issuer must answer, so that a page can still say that it did not. */
const TIMEOUT_SECONDS = 3;

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** What openid-client calls a proof that proves nothing (forged, stale, for somebody else). */
const UNPROVEN = new Set([
  'OAUTH_INVALID_RESPONSE',
  'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED',
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_KEY_SELECTION_FAILED',
  'OAUTH_PARSE_ERROR',
  'OAUTH_UNSUPPORTED_OPERATION',
]);

/** What a refusal is called; null when the fault is a machine's. */
const refusalOf = (fault: unknown): string | null => {
  // The person pressed "cancel", or the issuer has no such person.
  if (fault instanceof oidc.AuthorizationResponseError) return fault.code;
  if (fault instanceof FromTheFuture) return fault.name;
  // The code was used before, is too old, or its verifier is wrong. Anything else is a wrong setting.
  if (fault instanceof oidc.ResponseBodyError) return fault.error === 'invalid_grant' ? fault.error : null;
  if (!(fault instanceof oidc.ClientError) || fault.code === undefined) return null;
  return UNPROVEN.has(fault.code) ? fault.code : null;
};

const claimsSchema = z.object({
  sub: z.string(),
  email: z.string().optional(),
  // Some issuers write a truth value as text (Amazon Cognito: "true").
  email_verified: z.union([z.boolean(), z.stringbool()]).optional().catch(undefined),
});

/** Groups are a convention of each issuer: names in Amazon Cognito, ids in Microsoft Entra ID. */
const GROUP_CLAIMS = ['cognito:groups', 'groups'] as const;

const groupsSchema = z.array(z.string()).catch([]);

type Person = Omit<ProvenIdentity, 'provenAt' | 'groups'>;

const readPerson = (issuer: string, claims: unknown): Person => {
  const { sub, email, email_verified } = claimsSchema.parse(claims);
  return { issuer, subject: sub, email, emailVerified: email_verified ?? false };
};

/** A moment of a token that lies in the future, by more than clocks may differ. */
class FromTheFuture extends Error {
  override readonly name = 'FromTheFuture';
}

/**
 * What openid-client leaves open: it takes a token that was made tomorrow. (One that was made long ago ends by its
 * `exp`; Microsoft Entra ID dates `iat` back by five minutes, so it says nothing about the age of a token.)
 */
const refuseFuture = (claims: oidc.IDToken): void => {
  const latest = Math.floor(Date.now() / 1_000) + CLOCK_TOLERANCE_SECONDS;
  for (const at of [claims.iat, claims.auth_time ?? 0]) if (at > latest) throw new FromTheFuture();
};

/**
 * Sign-in by OpenID Connect: authorisation code with PKCE (S256), state and nonce; the identity token's
 * signature is checked although it comes from the issuer directly.
 */
export class OidcIssuer implements Issuer {
  readonly #settings: IssuerSettings;
  #discovered: Promise<oidc.Configuration> | null = null;

  constructor(settings: IssuerSettings) {
    this.#settings = settings;
  }

  async begin({
    redirectUri,
    maxAgeSeconds,
  }: {
    redirectUri: string;
    maxAgeSeconds: number;
  }): Promise<{ url: string; pending: SignInProof }> {
    const configuration = await this.#discover();
    const pending: SignInProof = {
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      verifier: oidc.randomPKCECodeVerifier(),
    };
    const url = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: SCOPE,
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(pending.verifier),
      code_challenge_method: 'S256',
      max_age: String(maxAgeSeconds),
      // Not every issuer knows `max_age`; those that people use all know this.
      ...(maxAgeSeconds === 0 ? { prompt: 'login' } : {}),
    });
    return { url: url.href, pending };
  }

  async finish(returned: {
    callbackUrl: string;
    redirectUri: string;
    pending: SignInProof;
  }): Promise<Result<ProvenIdentity, SignInRefused>> {
    const configuration = await this.#discover();
    // The site's own address as the issuer knows it: a proxy in front may have changed it on the way.
    const current = new URL(returned.redirectUri);
    current.search = new URL(returned.callbackUrl, returned.redirectUri).search;
    try {
      return ok(await this.#identify(configuration, current, returned.pending));
    } catch (fault) {
      const reason = refusalOf(fault);
      if (reason === null) throw fault;
      return failed(new SignInRefused(reason));
    }
  }

  async #identify(
    configuration: oidc.Configuration,
    current: URL,
    { state, nonce, verifier }: SignInProof,
  ): Promise<ProvenIdentity> {
    const tokens = await oidc.authorizationCodeGrant(configuration, current, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims === undefined)
      throw new Error('openid-client has let an answer without an identity token through');
    refuseFuture(claims);
    const { auth_time } = claims;
    return {
      ...(await this.#identifyPerson(configuration, tokens.access_token, claims)),
      provenAt: auth_time === undefined ? null : new Date(auth_time * 1_000).toISOString(),
      groups: GROUP_CLAIMS.flatMap((claim) => groupsSchema.parse(claims[claim])),
    };
  }

  async #identifyPerson(
    configuration: oidc.Configuration,
    accessToken: string,
    claims: oidc.IDToken,
  ): Promise<Person> {
    const { issuer, userinfo_endpoint } = configuration.serverMetadata();
    const person = readPerson(issuer, claims);
    if (person.email !== undefined || !userinfo_endpoint) return person;
    // An issuer that follows the standard closely tells the address only when it is asked.
    return readPerson(issuer, await oidc.fetchUserInfo(configuration, accessToken, claims.sub));
  }

  async signOutUrl({ returnTo }: { returnTo: string }): Promise<string | null> {
    const configuration = await this.#discover();
    if (!configuration.serverMetadata().end_session_endpoint) return null;
    // By the client's id and not by a hint: that would be the identity token, which we do not keep. Amazon Cognito has
    // a name of its own for the way back; others leave what they do not know alone.
    const wanted = { post_logout_redirect_uri: returnTo, logout_uri: returnTo };
    return oidc.buildEndSessionUrl(configuration, wanted).href;
  }

  /** What the issuer says about itself, asked once; again when that failed. */
  #discover(): Promise<oidc.Configuration> {
    this.#discovered ??= this.#ask().catch((fault: unknown) => {
      this.#discovered = null;
      throw fault;
    });
    return this.#discovered;
  }

  #ask(): Promise<oidc.Configuration> {
    const { issuer, clientId, clientSecret } = this.#settings;
    const server = new URL(issuer);
    const isOnThisMachine = LOOPBACK.has(server.hostname);
    return oidc.discovery(
      server,
      clientId,
      { [oidc.clockTolerance]: CLOCK_TOLERANCE_SECONDS },
      clientSecret === null ? oidc.None() : oidc.ClientSecretBasic(clientSecret),
      {
        timeout: TIMEOUT_SECONDS,
        execute: [oidc.enableNonRepudiationChecks, ...(isOnThisMachine ? [oidc.allowInsecureRequests] : [])],
      },
    );
  }
}
