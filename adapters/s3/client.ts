import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';

/**
 * Opens a connection that gives up when S3 is silent for ten seconds, also in the middle of a file. A conditional write
 * whose answer was lost is tried again by the SDK and then refused by its own result: who writes on a condition looks
 * what is there before it tries once more.
 */
export const connect = (config: S3ClientConfig = {}): S3Client =>
  new S3Client({
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 1_000, socketTimeout: 10_000 },
    ...config,
  });
