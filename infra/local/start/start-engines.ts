import type { RefusalOf } from '../buckets/bucket-context.ts';
import { type BucketEngine, startBuckets } from '../buckets.ts';
import type { Clock } from '../clock.ts';
import type { Engine } from '../engine.ts';
import type { CredentialStore } from '../invoke/credentials.ts';
import { type Mailbox, type MailLimits, type MailNews, startMail } from '../mail.ts';
import { isAbout } from '../malware/scan-objects.ts';
import { type QueueEngine, startQueues } from '../queues.ts';
import { startTables, type TableEngine } from '../tables.ts';
import type { Inventory } from '../template/inventory.ts';

/** The stand-ins for AWS's services that a laptop has running. */
export interface Engines {
  tables: Engine & TableEngine;
  queues: Engine & QueueEngine;
  mail: Engine & Mailbox & MailNews;
  buckets: Engine & BucketEngine;
  close(): Promise<void>;
}

/** Starts the engines with what the template says. */
export async function startEngines(options: {
  inventory: Inventory;
  dataDir: string;
  clock: Clock;
  credentials: CredentialStore;
  /** Asked by the buckets, which find out by themselves who calls. */
  refusalOf: RefusalOf;
  mailLimits: MailLimits | undefined;
  onDeath: (cause: string) => void;
}): Promise<Engines> {
  const { inventory, dataDir, clock } = options;
  const { region, accountId } = inventory;
  const { now } = clock;
  const queueSettings = inventory.queues.map(({ redrive, ...queue }) => ({
    ...queue,
    ...(redrive && { redrive }),
  }));
  const [tables, queues, mail, buckets] = await Promise.all([
    startTables({ dataDir, tables: inventory.tables, now, onDeath: options.onDeath }),
    startQueues({ dataDir, region, accountId, now, queues: queueSettings }),
    startMail({
      dataDir,
      now,
      account: {
        identities: inventory.identities.map(({ name }) => name),
        configurationSets: inventory.configurationSets,
      },
      events: { region, accountId, destinations: inventory.mailDestinations },
      ...(options.mailLimits && { limits: options.mailLimits }),
    }),
    startBuckets({
      dataDir,
      region,
      accountId,
      now,
      credentials: options.credentials.find,
      buckets: inventory.buckets,
      refusalOf: options.refusalOf,
      isScanned: (object) => inventory.malwareScans.some((scan) => isAbout(scan, object)),
    }),
  ]);
  return {
    tables,
    queues,
    mail,
    buckets,
    close: async () => {
      await Promise.all([queues.close(), mail.close(), buckets.close()]);
      await tables.close();
    },
  };
}
