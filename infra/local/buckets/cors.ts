import type { ServerResponse } from 'node:http';
import type { CorsRule } from '../template/inventory.ts';
import type { BucketSettings } from './bucket-context.ts';
import { sendEmpty } from './s3-answer.ts';
import { S3Error } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';

/*
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html
 * https://docs.aws.amazon.com/AmazonS3/latest/API/RESTOPTIONSobject.html
 */

/** A browser's question whether a script may ask; it is never signed. */
export const isPreflight = ({ method, headers }: S3Request): boolean =>
  method === 'OPTIONS' && headers.origin !== undefined;

export function answerPreflight(
  bucket: BucketSettings | undefined,
  { headers }: S3Request,
  res: ServerResponse,
): void {
  const { corsRules = [] } = bucket ?? {};
  if (corsRules.length === 0) throw forbidden('CORS is not enabled for this bucket.');
  const wanted = listOf(headers['access-control-request-headers']);
  const method = headers['access-control-request-method'] ?? '';
  const rule = findRule(corsRules, headers.origin ?? '', method, wanted);
  if (!rule) throw forbidden('This CORS request is not allowed.');
  sendEmpty(res, 200, {
    ...describeRule(rule, headers.origin ?? ''),
    ...(wanted.length > 0 && { 'access-control-allow-headers': wanted.join(', ') }),
  });
}

/** Lets the page that sent a request see the answer, an error too, where a rule of the bucket says that it may. */
export function allowOrigin(
  bucket: BucketSettings | undefined,
  { headers, method }: S3Request,
  res: ServerResponse,
): void {
  const { origin } = headers;
  const rule = origin === undefined ? undefined : findRule(bucket?.corsRules ?? [], origin, method, []);
  if (rule) res.setHeaders(new Map(Object.entries(describeRule(rule, origin ?? ''))));
}

function findRule(
  rules: readonly CorsRule[],
  origin: string,
  method: string,
  headers: string[],
): CorsRule | undefined {
  return rules.find(
    (rule) =>
      rule.methods.includes(method) &&
      rule.origins.some((pattern) => matches(pattern, origin)) &&
      headers.every((name) => rule.headers.some((pattern) => matches(pattern.toLowerCase(), name))),
  );
}

function describeRule(rule: CorsRule, origin: string): Record<string, string> {
  const isForAll = rule.origins.includes('*');
  return {
    'access-control-allow-origin': isForAll ? '*' : origin,
    'access-control-allow-methods': rule.methods.join(', '),
    ...(rule.exposedHeaders.length > 0 && {
      'access-control-expose-headers': rule.exposedHeaders.join(', '),
    }),
    ...(rule.maxAgeSeconds !== undefined && { 'access-control-max-age': String(rule.maxAgeSeconds) }),
    ...(!isForAll && { 'access-control-allow-credentials': 'true' }),
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  };
}

/** With at most one asterisk in the pattern. */
function matches(pattern: string, text: string): boolean {
  const [before = '', after] = pattern.split('*', 2);
  if (after === undefined) return pattern === text;
  return text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after);
}

const listOf = (header: string | undefined): string[] =>
  (header ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');

const forbidden = (why: string): S3Error => new S3Error('AccessForbidden', 403, `CORSResponse: ${why}`);
