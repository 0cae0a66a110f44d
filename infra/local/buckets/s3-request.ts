import type { IncomingMessage } from 'node:http';
import { S3Error } from './s3-error.ts';

export interface S3Request {
  method: string;
  /** As it arrived, still encoded: what was signed */
  path: string;
  query: URLSearchParams;
  /** Lower-case names; a presigned request's `x-amz-...` parameters count as headers too */
  headers: Record<string, string>;
  /** Empty when the request is for no bucket in particular */
  bucket: string;
  /** Empty for the bucket itself */
  key: string;
  body: IncomingMessage;
}

/** API reference, "Object key names": in bytes of UTF-8. */
const MAX_KEY_BYTES = 1_024;
/**
 * Parameters that are no headers in disguise: those that authenticate, and checksums. The presigner puts the
 * checksum of an empty body there, and S3 ignores it (github.com/aws/aws-sdk/issues/480).
 */
const NO_HEADER =
  /^x-amz-(?:algorithm|credential|date|expires|signedheaders|signature|checksum-(?:crc32c?|crc64nvme|sha1|sha256))$/;

export function readRequest(req: IncomingMessage): S3Request {
  const url = req.url ?? '/';
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const query = new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1));
  const { bucket, key } = splitPath(path, req.headers.host ?? '');
  return {
    method: req.method ?? '',
    path,
    query,
    headers: collectHeaders(req, query),
    bucket,
    key,
    body: req,
  };
}

/** Path style (`/bucket/key`), or `bucket.localhost/key`. */
function splitPath(path: string, host: string): { bucket: string; key: string } {
  const named = /^(.+)\.localhost(?::\d+)?$/.exec(host)?.[1];
  const [, first = '', rest = ''] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? [];
  const bucket = named ?? decode(first);
  const key = decode(named ? path.slice(1) : rest);
  checkKey(key);
  return { bucket, key };
}

/**
 * As S3 does, refuses a key that would climb out of its bucket if it were a path. (It never is one here: files
 * have names of their own.)
 */
export function checkKey(key: string): void {
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) {
    throw new S3Error('KeyTooLongError', 400, 'Your key is too long');
  }
  if (key.includes('\0')) throw invalidUri();
  let depth = 0;
  for (const segment of key.split('/')) {
    if (segment === '..') depth -= 1;
    else if (segment !== '.' && segment !== '') depth += 1;
    if (depth < 0) throw invalidUri();
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalidUri();
  }
}

function invalidUri(): S3Error {
  return new S3Error('InvalidURI', 400, "Couldn't parse the specified URI.");
}

function collectHeaders(req: IncomingMessage, query: URLSearchParams): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of query) {
    const lower = name.toLowerCase();
    if (lower.startsWith('x-amz-') && !NO_HEADER.test(lower)) headers[lower] = value;
  }
  for (const [name, values] of Object.entries(req.headersDistinct)) headers[name] = (values ?? []).join(',');
  return headers;
}
