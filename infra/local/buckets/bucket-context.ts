import { randomBytes } from 'node:crypto';
import type { Access } from '../permissions/access.ts';
import type { Authenticator } from './authenticate.ts';
import type { Blob, BlobFolder } from './blob-folder.ts';
import type { NewObject, ObjectStore, WriteCondition } from './object-store.ts';
import { noSuchBucket, noSuchKey, S3Error } from './s3-error.ts';

export interface ObjectCreated {
  /** As in S3's event names: `ObjectCreated:Put` and so on */
  operation: 'Put' | 'Post' | 'Copy';
  bucket: string;
  key: string;
  size: number;
  /** Without quotation marks */
  eTag: string;
  versionId?: string;
  /** ISO 8601, UTC, by the laptop's clock */
  eventTime: string;
}

/** Why the holder of an access key may not do all of this, in a sentence; undefined when he may. */
export type RefusalOf = (accessKeyId: string, accesses: Access[]) => string | undefined;

/** What every operation of the bucket engine works on. */
export interface BucketContext extends Authenticator {
  refusalOf: RefusalOf;
  buckets: Map<string, { name: string; versioned: boolean }>;
  store: ObjectStore;
  blobs: BlobFolder;
  onObjectCreated: (event: ObjectCreated) => void | Promise<void>;
}

export interface ObjectDetails {
  headers: Record<string, string>;
  metadata: Record<string, string>;
  tags: Record<string, string>;
}

export function findBucket({ buckets }: BucketContext, name: string) {
  const bucket = buckets.get(name);
  if (!bucket) throw noSuchBucket();
  return bucket;
}

export function newVersionId(context: BucketContext, bucket: string): string {
  return findBucket(context, bucket).versioned ? randomBytes(24).toString('base64url') : 'null';
}

/** The version header that an answer carries: none in a bucket without versions. */
export function versionHeader(versionId: string): Record<string, string> {
  return versionId === 'null' ? {} : { 'x-amz-version-id': versionId };
}

/**
 * Makes a blob the latest version of a key, and tells whoever wants to know before anybody is answered. A condition
 * that does not hold is 412, If-Match on a key without an object 404; 409, which S3 answers to some of several writes
 * at once, does not occur here, where one comes after the other.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export async function keepObject(
  context: BucketContext,
  target: { bucket: string; key: string; operation: ObjectCreated['operation']; condition?: WriteCondition },
  blob: Blob,
  details: ObjectDetails,
): Promise<NewObject> {
  const { bucket, key, operation, condition } = target;
  const createdAt = context.now();
  const object: NewObject = {
    ...{ bucket, key, versionId: newVersionId(context, bucket), deleteMarker: false, blob: blob.name },
    ...{ size: blob.size, eTag: blob.md5, crc32: blob.crc32, sha256: blob.sha256 },
    ...{ createdAt: createdAt.getTime(), ...details },
  };
  const replaced = context.store.add(object, condition);
  if (!Array.isArray(replaced)) {
    await context.blobs.remove([blob.name]);
    if (replaced === 'missing') throw noSuchKey();
    throw new S3Error(
      'PreconditionFailed',
      412,
      'At least one of the pre-conditions you specified did not hold',
    );
  }
  await context.blobs.remove(replaced);
  await context.onObjectCreated({
    ...{ operation, bucket, key, size: object.size, eTag: object.eTag, eventTime: createdAt.toISOString() },
    ...(object.versionId !== 'null' && { versionId: object.versionId }),
  });
  return object;
}
