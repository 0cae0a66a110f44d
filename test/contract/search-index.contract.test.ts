import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, onTestFinished } from 'vitest';
import { MemorySegmentStore } from '#adapters/memory/segment-store.ts';
import { connect } from '#adapters/s3/client.ts';
import { S3SegmentStore } from '#adapters/s3/segment-store.ts';
import { SegmentIndex } from '#adapters/search/segment-index.ts';
import { SegmentIndexWriter } from '#adapters/search/segment-index-writer.ts';
import type { SegmentStore } from '#adapters/search/segment-store.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { startBuckets } from '#infra/local/buckets.ts';
import { FixedClock } from '#test/support/fixed-clock.ts';
import { describeSearchIndex, type OpenedSearch } from './suites/search-index.ts';
import { describeSegmentStore } from './suites/segment-store.ts';

const TWO_SECONDS = 2 / 3600;

const openMemoryStore = async (): Promise<SegmentStore> => new MemorySegmentStore(new FixedClock());

/** The laptop's S3, started as the laptop does, with its data on the disk. */
const openBucket = async (): Promise<SegmentStore> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'folkmoot-contract-'));
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const engine = await startBuckets({
    ...{ dataDir, region: 'eu-west-2', accountId: '000000000000', now: () => new Date() },
    credentials: () => credentials,
    buckets: [{ name: 'search', versioned: false }],
  });
  const client = connect({
    endpoint: engine.endpoint,
    region: 'eu-west-2',
    forcePathStyle: true,
    credentials,
  });
  onTestFinished(async () => {
    client.destroy();
    await engine.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return new S3SegmentStore('search', client);
};

/** An index for staff and one for the public, read after the second for which a reader trusts what it knows. */
const openOn = async (store: SegmentStore): Promise<OpenedSearch> => {
  const clock = new FixedClock();
  const writer = new SegmentIndexWriter({ store, clock, ids: systemIds }, [
    { prefix: 'staff/', takes: () => true },
    { prefix: 'public/', takes: ({ audience }) => audience === 'public' },
  ]);
  const indexes = ['staff/', 'public/'].map((prefix) => new SegmentIndex(store, clock, { prefix }));
  const searchIn = (at: number) => (query: Parameters<SegmentIndex['search']>[0]) => {
    clock.advance(TWO_SECONDS);
    const index = indexes[at];
    if (!index) throw new RangeError('There are two indexes');
    return index.search(query);
  };
  return { search: searchIn(0), searchPublic: searchIn(1), apply: (changes) => writer.apply(changes) };
};

describe.each([
  ['in memory', openMemoryStore],
  ["in the laptop's S3", openBucket],
])('segments %s', (_, openStore) => {
  describeSegmentStore(openStore);
  describeSearchIndex(async () => openOn(await openStore()));
});
