import type { ServerResponse } from 'node:http';
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

/** GetObject and HeadObject: ranges, conditions, and `response-...` overrides. */
export async function getObject(context: BucketContext, request: S3Request, res: ServerResponse) {
  const versionId = request.query.get('versionId') ?? undefined;
  const object = findObject(context, request.bucket, request.key, versionId);
  const headers = describeObject(object, request);
  if (isUnchanged(object, request)) {
    res.writeHead(304, { etag: `"${object.eTag}"`, ...versionHeader(object.versionId) }).end();
    return;
  }
  const range = readRange(request.headers.range, object.size);
  const length = range ? range.end - range.start + 1 : object.size;
  res.writeHead(range ? 206 : 200, {
    ...headers,
    'content-length': String(length),
    ...(range && { 'content-range': `bytes ${range.start}-${range.end}/${object.size}` }),
    ...(!range && checksumHeaders(object, request)),
  });
  if (request.method === 'HEAD' || length === 0) {
    res.end();
    return;
  }
  const file = await context.blobs.open(object.blob);
  await pipeline(file.createReadStream(range && { start: range.start, end: range.end }), res);
}

function describeObject(object: ReadableObject, { query }: S3Request): Record<string, string> {
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

function checksumHeaders(object: ReadableObject, { headers }: S3Request): Record<string, string> {
  if (headers['x-amz-checksum-mode'] !== 'ENABLED') return {};
  return {
    'x-amz-checksum-crc32': object.crc32,
    'x-amz-checksum-sha256': object.sha256,
    'x-amz-checksum-type': 'FULL_OBJECT',
  };
}

/** RFC 9110, 13.2.2; throws 412 where a condition fails, answers true where nothing has to be sent. */
function isUnchanged(object: ReadableObject, { headers }: S3Request): boolean {
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
