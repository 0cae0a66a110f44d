import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { BlobFolder } from './buckets/blob-folder.ts';
import type { BucketContext, ObjectCreated, RefusalOf } from './buckets/bucket-context.ts';
import { ObjectStore } from './buckets/object-store.ts';
import { routeRequest } from './buckets/route-request.ts';
import { listen } from './engine/listen.ts';
import type { Engine, FindCredentials, Now } from './engine.ts';

export type { ObjectCreated } from './buckets/bucket-context.ts';

export interface BucketsOptions {
  /** The laptop's data folder; objects are in `buckets/` in it */
  dataDir: string;
  region: string;
  credentials: FindCredentials;
  /** Time stamps, and the expiry of presigned addresses and forms, go by this clock */
  now: Now;
  port?: number;
  buckets: { name: string; versioned: boolean }[];
  /** Left out: whoever has keys may do everything. */
  refusalOf?: RefusalOf;
  /** Called when an object is on the disk; its promise is awaited before the uploader is answered. */
  onObjectCreated?: (event: ObjectCreated) => void | Promise<void>;
}

/**
 * S3, as much of it as the product uses: objects with versions, metadata, tags and checksums; copies, listings;
 * Signature Version 4 in headers and addresses, and presigned forms. Unsigned requests are refused, anything
 * unknown is 501 NotImplemented. What was acknowledged is on the disk.
 */
export async function startBuckets(options: BucketsOptions): Promise<Engine> {
  const { dataDir, region, credentials, now, port = 0, onObjectCreated = () => {} } = options;
  const { refusalOf = () => undefined } = options;
  const folder = join(dataDir, 'buckets');
  mkdirSync(folder, { recursive: true });
  const store = new ObjectStore(join(folder, 'objects.sqlite'));
  const blobs = new BlobFolder(join(folder, 'contents'));
  blobs.keepOnly(store.blobs());
  const buckets = new Map(options.buckets.map((bucket) => [bucket.name, bucket]));
  const context: BucketContext = {
    ...{ region, credentials, now, store, blobs, buckets, onObjectCreated, refusalOf },
  };
  const engine = await listen('buckets', port, (req, res) => routeRequest(context, req, res));
  return {
    endpoint: engine.endpoint,
    close: async () => {
      await engine.close();
      store.close();
    },
  };
}
