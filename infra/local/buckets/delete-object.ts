import type { ServerResponse } from 'node:http';
import type { AskingContext } from './asker.ts';
import { objectArn } from './bucket-accesses.ts';
import { type BucketContext, findBucket, newVersionId, versionHeader } from './bucket-context.ts';
import { receiveDocument } from './receive-body.ts';
import { sendEmpty, sendXml } from './s3-answer.ts';
import { malformedXml, S3Error } from './s3-error.ts';
import { checkKey, type S3Request } from './s3-request.ts';
import { childText, parseXml, type XmlElement, type XmlTree } from './xml.ts';

/** API reference, DeleteObjects. */
const MAX_KEYS = 1_000;

interface Deleted {
  deleteMarker: boolean;
  versionId: string;
}

export async function deleteObject(context: BucketContext, request: S3Request, res: ServerResponse) {
  const versionId = request.query.get('versionId') ?? undefined;
  const deleted = await deleteVersion(context, request.bucket, request.key, versionId);
  sendEmpty(res, 204, {
    ...versionHeader(deleted.versionId),
    ...(deleted.deleteMarker && { 'x-amz-delete-marker': 'true' }),
  });
}

export async function deleteObjects(context: AskingContext, request: S3Request, res: ServerResponse) {
  const document = parseXml(await receiveDocument(request, context.blobs));
  const objects = document.children.filter(({ name }) => name === 'Object');
  if (document.name !== 'Delete' || objects.length === 0 || objects.length > MAX_KEYS) throw malformedXml();
  const deleted: XmlTree[] = [];
  const errors: XmlTree[] = [];
  for (const object of objects) {
    const Key = childText(object, 'Key') ?? '';
    try {
      deleted.push({ Key, ...(await deleteListed(context, request.bucket, Key, object)) });
    } catch (error) {
      if (!(error instanceof S3Error)) throw error;
      errors.push({ Key, Code: error.code, Message: error.message });
    }
  }
  const quiet = childText(document, 'Quiet') === 'true';
  sendXml(res, 'DeleteResult', { Deleted: quiet ? [] : deleted, Error: errors });
}

async function deleteListed(context: AskingContext, bucket: string, key: string, object: XmlElement) {
  if (!key) throw new S3Error('UserKeyMustBeSpecified', 400, 'The key is missing.');
  checkKey(key);
  const versionId = childText(object, 'VersionId');
  const action = versionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion';
  context.may([{ action, resource: objectArn(bucket, key) }]);
  const deleted = await deleteVersion(context, bucket, key, versionId);
  return {
    VersionId: versionId,
    ...(deleted.deleteMarker && { DeleteMarker: true, DeleteMarkerVersionId: deleted.versionId }),
  };
}

/** Without a version, a bucket with versions gets a delete marker and keeps what it had. */
async function deleteVersion(
  context: BucketContext,
  bucket: string,
  key: string,
  versionId: string | undefined,
): Promise<Deleted> {
  if (versionId === undefined && findBucket(context, bucket).versioned) {
    return { deleteMarker: true, versionId: addMarker(context, bucket, key, context.now().getTime()) };
  }
  const target = versionId ?? 'null';
  const deleteMarker = context.store.find(bucket, key, target)?.deleteMarker ?? false;
  await context.blobs.remove(context.store.remove(bucket, key, target));
  return { deleteMarker, versionId: target };
}

/** Lays a delete marker over what a key has, in a bucket with versions. Gives the marker's version id. */
export function addMarker(
  context: Pick<BucketContext, 'buckets' | 'store'>,
  bucket: string,
  key: string,
  createdAt: number,
): string {
  const versionId = newVersionId(context, bucket);
  context.store.add({
    ...{ bucket, key, versionId, deleteMarker: true, blob: null, createdAt },
    ...{ size: 0, eTag: '', crc32: '', sha256: '', headers: {}, metadata: {}, tags: {} },
  });
  return versionId;
}
