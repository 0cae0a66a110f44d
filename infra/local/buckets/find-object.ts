import type { BucketContext } from './bucket-context.ts';
import { versionHeader } from './bucket-context.ts';
import type { StoredObject } from './object-store.ts';
import { noSuchKey, S3Error } from './s3-error.ts';

/** An object that can be read: a delete marker is none, and says so. */
export type ReadableObject = StoredObject & { blob: string };

export function findObject(
  { store }: BucketContext,
  bucket: string,
  key: string,
  versionId: string | undefined,
): ReadableObject {
  const object = store.find(bucket, key, versionId);
  if (!object && versionId !== undefined) {
    throw new S3Error('NoSuchVersion', 404, 'The specified version does not exist.');
  }
  if (!object) throw noSuchKey();
  const { blob } = object;
  if (blob !== null) return { ...object, blob };
  const headers = { 'x-amz-delete-marker': 'true', ...versionHeader(object.versionId) };
  if (versionId === undefined) throw noSuchKey(headers);
  throw new S3Error(
    'MethodNotAllowed',
    405,
    'The specified method is not allowed against this resource.',
    headers,
  );
}
