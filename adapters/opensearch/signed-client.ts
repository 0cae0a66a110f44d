import { type BinaryLike, createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Clock } from '#domain/shared/clock.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface OpenSearchSettings {
  /** Of the domain: `https://search-archive-abc.eu-west-2.es.amazonaws.com`. */
  readonly endpoint: string;
  readonly region: string;
  /** `es` for a domain, `aoss` for a serverless collection. */
  readonly service: 'es' | 'aoss';
  readonly credentials: () => Promise<Credentials>;
}

/** What the service answered instead of doing what it was asked; never quotes what was asked. */
export class OpenSearchFault extends Error {
  override name = 'OpenSearchFault';
  readonly status: number;

  constructor(status: number, kind: string) {
    super(`OpenSearch answered ${status} (${kind})`);
    this.status = status;
  }
}

/** The hash in the shape that the signing library wants. */
class Sha256 {
  readonly #hash: Hash | Hmac;

  constructor(secret?: BinaryLike) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret);
  }

  update(data: Uint8Array): void {
    this.#hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {
    throw new Error('One digest each');
  }
}

type HashConstructor = ConstructorParameters<typeof SignatureV4>[0]['sha256'];

const TIMEOUT_MILLISECONDS = 10_000;
const ATTEMPTS = 3;
const PAUSE_MILLISECONDS = 200;
/** Too many requests, and what stands between us and the service. */
const TRY_AGAIN: readonly number[] = [429, 502, 503, 504];

/** Calls an OpenSearch domain with Signature Version 4. Everything that is asked of it may be asked twice. */
export class SignedClient {
  readonly #settings: OpenSearchSettings;
  readonly #clock: Clock;

  constructor(settings: OpenSearchSettings, clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
  }

  /** The answer as parsed JSON; throws `OpenSearchFault` for every status that is no success. */
  async call(
    method: 'POST' | 'PUT',
    path: string,
    body: string,
    type: 'application/json' | 'application/x-ndjson' = 'application/json',
  ): Promise<unknown> {
    for (let attempt = 1; ; attempt += 1) {
      const response = await this.#send(method, path, body, type);
      if (response.ok) return response.json();
      const fault = new OpenSearchFault(response.status, await kindOf(response));
      if (!TRY_AGAIN.includes(response.status) || attempt === ATTEMPTS) throw fault;
      await wait(PAUSE_MILLISECONDS * attempt);
    }
  }

  async #send(method: string, path: string, body: string, type: string): Promise<Response> {
    const { endpoint, region, service, credentials } = this.#settings;
    const { protocol, hostname, host, port } = new URL(endpoint);
    const signer = new SignatureV4({
      ...{ service, region, credentials: await credentials(), applyChecksum: true },
      sha256: Sha256 as unknown as HashConstructor,
    });
    const [pathname = '/', query = ''] = path.split('?');
    const request = await signer.sign(
      {
        ...{ method, protocol, hostname, path: pathname, body, headers: { host, 'content-type': type } },
        ...(port !== '' && { port: Number(port) }),
        query: Object.fromEntries(new URLSearchParams(query)),
      },
      { signingDate: new Date(this.#clock.now()) },
    );
    const { host: _, ...headers } = request.headers;
    const signal = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
    return fetch(new URL(path, endpoint), { method, headers, body, signal });
  }
}

const kindOf = async (response: Response): Promise<string> => {
  const answer = (await response.json().catch(() => null)) as { error?: { type?: unknown } } | null;
  return typeof answer?.error?.type === 'string' ? answer.error.type : 'no reason given';
};
