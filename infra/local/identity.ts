import type { IncomingMessage, ServerResponse } from 'node:http';
import { Provider } from 'oidc-provider';
import type { Now } from './engine.ts';
import { configureProvider } from './identity/configure-provider.ts';
import type { DemonstrationAccount } from './identity/demonstration-account.ts';
import { answerInteraction } from './identity/interaction-page.ts';

export type { DemonstrationAccount } from './identity/demonstration-account.ts';

export interface IdentityOptions {
  /** For example `http://127.0.0.1:3001/issuer`; its path is where `handle` is mounted */
  issuer: string;
  clientId: string;
  /** Left out: a public client. Given: the client has to send it (`client_secret_post`) */
  clientSecret?: string;
  redirectUris: string[];
  postLogoutRedirectUris?: string[];
  accounts: DemonstrationAccount[];
  /** ID tokens are issued and expire by this clock */
  now: Now;
}

export interface Identity {
  /** Answers a request below the issuer's path; takes `req.url` whole. */
  handle(req: IncomingMessage, res: ServerResponse): void;
  close(): Promise<void>;
}

/**
 * The laptop's OpenID Connect issuer: authorization code with PKCE. Every sign-in shows a page with the
 * demonstration accounts and asks for no password; a program follows the redirects with cookies and posts
 * `email=...` to where they end. Signing out (`end_session_endpoint`) asks nothing.
 */
export async function startIdentity(options: IdentityOptions): Promise<Identity> {
  const { issuer, accounts, redirectUris, postLogoutRedirectUris = [] } = options;
  const base = new URL(issuer).pathname.replace(/\/$/, '');
  const provider = new Provider(
    issuer,
    await configureProvider({ ...options, base, postLogoutRedirectUris }),
  );
  provider.on('server_error', (_, error) => console.error('issuer failed', error));
  provider.use(endSessionUnasked);
  const answer = provider.callback();
  const formTargets = [...new Set(redirectUris.map((uri) => new URL(uri).origin))];
  return {
    handle: (req, res) => {
      const url = req.url ?? '';
      const path = url.slice(base.length);
      Object.assign(req, { originalUrl: url, url: path });
      if (/^\/auth(?:[/?]|$)/.test(path)) forgetSession(req);
      if (!/^\/interaction\/[\w-]+$/.test(path)) {
        void answer(req, res);
        return;
      }
      answerInteraction({ provider, accounts, formTargets, action: url }, req, res).catch(
        (error: unknown) => {
          console.error('issuer failed', error);
          res.destroy();
        },
      );
    },
    close: async () => {},
  };
}

/** No single sign-on: whoever signs in may want to be somebody else this time. */
function forgetSession(req: IncomingMessage): void {
  const cookies = (req.headers.cookie ?? '').split(/;\s*/);
  req.headers.cookie = cookies.filter((cookie) => !cookie.startsWith('_session')).join('; ');
}

/**
 * The provider checked the request and is about to ask "do you want to sign out?": signs out instead.
 * Whoever could forge this request would sign somebody out of a demonstration.
 */
async function endSessionUnasked(...[ctx, next]: Parameters<Parameters<Provider['use']>[0]>): Promise<void> {
  await next();
  if (ctx.oidc?.route !== 'end_session' || ctx.status !== 200) return;
  const { session } = ctx.oidc;
  const { postLogoutRedirectUri, state } = session?.state ?? {};
  await session?.destroy();
  const target = new URL(String(postLogoutRedirectUri ?? ctx.oidc.urlFor('end_session_success')));
  if (postLogoutRedirectUri && state) target.searchParams.set('state', String(state));
  ctx.body = '';
  ctx.status = 303;
  ctx.redirect(target.href);
}
