import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { onTestFinished } from 'vitest';
import { type ObjectCreated, startBuckets } from '#infra/local/buckets.ts';
import { dataFolder } from './data-folder.ts';

export const OPERATOR = { accessKeyId: 'OPERATOR', secretAccessKey: 'operator-secret' };
export const FUNCTION = {
  accessKeyId: 'FUNCTION',
  secretAccessKey: 'function-secret',
  sessionToken: 'session',
};

/** The bucket engine with one plain and one versioned bucket, and an operator's client for it. */
export async function startTestBuckets(now: () => Date = () => new Date(), dataDir?: string) {
  const created: ObjectCreated[] = [];
  const buckets = await startBuckets({
    ...{ dataDir: dataDir ?? (await dataFolder()), region: 'eu-west-2', now },
    credentials: (id) => [OPERATOR, FUNCTION].find(({ accessKeyId }) => accessKeyId === id),
    buckets: [
      { name: 'plain', versioned: false },
      { name: 'kept', versioned: true },
    ],
    onObjectCreated: (event) => {
      created.push(event);
    },
  });
  onTestFinished(() => buckets.close());
  const client = (config: Partial<S3ClientConfig> = {}) => {
    const s3 = new S3Client({
      ...{ endpoint: buckets.endpoint, region: 'eu-west-2', forcePathStyle: true, maxAttempts: 1 },
      ...{ credentials: OPERATOR, ...config },
    });
    onTestFinished(() => s3.destroy());
    return s3;
  };
  return { buckets, created, client, s3: client() };
}
