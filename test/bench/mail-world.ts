import { join } from 'node:path';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoPace } from '#adapters/dynamo/pace.ts';
import { connect as connectMail, SesPostman } from '#adapters/ses/postman.ts';
import { connect as connectQueues } from '#adapters/sqs/announce.ts';
import { systemClock } from '#adapters/system/clock.ts';
import { startMail } from '#infra/local/mail.ts';
import { startQueues } from '#infra/local/queues.ts';
import { openWorld, type World } from './world.ts';

/** The world of the benchmarks with the laptop's queues and mailbox beside its table. */
export interface MailWorld extends World {
  readonly postman: SesPostman;
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  /** Without a limit that anybody would notice: what is measured is the work. */
  readonly pace: DynamoPace;
}

const PLENTY = 1_000_000_000;
const access = { region: 'eu-west-2', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };

export async function openMailWorld(): Promise<MailWorld> {
  const world = await openWorld();
  const now = () => new Date();
  const queues = await startQueues({
    dataDir: join(world.folder, 'queues'),
    ...{ region: access.region, accountId: '000000000000', now },
    queues: [{ name: 'mail', visibilityTimeoutSeconds: 60, retentionSeconds: 3_600, delaySeconds: 0 }],
  });
  const mailbox = await startMail({
    dataDir: join(world.folder, 'mail'),
    now,
    limits: { perSecond: PLENTY, perDay: PLENTY },
  });
  const ses = connectMail({ endpoint: mailbox.endpoint, ...access });
  const sqs = connectQueues({ endpoint: queues.endpoint, ...access });
  const sender = { name: 'Folkmoot', address: 'no-reply@folkmoot.example' };
  const quota = { find: async () => ({ perSecond: PLENTY, perDay: null, sentToday: 0 }) };
  return {
    ...world,
    sqs,
    queueUrl: queues.urlOf('mail'),
    postman: new SesPostman({ sender, configurationSet: 'bench' }, systemClock, ses),
    pace: new DynamoPace(world.table, quota, systemClock),
    close: async () => {
      ses.destroy();
      sqs.destroy();
      await Promise.all([queues.close(), mailbox.close()]);
      await world.close();
    },
  };
}
