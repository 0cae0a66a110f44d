import type { BucketsOptions } from '#infra/local/buckets.ts';

export const OPERATOR = { accessKeyId: 'OPERATOR', secretAccessKey: 'operator-secret' };
export const FUNCTION = {
  accessKeyId: 'FUNCTION',
  secretAccessKey: 'function-secret',
  sessionToken: 'session',
};

export const bucketOptions = (dataDir: string): BucketsOptions => ({
  ...{ dataDir, region: 'eu-west-2', accountId: '000000000000', now: () => new Date() },
  credentials: (id) => [OPERATOR, FUNCTION].find(({ accessKeyId }) => accessKeyId === id),
  isScanned: ({ key }) => key.startsWith('files/'),
  buckets: [
    { name: 'plain', versioned: false, tellsEventBus: true },
    { name: 'kept', versioned: true, tellsEventBus: true },
  ],
});
