import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const newKey = (kid: string) => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { kid, privateKey, jwk: { ...publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' } };
};

const SECONDS = 1_000;

/**
 * An OpenID Connect issuer that does as it is told, right or wrong: what it says about itself, who it
 * vouches for, and how it signs are the test's to change.
 */
export class FakeIssuer {
  /** The claims of the next identity token, beside the right ones. `undefined` leaves one out. */
  claims: Record<string, unknown> = {};
  /** What the next identity token is signed with. */
  signature: 'right' | 'wrong key' | 'unknown key' | 'shared secret' | 'none' = 'right';
  /** What the token endpoint answers instead of tokens. */
  tokenAnswer: { status: number; body: object } | 'hang up' | null = null;
  userInfo: Record<string, unknown> | null = null;
  /** Whether it has a page on which one signs out. */
  hasSignOut = false;
  /** Whether it answers at all. */
  isDown = false;
  readonly tokenRequests: { form: Record<string, string>; authorization: string | undefined }[] = [];
  discoveries = 0;
  keyRequests = 0;

  #key = newKey('key-1');
  readonly #otherKey = newKey('key-1');
  readonly #server = createServer((request, response) => {
    void this.#answer(request).then((answer) => {
      if (answer === 'hang up') request.socket.destroy();
      else
        response
          .writeHead(answer.status, { 'content-type': 'application/json' })
          .end(JSON.stringify(answer.body));
    });
  });

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async start(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  /** Signs with another key from now on, and publishes that one only. */
  changeKey(): void {
    this.#key = newKey(`${this.#key.kid}-next`);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage): Promise<{ status: number; body: object } | 'hang up'> {
    if (this.isDown) return 'hang up';
    switch (request.url) {
      case '/.well-known/openid-configuration':
        this.discoveries += 1;
        return { status: 200, body: this.#metadata() };
      case '/jwks':
        this.keyRequests += 1;
        return { status: 200, body: { keys: [this.#key.jwk] } };
      case '/token': {
        const form = Object.fromEntries(new URLSearchParams(await text(request)));
        this.tokenRequests.push({ form, authorization: request.headers.authorization });
        return this.tokenAnswer ?? { status: 200, body: this.#tokens() };
      }
      case '/me':
        return { status: 200, body: this.userInfo ?? {} };
      default:
        return { status: 404, body: {} };
    }
  }

  #metadata() {
    return {
      issuer: this.url,
      authorization_endpoint: `${this.url}/authorize`,
      token_endpoint: `${this.url}/token`,
      jwks_uri: `${this.url}/jwks`,
      ...(this.hasSignOut && { end_session_endpoint: `${this.url}/end` }),
      ...(this.userInfo && { userinfo_endpoint: `${this.url}/me` }),
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
    };
  }

  #tokens() {
    return { access_token: 'access', token_type: 'Bearer', expires_in: 60, id_token: this.#identityToken() };
  }

  #identityToken(): string {
    const now = Math.floor(Date.now() / SECONDS);
    const claims = {
      iss: this.url,
      sub: 'subject-1',
      aud: 'folkmoot',
      iat: now,
      exp: now + 60,
      ...this.claims,
    };
    const kid = this.signature === 'unknown key' ? 'key-2' : this.#key.kid;
    const alg = { none: 'none', 'shared secret': 'HS256' }[this.signature as string] ?? 'RS256';
    const signed = `${base64url({ alg, kid })}.${base64url(claims)}`;
    return `${signed}.${this.#sign(signed)}`;
  }

  #sign(signed: string): string {
    if (this.signature === 'none') return '';
    if (this.signature === 'shared secret')
      return createHmac('sha256', JSON.stringify(this.#key.jwk)).update(signed).digest('base64url');
    const { privateKey } = this.signature === 'wrong key' ? this.#otherKey : this.#key;
    return sign('sha256', Buffer.from(signed), privateKey).toString('base64url');
  }
}
