import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';

/**
 * Opens a connection that gives up on a silent server. Files may take long to come, as long as they come. Checksums are
 * asked for where S3 demands them: browsers that use a signed address send none.
 */
export const connect = (config: S3ClientConfig = {}): S3Client =>
  new S3Client({
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...config,
  });
