import { type BinaryLike, createHash, createHmac, type Hash, type Hmac, timingSafeEqual } from 'node:crypto';
import {
  ALGORITHM_IDENTIFIER,
  getCanonicalHeaders,
  getSigningKey,
  type SignatureV4,
  SignatureV4Base,
} from '@smithy/signature-v4';
import type { Credentials } from '../engine.ts';

/** What of a request is signed. */
export interface SignedRequest {
  method: string;
  /** As it arrived, still encoded */
  path: string;
  query: URLSearchParams;
  body: { headersDistinct: Readonly<Record<string, string[] | undefined>> };
}

/** What a signature is made for: `20270328/eu-west-2/s3/aws4_request`. */
export interface Scope {
  accessKeyId: string;
  date: string;
  region: string;
  service: string;
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
const SHA256 = Sha256 as unknown as HashConstructor;

/** The canonical request and the string to sign are the library's own, as in the client that signed. */
class Verifier extends SignatureV4Base {
  constructor({ region, service }: Scope, credentials: Credentials) {
    // S3 alone signs the path as it is sent; everywhere else it is encoded once more.
    super({ region, credentials, service, sha256: SHA256, uriEscapePath: service !== 's3' });
  }

  stringToSign(
    request: SignedRequest,
    signedHeaders: string[],
    payloadHash: string,
    at: string,
    scope: Scope,
  ) {
    const wanted = new Set(signedHeaders);
    const headers = Object.fromEntries(
      signedHeaders.map((name) => [name, request.body.headersDistinct[name]?.join(',')]),
    );
    const { method, path } = request;
    const signed = { method, path, headers, query: collectQuery(request.query) } as Parameters<
      typeof getCanonicalHeaders
    >[0];
    const canonical = this.createCanonicalRequest(
      signed,
      getCanonicalHeaders(signed, undefined, wanted),
      payloadHash,
    );
    const { date, region, service } = scope;
    return this.createStringToSign(
      at,
      `${date}/${region}/${service}/aws4_request`,
      canonical,
      ALGORITHM_IDENTIFIER,
    );
  }
}

/** The signature that this request ought to have. */
export async function signRequest(
  request: SignedRequest,
  how: { signedHeaders: string[]; payloadHash: string; at: string; scope: Scope; credentials: Credentials },
): Promise<string> {
  const { signedHeaders, payloadHash, at, scope, credentials } = how;
  const verifier = new Verifier(scope, credentials);
  return signText(
    await verifier.stringToSign(request, signedHeaders, payloadHash, at, scope),
    scope,
    credentials,
  );
}

export async function signText(text: string, scope: Scope, credentials: Credentials): Promise<string> {
  const key = await getSigningKey(SHA256, credentials, scope.date, scope.region, scope.service);
  return createHmac('sha256', key).update(text).digest('hex');
}

/** Takes the same time however much of it is right. */
export function sameText(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

export function parseScope(credential: string): Scope | undefined {
  const parts = /^([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request$/.exec(credential);
  const [, accessKeyId = '', date = '', region = '', service = ''] = parts ?? [];
  return parts ? { accessKeyId, date, region, service } : undefined;
}

/** `20270328T003000Z` as milliseconds; undefined when it is no such time. */
export function parseDate(text: string): number | undefined {
  const at = Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  return /^\d{8}T\d{6}Z$/.test(text) && !Number.isNaN(at) ? at : undefined;
}

function collectQuery(query: URLSearchParams): Record<string, string[]> {
  return Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name)]));
}
