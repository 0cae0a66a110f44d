import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { realNow } from '../clock/shifted-date.mjs';
import { parseDate, parseScope, type Scope, sameText, signRequest } from '../engine/signature.ts';
import type { Credentials, FindCredentials, Now } from '../engine.ts';
import { EngineError } from './engine-error.ts';

export interface CallAuthenticator {
  region: string;
  credentials: FindCredentials;
  now: Now;
}

const HEADER = /^AWS4-HMAC-SHA256\s+Credential=([^,]+),\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]{64})$/;
/** IAM user guide, "Elements of an AWS API request signature": five minutes; S3 alone allows fifteen. */
const MAX_SKEW_MS = 5 * 60_000;

/**
 * Gives the access key of a call that is signed with Signature Version 4, body included, for this service and region.
 * Its date may be right by the laptop's clock or by the machine's, which an operator's own tools go by. A function's
 * may be any: Lambda's clock is never wrong, and the laptop's may be moved while a function runs. Throws an
 * `EngineError` in the words that DynamoDB has for it.
 */
export async function authenticateCall(
  settings: CallAuthenticator,
  service: string,
  req: IncomingMessage,
  body: Buffer,
): Promise<string> {
  const [, credential = '', names = '', signature = ''] = HEADER.exec(req.headers.authorization ?? '') ?? [];
  if (!credential) {
    throw new EngineError(
      'MissingAuthenticationTokenException',
      400,
      'Request is missing Authentication Token',
    );
  }
  const scope = checkScope(settings, service, parseScope(credential));
  const credentials = findCredentials(settings, scope, req);
  const at = String(req.headers['x-amz-date'] ?? '');
  checkDate(at, scope);
  if (credentials.sessionToken === undefined) checkSkew(settings, at);
  const [path = '/', query = ''] = (req.url ?? '/').split('?', 2);
  const expected = await signRequest(
    { method: req.method ?? '', path, query: new URLSearchParams(query), body: req },
    {
      signedHeaders: names.split(';'),
      payloadHash: createHash('sha256').update(body).digest('hex'),
      at,
      scope,
      credentials,
    },
  );
  if (!areSigned(req, names.split(';')) || !sameText(signature, expected)) {
    throw invalidSignature(
      'The request signature we calculated does not match the signature you provided. ' +
        'Check your AWS Secret Access Key and signing method.',
    );
  }
  return scope.accessKeyId;
}

/** Nothing that a service acts upon may travel unsigned. */
function areSigned(req: IncomingMessage, signed: readonly string[]): boolean {
  const sent = Object.keys(req.headers).filter((name) => name.startsWith('x-amz-'));
  return ['host', ...sent].every((name) => signed.includes(name));
}

function checkScope({ region }: CallAuthenticator, service: string, scope: Scope | undefined): Scope {
  if (!scope) throw new EngineError('IncompleteSignatureException', 400, 'The Credential is mal-formed.');
  if (scope.service !== service || scope.region !== region) {
    throw invalidSignature(
      `Credential should be scoped to a valid region and service: ${region}/${service}.`,
    );
  }
  return scope;
}

function findCredentials(settings: CallAuthenticator, scope: Scope, req: IncomingMessage): Credentials {
  const credentials = settings.credentials(scope.accessKeyId);
  const token = String(req.headers['x-amz-security-token'] ?? '');
  if (!credentials || !sameText(token, credentials.sessionToken ?? '')) {
    throw new EngineError(
      'UnrecognizedClientException',
      400,
      'The security token included in the request is invalid.',
    );
  }
  return credentials;
}

function checkDate(at: string, scope: Scope): void {
  if (parseDate(at) === undefined || !at.startsWith(scope.date)) {
    throw new EngineError('IncompleteSignatureException', 400, 'The request has no valid X-Amz-Date.');
  }
}

function checkSkew({ now }: CallAuthenticator, at: string): void {
  const signedAt = parseDate(at) ?? 0;
  const clocks = [now().getTime(), realNow()];
  if (clocks.every((clock) => Math.abs(clock - signedAt) > MAX_SKEW_MS)) {
    throw invalidSignature(`Signature expired: ${at} is not within five minutes of the present.`);
  }
}

const invalidSignature = (message: string) => new EngineError('InvalidSignatureException', 400, message);
