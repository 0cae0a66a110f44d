/** Hosts one engine in a process of its own, which a test may kill: `engine-host.ts buckets|mail|queues FOLDER`. */
import { startBuckets } from '#infra/local/buckets.ts';
import { startMail } from '#infra/local/mail.ts';
import { startQueues } from '#infra/local/queues.ts';
import { bucketOptions } from './bucket-options.ts';
import { mailEvents } from './mail-options.ts';
import { queueOptions } from './queue-options.ts';

const [kind = '', dataDir = ''] = process.argv.slice(2);
const start: Record<string, () => Promise<{ endpoint: string }>> = {
  buckets: () => startBuckets(bucketOptions(dataDir)),
  mail: () => startMail({ dataDir, now: () => new Date(), events: mailEvents }),
  queues: () => startQueues(queueOptions({ dataDir })),
};
const engine = await start[kind]?.();
console.log(engine?.endpoint);
