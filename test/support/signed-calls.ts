import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';

/** What `GET /engines` of a laptop's console tells. */
export interface LaptopEngines {
  readonly dynamodb: { readonly endpoint: string; readonly table: string };
  readonly s3: { readonly endpoint: string; readonly buckets: Readonly<Record<string, string>> };
  readonly sqs: { readonly endpoint: string; readonly queues: Readonly<Record<string, string>> };
  readonly ses: { readonly endpoint: string };
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface CallerCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface SignedCalls {
  /** The answer as it comes: for what is to be refused. */
  send(service: 'dynamodb' | 'sqs', operation: string, body: object): Promise<Response>;
  /** Throws with the answer when it is an error. */
  call<T>(service: 'dynamodb' | 'sqs', operation: string, body: object): Promise<T>;
}

class Sha256 {
  readonly #hash;

  constructor(secret?: Parameters<typeof createHmac>[1]) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret);
  }

  update(data: Uint8Array): void {
    this.#hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
}

const targets = { dynamodb: 'DynamoDB_20120810', sqs: 'AmazonSQS' };

/** Calls the engines without an SDK: nothing is tried again, and what is answered can be seen. */
export function signedCalls(engines: LaptopEngines, credentials: CallerCredentials = engines): SignedCalls {
  const send: SignedCalls['send'] = async (service, operation, body) => {
    const { host, hostname, port } = new URL(engines[service].endpoint);
    const signer = new SignatureV4({
      ...{ service, region: engines.region, credentials },
      sha256: Sha256 as unknown as ConstructorParameters<typeof SignatureV4>[0]['sha256'],
    });
    const request = await signer.sign({
      ...{ method: 'POST', protocol: 'http:', hostname, port: Number(port), path: '/', query: {} },
      headers: {
        host,
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `${targets[service]}.${operation}`,
      },
      body: JSON.stringify(body),
    });
    return fetch(engines[service].endpoint, {
      method: 'POST',
      headers: request.headers,
      body: JSON.stringify(body),
    });
  };
  return {
    send,
    call: async <T>(service: 'dynamodb' | 'sqs', operation: string, body: object) => {
      const response = await send(service, operation, body);
      if (!response.ok) throw new Error(`${operation}: ${await response.text()}`);
      return (await response.json()) as T;
    },
  };
}
