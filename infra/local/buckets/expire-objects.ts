import type { ExpiryRule } from '../template/inventory.ts';
import type { BucketContext } from './bucket-context.ts';
import { addMarker } from './delete-object.ts';
import type { VersionAge } from './object-store.ts';

const DAY_MS = 86_400_000;

/**
 * Deletes what the lifecycle rules of the buckets say has had its time, as S3 does it: in a bucket with versions, what is
 * the latest gets a delete marker first and is noncurrent from then on. A step of the clock over weeks comes to what the
 * same weeks would have come to day by day. Gives how many versions were marked or deleted.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
 */
export async function expireObjects(context: BucketContext, now: Date): Promise<number> {
  let expired = 0;
  for (const { name, expiryRules = [] } of context.buckets.values()) {
    // What is marked in one round can be due to go in the next.
    for (;;) {
      const count = await expireOnce(context, name, expiryRules, now.getTime());
      if (count === 0) break;
      expired += count;
    }
  }
  return expired;
}

async function expireOnce(
  context: BucketContext,
  bucket: string,
  rules: readonly ExpiryRule[],
  now: number,
): Promise<number> {
  if (rules.length === 0) return 0;
  let count = 0;
  for (const version of context.store.ages(bucket)) {
    const own = rules.filter(({ prefix }) => version.key.startsWith(prefix));
    const dueAt = Math.min(...own.map((rule) => dueTime(version, rule)));
    if (dueAt > now) continue;
    count += 1;
    await expireVersion(context, bucket, version, dueAt);
  }
  return count;
}

async function expireVersion(
  context: BucketContext,
  bucket: string,
  { key, versionId, latest, isMarker }: VersionAge,
  dueAt: number,
): Promise<void> {
  const isVersioned = context.buckets.get(bucket)?.versioned ?? false;
  if (latest && !isMarker && isVersioned) addMarker(context, bucket, key, dueAt);
  else await context.blobs.remove(context.store.remove(bucket, key, versionId));
}

/** In milliseconds; infinite where the rule is not about such a version. */
function dueTime(version: VersionAge, { days, noncurrentDays, lonelyMarkers }: ExpiryRule): number {
  const { latest, isMarker, createdAt, supersededAt, versions } = version;
  if (!latest) return midnightAfter(supersededAt ?? createdAt, noncurrentDays);
  if (!isMarker) return midnightAfter(createdAt, days);
  if (versions > 1) return Number.POSITIVE_INFINITY;
  return lonelyMarkers ? createdAt : midnightAfter(createdAt, days);
}

/** S3 rounds up to the next midnight, UTC. */
const midnightAfter = (since: number, days: number | undefined): number =>
  days === undefined ? Number.POSITIVE_INFINITY : Math.ceil((since + days * DAY_MS) / DAY_MS) * DAY_MS;
