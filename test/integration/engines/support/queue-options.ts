import type { QueuesOptions } from '#infra/local/queues.ts';

/** A work queue that gives a message up after its third receive, and its dead-letter queue. */
export function queueOptions(options: Partial<QueuesOptions> & { dataDir: string }): QueuesOptions {
  return {
    region: 'eu-west-2',
    accountId: '000000000000',
    now: () => new Date(),
    queues: [
      {
        ...{ name: 'work', visibilityTimeoutSeconds: 30, retentionSeconds: 345_600, delaySeconds: 0 },
        redrive: { deadLetterQueue: 'dead', maxReceiveCount: 3 },
      },
      { name: 'dead', visibilityTimeoutSeconds: 30, retentionSeconds: 1_209_600, delaySeconds: 0 },
    ],
    ...options,
  };
}
