import { randomBytes, randomUUID } from 'node:crypto';
import type { Access } from '../permissions/access.ts';
import type { CorsRule, ExpiryRule } from '../template/inventory.ts';
import type { Authenticator } from './authenticate.ts';
import type { Blob, BlobFolder } from './blob-folder.ts';
import type { ObjectCreated } from './object-created.ts';
import type { ObjectNews } from './object-news.ts';
import type { NewObject, ObjectStore, WriteCondition } from './object-store.ts';
import { noSuchBucket, noSuchKey, S3Error } from './s3-error.ts';

/** A bucket as the template describes it. */
export interface BucketSettings {
  name: string;
  versioned: boolean;
  /** Whether EventBridge is told of its new objects; left out: it is not. */
  tellsEventBus?: boolean;
  /** Left out: pages of nobody may ask. */
  corsRules?: readonly CorsRule[];
  /** Left out: everything is kept. */
  expiryRules?: readonly ExpiryRule[];
}

/** Why the holder of an access key may not do all of this, in a sentence; undefined when he may. */
export type RefusalOf = (accessKeyId: string, accesses: Access[]) => string | undefined;

/** What every operation of the bucket engine works on. */
export interface BucketContext extends Authenticator {
  refusalOf: RefusalOf;
  buckets: ReadonlyMap<string, BucketSettings>;
  store: ObjectStore;
  blobs: BlobFolder;
  news: ObjectNews;
}

/** What an operation works on that makes objects. */
export type RequestContext = BucketContext & { requestId: string };

export interface ObjectDetails {
  headers: Record<string, string>;
  metadata: Record<string, string>;
  tags: Record<string, string>;
}

export function findBucket({ buckets }: Pick<BucketContext, 'buckets'>, name: string) {
  const bucket = buckets.get(name);
  if (!bucket) throw noSuchBucket();
  return bucket;
}

export function newVersionId(context: Pick<BucketContext, 'buckets'>, bucket: string): string {
  return findBucket(context, bucket).versioned ? randomBytes(24).toString('base64url') : 'null';
}

/** The version header that an answer carries: none in a bucket without versions. */
export function versionHeader(versionId: string): Record<string, string> {
  return versionId === 'null' ? {} : { 'x-amz-version-id': versionId };
}

/**
 * Makes a blob the latest version of a key. That somebody has to be told of it is on the disk before anybody is
 * answered; the telling itself holds up nobody. A condition that does not hold is 412, If-Match on a key without an
 * object 404; 409, which S3 answers to some of several writes at once, does not occur here, where one comes after the
 * other.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export async function keepObject(
  context: RequestContext,
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
  const news = { readers: context.news.readersOf(bucket, key), event: describe(context, operation, object) };
  const added = context.store.add(object, { condition, news });
  if (typeof added === 'string') {
    await context.blobs.remove([blob.name]);
    if (added === 'missing') throw noSuchKey();
    throw new S3Error(
      'PreconditionFailed',
      412,
      'At least one of the pre-conditions you specified did not hold',
    );
  }
  context.news.announce(added.notices);
  await context.blobs.remove(added.replaced);
  return object;
}

function describe(
  { requestId }: RequestContext,
  operation: ObjectCreated['operation'],
  { bucket, key, size, eTag, versionId, createdAt }: NewObject,
): Omit<ObjectCreated, 'sequencer'> {
  return {
    ...{ id: randomUUID(), operation, bucket, key, size, eTag, requestId },
    ...(versionId !== 'null' && { versionId }),
    eventTime: new Date(createdAt).toISOString(),
  };
}
