import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import MiniSearch from 'minisearch';
import { connect } from '#adapters/s3/client.ts';
import { S3SegmentStore } from '#adapters/s3/segment-store.ts';
import { SegmentIndexWriter } from '#adapters/search/segment-index-writer.ts';
import { systemClock } from '#adapters/system/clock.ts';
import { systemIds } from '#adapters/system/ids.ts';
import type { SearchRecord } from '#domain/search/ports.ts';
import { startBuckets } from '#infra/local/buckets.ts';
import { generateRecords } from '#test/support/search/generate-records.ts';
import { miniSearchOptions } from '#test/support/search/rivals.ts';

/** FOLKMOOT_BENCH_SEARCH=100000 measures an archive ten times as large as the gate does. */
export const DOCUMENTS = Number(process.env.FOLKMOOT_BENCH_SEARCH || 10_000);
/** What a JSON text of may be loaded at all: V8 has no longer string than 512 MB. */
export const FITS_MINISEARCH = DOCUMENTS <= 30_000;

export const BUCKET = 'search';
export const PREFIX = 'all/';
export const MINISEARCH_KEY = 'minisearch.json';
const BATCH = 1_000;

const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' };

export const connectTo = (endpoint: string): S3Client =>
  connect({ endpoint, region: 'eu-west-2', forcePathStyle: true, credentials });

/** The laptop's buckets with an index of generated records, ours and MiniSearch's. */
export interface SearchWorld {
  readonly endpoint: string;
  readonly client: S3Client;
  readonly store: S3SegmentStore;
  readonly writer: SegmentIndexWriter;
  close(): Promise<void>;
}

const open = async (dataDir: string): Promise<SearchWorld> => {
  const engine = await startBuckets({
    ...{
      dataDir,
      region: 'eu-west-2',
      accountId: '000000000000',
      now: () => new Date(),
      credentials: () => credentials,
    },
    buckets: [{ name: BUCKET, versioned: false }],
  });
  const client = connectTo(engine.endpoint);
  const store = new S3SegmentStore(BUCKET, client);
  return {
    ...{ endpoint: engine.endpoint, client, store, writer: writerOf(store, PREFIX) },
    close: async () => {
      client.destroy();
      await engine.close();
    },
  };
};

export const writerOf = (store: S3SegmentStore, prefix: string) =>
  new SegmentIndexWriter({ store, clock: systemClock, ids: systemIds }, [{ prefix, takes: () => true }]);

/** Brings records to a writer, a thousand at a time. */
export const writeAll = async (
  writer: SegmentIndexWriter,
  records: Iterable<SearchRecord>,
): Promise<void> => {
  const waiting: SearchRecord[] = [];
  const flush = () => writer.apply(waiting.splice(0).map((record) => ({ kind: 'put', revision: 1, record })));
  for (const record of records) if (waiting.push(record) === BATCH) await flush();
  await flush();
};

const build = async (dataDir: string): Promise<void> => {
  const world = await open(dataDir);
  try {
    await writeAll(world.writer, generateRecords(DOCUMENTS));
    if (!FITS_MINISEARCH) return;
    const rival = new MiniSearch<SearchRecord>(miniSearchOptions);
    for (const record of generateRecords(DOCUMENTS)) rival.add(record);
    const Body = JSON.stringify(rival);
    await world.client.send(new PutObjectCommand({ Bucket: BUCKET, Key: MINISEARCH_KEY, Body }));
  } finally {
    await world.close();
  }
};

let built: Promise<string> | null = null;

/** Built once for all comparisons of a run. */
export const openSearchWorld = async (): Promise<SearchWorld> => {
  built ??= (async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'folkmoot-bench-search-'));
    process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }));
    await build(dataDir);
    return dataDir;
  })();
  return open(await built);
};
