import type { ServerResponse } from 'node:http';
import { keepObject, type RequestContext, versionHeader } from './bucket-context.ts';
import { readDetails } from './object-details.ts';
import { receiveBlob } from './receive-body.ts';
import { sendEmpty } from './s3-answer.ts';
import { notImplemented } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';

/** PutObject; `If-None-Match: *` makes it a create. */
export async function putObject(context: RequestContext, request: S3Request, res: ServerResponse) {
  const { bucket, key, headers } = request;
  const condition = headers['if-none-match'];
  if (headers['if-match'] !== undefined || (condition !== undefined && condition !== '*')) {
    throw notImplemented('conditional writes other than If-None-Match: *');
  }
  const details = readDetails(headers);
  const blob = await receiveBlob(request, context.blobs);
  const target = { bucket, key, operation: 'Put' as const, ifAbsent: condition === '*' };
  const object = await keepObject(context, target, blob, details);
  sendEmpty(res, 200, {
    etag: `"${object.eTag}"`,
    'x-amz-checksum-crc32': object.crc32,
    'x-amz-checksum-type': 'FULL_OBJECT',
    ...(headers['x-amz-checksum-sha256'] && { 'x-amz-checksum-sha256': object.sha256 }),
    ...versionHeader(object.versionId),
  });
}
