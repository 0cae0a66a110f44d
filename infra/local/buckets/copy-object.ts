import type { ServerResponse } from 'node:http';
import { findBucket, keepObject, type RequestContext, versionHeader } from './bucket-context.ts';
import { findObject } from './find-object.ts';
import { readDetails } from './object-details.ts';
import { sendXml } from './s3-answer.ts';
import { invalidArgument, invalidRequest, notImplemented } from './s3-error.ts';
import { checkKey, type S3Request } from './s3-request.ts';

/** CopyObject, within this engine; metadata and tags come along unless their directive says REPLACE. */
export async function copyObject(context: RequestContext, request: S3Request, res: ServerResponse) {
  const { bucket, key, headers } = request;
  if (Object.keys(headers).some((name) => name.startsWith('x-amz-copy-source-if-'))) {
    throw notImplemented('conditional copies');
  }
  const from = parseSource(headers['x-amz-copy-source'] ?? '');
  findBucket(context, from.bucket);
  const source = findObject(context, from.bucket, from.key, from.versionId);
  const replaceMetadata = headers['x-amz-metadata-directive'] === 'REPLACE';
  if (from.bucket === bucket && from.key === key && from.versionId === undefined && !replaceMetadata) {
    throw invalidRequest('This copy request is illegal because it is trying to copy an object to itself.');
  }
  const own = readDetails(headers);
  const file = await context.blobs.open(source.blob);
  const blob = await context.blobs.write(file.createReadStream());
  const object = await keepObject(context, { bucket, key, operation: 'Copy' }, blob, {
    headers: replaceMetadata ? own.headers : source.headers,
    metadata: replaceMetadata ? own.metadata : source.metadata,
    tags: headers['x-amz-tagging-directive'] === 'REPLACE' ? own.tags : source.tags,
  });
  const result = {
    LastModified: new Date(object.createdAt).toISOString(),
    ETag: `"${object.eTag}"`,
    ChecksumCRC32: object.crc32,
  };
  sendXml(res, 'CopyObjectResult', result, {
    headers: {
      ...versionHeader(object.versionId),
      ...(source.versionId !== 'null' && { 'x-amz-copy-source-version-id': source.versionId }),
    },
  });
}

/** `bucket/key`, with or without a slash before it, URL-encoded, and `?versionId=` after it. */
function parseSource(source: string): { bucket: string; key: string; versionId: string | undefined } {
  const [, bucket = '', key = '', versionId] =
    /^\/?([^/]+)\/([^?]+)(?:\?versionId=([^&]+))?$/s.exec(source) ?? [];
  if (!bucket || !key) throw invalidArgument('Copy Source must mention the source bucket and key');
  try {
    const decoded = decodeURIComponent(key);
    checkKey(decoded);
    return { bucket, key: decoded, versionId };
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    throw invalidArgument('Copy Source is not URL-encoded');
  }
}
