import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type BucketContext, versionHeader } from './bucket-context.ts';
import { findObject, type ReadableObject } from './find-object.ts';
import { SENDABLE } from './object-details.ts';
import { S3Error } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';

interface Range {
  start: number;
  /** The last byte, itself included */
  end: number;
}

/** What GetObject and HeadObject go by. */
export type ReadRequest = Pick<S3Request, 'method' | 'bucket' | 'key' | 'query' | 'headers'>;

/** An answer whose body, if it has one, is not read yet. */
export interface ObjectAnswer {
  status: number;
  headers: Record<string, string>;
  open?: () => Promise<Readable>;
}

/** GetObject and HeadObject: ranges, conditions, and `response-...` overrides. */
export async function getObject(context: BucketContext, request: S3Request, res: ServerResponse) {
  const { status, headers, open } = readObject(context, request);
  res.writeHead(status, headers);
  if (open) await pipeline(await open(), res);
  else res.end();
}

/** Throws S3's error when there is no such object, or a condition of the request does not hold. */
export function readObject(context: BucketContext, request: ReadRequest): ObjectAnswer {
  const versionId = request.query.get('versionId') ?? undefined;
  const object = findObject(context, request.bucket, request.key, versionId);
  const headers = describeObject(object, request);
  if (isUnchanged(object, request)) {
    return { status: 304, headers: { etag: `"${object.eTag}"`, ...versionHeader(object.versionId) } };
  }
  const range = readRange(wantedRange(object, request), object.size);
  const length = range ? range.end - range.start + 1 : object.size;
  const open = async () => (await context.blobs.open(object.blob)).createReadStream(range ?? {});
  return {
    status: range ? 206 : 200,
    headers: {
      ...headers,
      'content-length': String(length),
      ...(range && { 'content-range': `bytes ${range.start}-${range.end}/${object.size}` }),
      ...(!range && checksumHeaders(object, request)),
    },
    ...(request.method !== 'HEAD' && length > 0 && { open }),
  };
}

function describeObject(object: ReadableObject, { query }: ReadRequest): Record<string, string> {
  const overrides = [...query]
    .filter(([name]) => name.startsWith('response-'))
    .map(([name, value]): [string, string] => [name.slice('response-'.length), value]);
  for (const [name, value] of overrides) {
    if (!SENDABLE.test(value)) throw new S3Error('InvalidArgument', 400, `${name} cannot be sent.`);
  }
  const metadata = Object.entries(object.metadata).map(([name, value]) => [`x-amz-meta-${name}`, value]);
  const tags = Object.keys(object.tags).length;
  return {
    ...object.headers,
    ...Object.fromEntries(metadata),
    ...Object.fromEntries(overrides),
    etag: `"${object.eTag}"`,
    'last-modified': new Date(object.createdAt).toUTCString(),
    'accept-ranges': 'bytes',
    ...(tags > 0 && { 'x-amz-tagging-count': String(tags) }),
    ...versionHeader(object.versionId),
  };
}

function checksumHeaders(object: ReadableObject, { headers }: ReadRequest): Record<string, string> {
  if (headers['x-amz-checksum-mode'] !== 'ENABLED') return {};
  return {
    'x-amz-checksum-crc32': object.crc32,
    'x-amz-checksum-sha256': object.sha256,
    'x-amz-checksum-type': 'FULL_OBJECT',
  };
}

/** RFC 9110, 13.2.2; throws 412 where a condition fails, answers true where nothing has to be sent. */
function isUnchanged(object: ReadableObject, { headers }: ReadRequest): boolean {
  const modified = Math.floor(object.createdAt / 1000) * 1000;
  const since = (name: string) => Date.parse(headers[name] ?? '');
  const ifMatch = headers['if-match'];
  if (ifMatch !== undefined ? !matches(ifMatch, object) : modified > since('if-unmodified-since')) {
    throw new S3Error('PreconditionFailed', 412, 'At least one of the pre-conditions did not hold');
  }
  const ifNoneMatch = headers['if-none-match'];
  return ifNoneMatch !== undefined ? matches(ifNoneMatch, object) : modified <= since('if-modified-since');
}

function matches(condition: string, { eTag }: ReadableObject): boolean {
  return condition
    .split(',')
    .some((one) => ['*', eTag].includes(one.trim().replace(/^(?:W\/)?"(.*)"$/, '$1')));
}

/** None where part of another object than this one is asked for (RFC 9110, 13.1.5). */
function wantedRange({ eTag }: ReadableObject, { headers }: ReadRequest): string | undefined {
  const condition = headers['if-range'];
  return condition === undefined || condition === `"${eTag}"` ? headers.range : undefined;
}

/** One range; anything else that is asked for in that header is ignored, as in S3. */
function readRange(header: string | undefined, size: number): Range | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (first !== '' && last !== '' && Number(last) < start) return undefined;
  if (start >= size || (first === '' && Number(last) === 0)) {
    throw new S3Error('InvalidRange', 416, 'The requested range is not satisfiable', {
      'content-range': `bytes */${size}`,
    });
  }
  return { start, end };
}
