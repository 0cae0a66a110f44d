import type { ServerResponse } from 'node:http';
import { keepObject, type RequestContext, versionHeader } from './bucket-context.ts';
import { readDetails } from './object-details.ts';
import type { WriteCondition } from './object-store.ts';
import { receiveBlob } from './receive-body.ts';
import { sendEmpty } from './s3-answer.ts';
import { notImplemented } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';

/** PutObject; `If-None-Match: *` makes it a create, `If-Match` a change of the very object that has this ETag. */
export async function putObject(context: RequestContext, request: S3Request, res: ServerResponse) {
  const { bucket, key, headers } = request;
  const condition = readCondition(headers);
  const details = readDetails(headers);
  const blob = await receiveBlob(request, context.blobs);
  const target = { bucket, key, operation: 'Put' as const, condition };
  const object = await keepObject(context, target, blob, details);
  sendEmpty(res, 200, {
    etag: `"${object.eTag}"`,
    'x-amz-checksum-crc32': object.crc32,
    'x-amz-checksum-type': 'FULL_OBJECT',
    ...(headers['x-amz-checksum-sha256'] && { 'x-amz-checksum-sha256': object.sha256 }),
    ...versionHeader(object.versionId),
  });
}

function readCondition(headers: S3Request['headers']): WriteCondition | undefined {
  const { 'if-none-match': absent, 'if-match': eTag } = headers;
  if (absent === undefined && eTag === undefined) return undefined;
  if (eTag === undefined && absent === '*') return { ifAbsent: true };
  if (absent === undefined && eTag !== undefined && /^"?[0-9a-f-]+"?$/.test(eTag)) {
    return { ifMatch: eTag.replaceAll('"', '') };
  }
  throw notImplemented('conditional writes other than If-None-Match: * or If-Match with one ETag');
}
