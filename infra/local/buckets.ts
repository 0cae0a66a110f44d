import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { answerRead } from './buckets/answer-read.ts';
import { BlobFolder } from './buckets/blob-folder.ts';
import type { BucketContext, BucketSettings, RefusalOf } from './buckets/bucket-context.ts';
import { expireObjects } from './buckets/expire-objects.ts';
import type { ObjectAnswer, ReadRequest } from './buckets/get-object.ts';
import { describeCreated } from './buckets/object-event.ts';
import { ObjectNews } from './buckets/object-news.ts';
import { ObjectStore } from './buckets/object-store.ts';
import { routeRequest } from './buckets/route-request.ts';
import { listen } from './engine/listen.ts';
import { startSweeper } from './engine/sweeper.ts';
import type { Engine, FindCredentials, Now } from './engine.ts';
import type { PutEvent } from './events/event-bus.ts';
import type { EventSource } from './events/event-source.ts';

export interface BucketsOptions {
  /** The laptop's data folder; objects are in `buckets/` in it */
  dataDir: string;
  region: string;
  accountId: string;
  credentials: FindCredentials;
  /** Time stamps, and the expiry of presigned addresses and forms, go by this clock */
  now: Now;
  port?: number;
  buckets: BucketSettings[];
  /** Left out: whoever has keys may do everything. */
  refusalOf?: RefusalOf;
}

/** What others on the laptop learn from the buckets without asking for it over the wire. */
export interface BucketEngine {
  /**
   * From now on the default event bus is told of new objects in the buckets that tell it; of those that nobody was told
   * of yet, first. Answers with what carries the events.
   */
  tellEvents(put: PutEvent): EventSource;
  /** What CloudFront is answered. Whether it may read is asked elsewhere. */
  answer(request: Pick<ReadRequest, 'method' | 'bucket' | 'key' | 'headers'>): ObjectAnswer;
  /** Deletes what has expired by the laptop's clock; gives how many versions of objects that were. */
  expire(): Promise<number>;
}

/**
 * S3, as much of it as the product uses: objects with versions, metadata, tags and checksums; copies, listings;
 * Signature Version 4 in headers and addresses, and presigned forms. Unsigned requests are refused, anything
 * unknown is 501 NotImplemented. What was acknowledged is on the disk, and so is that somebody has to be told of it.
 */
export async function startBuckets(options: BucketsOptions): Promise<Engine & BucketEngine> {
  const { dataDir, region, accountId, credentials, now, port = 0 } = options;
  const { refusalOf = () => undefined } = options;
  const folder = join(dataDir, 'buckets');
  mkdirSync(folder, { recursive: true });
  const store = new ObjectStore(join(folder, 'objects.sqlite'));
  const blobs = new BlobFolder(join(folder, 'contents'));
  blobs.keepOnly(store.blobs());
  const buckets = new Map(options.buckets.map((bucket) => [bucket.name, bucket]));
  const news = new ObjectNews(store.notices, {
    'event-bus': { wants: (bucket) => buckets.get(bucket)?.tellsEventBus ?? false },
  });
  const context: BucketContext = { region, credentials, now, store, blobs, buckets, news, refusalOf };
  const sweeper = startSweeper((at) => expireObjects(context, at), now);
  const engine = await listen('buckets', port, (req, res) => routeRequest(context, req, res));
  return {
    endpoint: engine.endpoint,
    tellEvents: (put) => news.open('event-bus', (event) => put(describeCreated(event, accountId))),
    answer: (request) => answerRead(context, { ...request, query: new URLSearchParams() }),
    expire: sweeper.sweep,
    close: async () => {
      sweeper.close();
      await engine.close();
      await news.close();
      store.close();
    },
  };
}
