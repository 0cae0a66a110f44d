import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { answerRead } from './buckets/answer-read.ts';
import { BlobFolder } from './buckets/blob-folder.ts';
import type { BucketContext, BucketSettings, RefusalOf } from './buckets/bucket-context.ts';
import { expireObjects } from './buckets/expire-objects.ts';
import type { ObjectAnswer, ReadRequest } from './buckets/get-object.ts';
import type { ObjectCreated } from './buckets/object-created.ts';
import { MAX_TAGS } from './buckets/object-details.ts';
import { describeCreated } from './buckets/object-event.ts';
import { ObjectNews } from './buckets/object-news.ts';
import { ObjectStore } from './buckets/object-store.ts';
import { routeRequest } from './buckets/route-request.ts';
import { listen } from './engine/listen.ts';
import { startSweeper } from './engine/sweeper.ts';
import type { Engine, FindCredentials, Now } from './engine.ts';
import type { PutEvent } from './events/event-bus.ts';
import type { EventSource } from './events/event-source.ts';

/** A scan may take a gigabyte of memory. */
const SCANS_AT_ONCE = 1;

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
  /** Whether somebody looks for malware in this object; left out: in none. */
  isScanned?: (object: { bucket: string; key: string }) => boolean;
}

/** Without a version id: the latest. */
type ObjectName = Pick<ObjectCreated, 'bucket' | 'key' | 'versionId'>;

/** What others on the laptop learn from the buckets without asking for it over the wire. */
export interface BucketEngine {
  /**
   * From now on the default event bus is told of new objects in the buckets that tell it; of those that nobody was told
   * of yet, first. Answers with what carries the events.
   */
  tellEvents(put: PutEvent): EventSource;
  /** What CloudFront is answered. Whether it may read is asked elsewhere. */
  answer(request: Pick<ReadRequest, 'method' | 'bucket' | 'key' | 'headers'>): ObjectAnswer;
  /** From now on `scan` is told of new objects in which somebody looks for malware; it throws to be told again. */
  scanObjects(scan: (event: ObjectCreated) => Promise<void>): EventSource;
  /** The file with what is in an object; undefined when it is gone. */
  contentOf(object: ObjectName): string | undefined;
  /** Adds tags to an object, unless it is gone or would have more than S3 lets it have. */
  tag(object: ObjectName, tags: Record<string, string>): void;
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
  const { refusalOf = () => undefined, isScanned = () => false } = options;
  const folder = join(dataDir, 'buckets');
  mkdirSync(folder, { recursive: true });
  const store = new ObjectStore(join(folder, 'objects.sqlite'));
  const blobs = new BlobFolder(join(folder, 'contents'));
  blobs.keepOnly(store.blobs());
  const buckets = new Map(options.buckets.map((bucket) => [bucket.name, bucket]));
  const news = new ObjectNews(store.notices, {
    'event-bus': { wants: (bucket) => buckets.get(bucket)?.tellsEventBus ?? false },
    'malware-scan': { wants: (bucket, key) => isScanned({ bucket, key }), atOnce: SCANS_AT_ONCE },
  });
  const context: BucketContext = { region, credentials, now, store, blobs, buckets, news, refusalOf };
  const sweeper = startSweeper((at) => expireObjects(context, at), now);
  const engine = await listen('buckets', port, (req, res) => routeRequest(context, req, res));
  return {
    endpoint: engine.endpoint,
    tellEvents: (put) => news.open('event-bus', (event) => put(describeCreated(event, accountId))),
    scanObjects: (scan) => news.open('malware-scan', scan),
    contentOf: ({ bucket, key, versionId }) => {
      const blob = store.find(bucket, key, versionId)?.blob ?? undefined;
      return blob && blobs.pathOf(blob);
    },
    tag: ({ bucket, key, versionId }, tags) => {
      const object = store.find(bucket, key, versionId);
      const all = { ...object?.tags, ...tags };
      if (object?.blob && Object.keys(all).length <= MAX_TAGS) store.setTags(object, all);
    },
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
