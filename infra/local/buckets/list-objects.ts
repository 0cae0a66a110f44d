import type { ServerResponse } from 'node:http';
import { type BucketContext, findBucket } from './bucket-context.ts';
import type { StoredObject } from './object-store.ts';
import { sendXml } from './s3-answer.ts';
import { invalidArgument, notImplemented } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';
import type { XmlTree } from './xml.ts';

const MAX_KEYS = 1_000;

interface Page {
  objects: StoredObject[];
  commonPrefixes: string[];
  /** The last key or common prefix of the page, when there is more after it */
  next: string | undefined;
}

/** ListObjectsV2. */
export function listObjects(context: BucketContext, { bucket, query }: S3Request, res: ServerResponse): void {
  if (query.get('list-type') !== '2') throw notImplemented('ListObjects; ListObjectsV2 is there');
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const token = query.get('continuation-token') ?? undefined;
  const startAfter = query.get('start-after') ?? '';
  const maxKeys = readMaxKeys(query.get('max-keys'));
  const after = token === undefined ? startAfter : Buffer.from(token, 'base64url').toString('utf8');
  const page = readPage(context, { bucket, prefix, delimiter, after, maxKeys });
  const encode = encoderOf(query.get('encoding-type'));
  sendXml(res, 'ListBucketResult', {
    ...{ Name: bucket, Prefix: encode(prefix), MaxKeys: maxKeys },
    KeyCount: page.objects.length + page.commonPrefixes.length,
    IsTruncated: page.next !== undefined,
    Delimiter: delimiter ? encode(delimiter) : undefined,
    StartAfter: startAfter ? encode(startAfter) : undefined,
    EncodingType: query.get('encoding-type') ?? undefined,
    ContinuationToken: token,
    NextContinuationToken:
      page.next === undefined ? undefined : Buffer.from(page.next, 'utf8').toString('base64url'),
    Contents: page.objects.map((object) => ({ Key: encode(object.key), ...describeVersion(object) })),
    CommonPrefixes: page.commonPrefixes.map((common) => ({ Prefix: encode(common) })),
  });
}

/** ListObjectVersions, all of them in one page. */
export function listVersions(
  context: BucketContext,
  { bucket, query }: S3Request,
  res: ServerResponse,
): void {
  findBucket(context, bucket);
  const unknown = ['delimiter', 'key-marker', 'version-id-marker', 'max-keys'].find((name) =>
    query.has(name),
  );
  if (unknown) throw notImplemented(`ListObjectVersions with ${unknown}`);
  const prefix = query.get('prefix') ?? '';
  const encode = encoderOf(query.get('encoding-type'));
  const all = [...context.store.versions(bucket, prefix)];
  const identify = ({ key, versionId, latest }: StoredObject) => ({
    ...{ Key: encode(key), VersionId: versionId, IsLatest: latest },
  });
  sendXml(res, 'ListVersionsResult', {
    ...{ Name: bucket, Prefix: encode(prefix), MaxKeys: MAX_KEYS, IsTruncated: false },
    EncodingType: query.get('encoding-type') ?? undefined,
    Version: all
      .filter(({ deleteMarker }) => !deleteMarker)
      .map((object) => ({ ...identify(object), ...describeVersion(object) })),
    DeleteMarker: all
      .filter(({ deleteMarker }) => deleteMarker)
      .map((object) => ({ ...identify(object), LastModified: new Date(object.createdAt).toISOString() })),
  });
}

function readPage(
  { store }: BucketContext,
  wanted: { bucket: string; prefix: string; delimiter: string; after: string; maxKeys: number },
): Page {
  const { bucket, prefix, delimiter, after, maxKeys } = wanted;
  const page: Page = { objects: [], commonPrefixes: [], next: undefined };
  if (maxKeys === 0) return page;
  let last = after;
  for (const object of store.list(bucket, prefix, after)) {
    const common = commonPrefixOf(object.key, prefix, delimiter);
    if (common !== undefined && common === last) continue;
    if (page.objects.length + page.commonPrefixes.length === maxKeys) return { ...page, next: last };
    if (common === undefined) page.objects.push(object);
    else page.commonPrefixes.push(common);
    last = common ?? object.key;
  }
  return page;
}

function commonPrefixOf(key: string, prefix: string, delimiter: string): string | undefined {
  const end = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
  return end < 0 ? undefined : key.slice(0, end + delimiter.length);
}

function describeVersion(object: StoredObject): XmlTree {
  return {
    ...{ LastModified: new Date(object.createdAt).toISOString(), ETag: `"${object.eTag}"` },
    ...{
      ChecksumAlgorithm: 'CRC32',
      ChecksumType: 'FULL_OBJECT',
      Size: object.size,
      StorageClass: 'STANDARD',
    },
  };
}

function readMaxKeys(text: string | null): number {
  if (text === null) return MAX_KEYS;
  if (!/^\d{1,9}$/.test(text))
    throw invalidArgument('Argument maxKeys must be an integer between 0 and 2147483647');
  return Math.min(Number(text), MAX_KEYS);
}

function encoderOf(type: string | null): (text: string) => string {
  if (type === null) return (text) => text;
  if (type !== 'url') throw invalidArgument('Invalid Encoding Method specified in Request');
  return (text) => encodeURIComponent(text).replace(/%2F/g, '/');
}
