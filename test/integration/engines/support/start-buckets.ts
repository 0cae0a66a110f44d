import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { onTestFinished, vi } from 'vitest';
import { type BucketsOptions, startBuckets } from '#infra/local/buckets.ts';
import type { BusEvent } from '#infra/local/events/event-bus.ts';
import { bucketOptions, OPERATOR } from './bucket-options.ts';
import { dataFolder } from './data-folder.ts';

export { FUNCTION, OPERATOR } from './bucket-options.ts';

/**
 * The bucket engine with one plain and one versioned bucket, which tells of its objects, and an operator's client for
 * it.
 */
export async function startTestBuckets(
  now: () => Date = () => new Date(),
  dataDir?: string,
  options: Partial<BucketsOptions> = {},
) {
  const told: BusEvent[] = [];
  const buckets = await startBuckets({
    ...bucketOptions(dataDir ?? (await dataFolder())),
    now,
    ...options,
  });
  onTestFinished(() => buckets.close());
  const teller = buckets.tellEvents(async (event) => {
    told.push(event);
  });
  const settled = () => vi.waitUntil(() => teller.settled(), { timeout: 20_000 });
  const client = (config: Partial<S3ClientConfig> = {}) => s3Client(buckets.endpoint, config);
  return { buckets, told, settled, client, s3: client() };
}

export function s3Client(endpoint: string, config: Partial<S3ClientConfig> = {}): S3Client {
  const s3 = new S3Client({
    ...{ endpoint, region: 'eu-west-2', forcePathStyle: true, maxAttempts: 1 },
    ...{ credentials: OPERATOR, ...config },
  });
  onTestFinished(() => s3.destroy());
  return s3;
}
