import { realNow } from '../clock/shifted-date.mjs';
import { parseDate, parseScope, type Scope, sameText, signRequest } from '../engine/signature.ts';
import type { Credentials, FindCredentials, Now } from '../engine.ts';
import { accessDenied, invalidRequest, S3Error } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';

export interface Authenticator {
  region: string;
  credentials: FindCredentials;
  now: Now;
}

/** S3 user guide, "Authenticating requests": fifteen minutes either way; a presigned URL a week at most. */
const MAX_SKEW_MS = 15 * 60_000;
const MAX_EXPIRES_SECONDS = 604_800;
const HEADER = /^AWS4-HMAC-SHA256\s+Credential=([^,]+),\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]{64})$/;
const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD';

/**
 * Lets a request pass that is signed with Signature Version 4, in its header or in its address.
 * Gives the access key that it is signed with.
 * A header's date may be right by the laptop's clock or by the machine's, which an operator's own tools go by;
 * an address expires by the laptop's clock alone.
 */
export async function authenticate(settings: Authenticator, request: S3Request): Promise<string> {
  const { authorization } = request.headers;
  const presigned = request.query.has('X-Amz-Algorithm') || request.query.has('X-Amz-Signature');
  if (authorization && presigned) throw invalidRequest('Only one auth mechanism allowed.');
  if (authorization) return authenticateHeader(settings, request, authorization);
  if (presigned) return authenticateQuery(settings, request);
  throw accessDenied('Access Denied');
}

async function authenticateHeader(
  settings: Authenticator,
  request: S3Request,
  authorization: string,
): Promise<string> {
  const [, credential = '', names = '', signature = ''] = HEADER.exec(authorization) ?? [];
  const scope = checkScope(settings, parseScope(credential));
  const at = request.headers['x-amz-date'] ?? '';
  const signedAt = checkDate(at, scope);
  const credentials = findCredentials(settings, scope, request.headers['x-amz-security-token']);
  const clocks = [settings.now().getTime(), realNow()];
  const isSkewed = clocks.every((clock) => Math.abs(clock - signedAt) > MAX_SKEW_MS);
  // A function's clock is never wrong in AWS; the laptop's may be moved while one runs.
  if (isSkewed && credentials.sessionToken === undefined) {
    throw new S3Error(
      'RequestTimeTooSkewed',
      403,
      'The difference between the request time and the current time is too large.',
    );
  }
  const payloadHash = request.headers['x-amz-content-sha256'];
  if (!payloadHash) throw invalidRequest('Missing required header for this request: x-amz-content-sha256');
  const signedHeaders = checkSignedHeaders(request, names);
  const expected = await signRequest(request, { signedHeaders, payloadHash, at, scope, credentials });
  checkSignature(signature, expected);
  return scope.accessKeyId;
}

async function authenticateQuery(settings: Authenticator, request: S3Request): Promise<string> {
  const parameter = (name: string) => request.query.get(`X-Amz-${name}`) ?? '';
  if (parameter('Algorithm') !== 'AWS4-HMAC-SHA256') throw queryError('X-Amz-Algorithm is not supported');
  const scope = checkScope(settings, parseScope(parameter('Credential')));
  const at = parameter('Date');
  const signedAt = checkDate(at, scope);
  const expires = Number(parameter('Expires') || Number.NaN);
  if (!Number.isInteger(expires) || expires < 1 || expires > MAX_EXPIRES_SECONDS) {
    throw queryError('X-Amz-Expires must be a number of seconds up to a week');
  }
  const credentials = findCredentials(
    settings,
    scope,
    request.query.get('X-Amz-Security-Token') ?? undefined,
  );
  const signedHeaders = checkSignedHeaders(request, parameter('SignedHeaders'));
  const payloadHash = request.headers['x-amz-content-sha256'] ?? UNSIGNED_PAYLOAD;
  const expected = await signRequest(request, { signedHeaders, payloadHash, at, scope, credentials });
  checkSignature(parameter('Signature'), expected);
  const now = settings.now().getTime();
  if (signedAt > now + MAX_SKEW_MS) throw accessDenied('Request is not yet valid');
  if (now >= signedAt + expires * 1000) throw accessDenied('Request has expired');
  return scope.accessKeyId;
}

/** The secret behind a scope; the session token has to be the one that goes with it. */
export function findCredentials(
  settings: Authenticator,
  scope: Scope,
  token: string | undefined,
): Credentials {
  const credentials = settings.credentials(scope.accessKeyId);
  if (!credentials) {
    throw new S3Error(
      'InvalidAccessKeyId',
      403,
      'The AWS Access Key Id you provided does not exist in our records.',
    );
  }
  if (!sameText(token ?? '', credentials.sessionToken ?? '')) {
    throw new S3Error('InvalidToken', 400, 'The provided token is malformed or otherwise invalid.');
  }
  return credentials;
}

export function checkScope(settings: Authenticator, scope: Scope | undefined): Scope {
  if (scope?.service !== 's3') throw malformed('the Credential is mal-formed');
  if (scope.region !== settings.region) {
    throw malformed(`the region '${scope.region}' is wrong; expecting '${settings.region}'`);
  }
  return scope;
}

export function checkSignature(given: string, expected: string): void {
  if (sameText(given, expected)) return;
  throw new S3Error(
    'SignatureDoesNotMatch',
    403,
    'The request signature we calculated does not match the signature you provided.',
  );
}

function checkDate(at: string, scope: Scope): number {
  const signedAt = parseDate(at);
  if (signedAt === undefined) throw accessDenied('The request has no valid X-Amz-Date.');
  if (!at.startsWith(scope.date)) throw malformed('Credential and X-Amz-Date are of different days');
  return signedAt;
}

/** Nothing that S3 acts upon may travel unsigned. */
function checkSignedHeaders(request: S3Request, names: string): string[] {
  const signed = names.split(';');
  const sent = Object.keys(request.body.headers);
  const unsigned = sent.filter((name) => name.startsWith('x-amz-') && !signed.includes(name));
  if (!signed.includes('host') || unsigned.length > 0) {
    throw accessDenied('There were headers present in the request which were not signed');
  }
  return signed;
}

function malformed(reason: string): S3Error {
  return new S3Error(
    'AuthorizationHeaderMalformed',
    400,
    `The authorization header is malformed; ${reason}.`,
  );
}

function queryError(message: string): S3Error {
  return new S3Error('AuthorizationQueryParametersError', 400, message);
}
