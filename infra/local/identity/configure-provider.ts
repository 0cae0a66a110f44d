import { generateKeyPair, randomBytes, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import type { Now } from '../engine.ts';
import { accountOfSubject, type DemonstrationAccount } from './demonstration-account.ts';
import { createAdapterFactory } from './memory-adapter.ts';
import { renderMessage } from './pages.ts';

export interface ProviderSettings {
  /** Path of the issuer, without a final slash */
  base: string;
  clientId: string;
  clientSecret?: string;
  redirectUris: string[];
  postLogoutRedirectUris: string[];
  accounts: DemonstrationAccount[];
  now: Now;
}

const SCOPES = 'openid email profile';
const HOUR = 3_600;
const MINUTE = 60;

/** Code and PKCE, one client, the demonstration accounts; keys are new at every start. */
export async function configureProvider(settings: ProviderSettings): Promise<Configuration> {
  return {
    adapter: createAdapterFactory(),
    clients: [describeClient(settings)],
    jwks: { keys: [await generateSigningKey()] },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    scopes: SCOPES.split(' '),
    claims: { openid: ['sub', 'iat', 'auth_time'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: false,
    findAccount: (_, sub) => findAccount(settings, sub),
    loadExistingGrant: grantEverything,
    interactions: { url: (_, { uid }) => `${settings.base}/interaction/${uid}` },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx) => {
          ctx.body = '';
        },
        postLogoutSuccessSource: (ctx) => {
          ctx.body = renderMessage('You are signed out', 'You can close this page.');
        },
      },
    },
    pkce: { required: () => true },
    clientBasedCORS: () => false,
    renderError: (ctx, { error, error_description = '' }) => {
      ctx.type = 'html';
      ctx.body = renderMessage('Sign-in did not work', `${error}: ${error_description}`);
    },
    ttl: {
      AccessToken: HOUR,
      AuthorizationCode: MINUTE,
      Grant: HOUR,
      IdToken: () => idTokenLifetime(settings.now),
      Interaction: HOUR,
      Session: HOUR,
    },
  };
}

function describeClient({ clientId, clientSecret, redirectUris, postLogoutRedirectUris }: ProviderSettings) {
  return {
    client_id: clientId,
    ...(clientSecret && { client_secret: clientSecret }),
    token_endpoint_auth_method: clientSecret ? ('client_secret_post' as const) : ('none' as const),
    redirect_uris: redirectUris,
    post_logout_redirect_uris: postLogoutRedirectUris,
    grant_types: ['authorization_code'],
    response_types: ['code' as const],
  };
}

async function generateSigningKey() {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const jwk = privateKey.export({ format: 'jwk' });
  return { ...jwk, kty: 'RSA', kid: randomUUID(), alg: 'RS256', use: 'sig' };
}

/**
 * `iat` and `auth_time` are claims of the account because the provider reads the machine's clock, and the functions
 * that check a token read the laptop's. Everybody signs in anew each time, so both are now.
 */
function findAccount({ accounts, now }: ProviderSettings, sub: string) {
  const account = accounts.find((candidate) => candidate.sub === sub) ?? accountOfSubject(sub);
  if (!account) return undefined;
  const { email, name } = account;
  return {
    accountId: sub,
    claims: () => {
      const at = Math.floor(now().getTime() / 1000);
      return { sub, email, email_verified: true, name, iat: at, auth_time: at };
    },
  };
}

/** Seconds from the machine's clock to an hour from the laptop's. */
function idTokenLifetime(now: Now): number {
  return Math.max(MINUTE, HOUR + Math.round((now().getTime() - Date.now()) / 1000));
}

/** Consent is a question for people with a choice; nobody is asked here. */
async function grantEverything(ctx: KoaContextWithOIDC) {
  const { session, client, provider } = ctx.oidc;
  if (!session?.accountId || !client) return undefined;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope(SCOPES);
  await grant.save();
  return grant;
}
