import { GetObjectCommand } from '@aws-sdk/client-s3';
import MiniSearch from 'minisearch';
import { S3SegmentStore } from '#adapters/s3/segment-store.ts';
import { SegmentIndex } from '#adapters/search/segment-index.ts';
import { systemClock } from '#adapters/system/clock.ts';
import { generateQueries } from '#test/support/search/generate-records.ts';
import { asking } from '#test/support/search/open-memory-index.ts';
import { miniSearchOptions } from '#test/support/search/rivals.ts';
import { BUCKET, connectTo, MINISEARCH_KEY, PREFIX } from './search-world.ts';
import { describeSpread } from './statistics.ts';

// node test/bench/load-search.ts ours|minisearch ENDPOINT: loads an index from the laptop's buckets as a function does
// that was just started, asks it, and prints milliseconds until the first answer, those of later ones, and the most
// memory that this process ever used (resident, in MB).
const [, , kind, endpoint = ''] = process.argv;
const QUERIES = 106;

const client = connectTo(endpoint);

const openOurs = async () => {
  const index = new SegmentIndex(new S3SegmentStore(BUCKET, client), systemClock, { prefix: PREFIX });
  return (words: string) => index.search(asking(words, { audiences: ['public', 'staff'] }));
};

const openMiniSearch = async () => {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: BUCKET, Key: MINISEARCH_KEY }));
  const index = MiniSearch.loadJSON((await Body?.transformToString()) ?? '', miniSearchOptions);
  return async (words: string) => index.search(words).slice(0, 10);
};

const [first = '', ...queries] = generateQueries(QUERIES);
const began = performance.now();
const search = await (kind === 'ours' ? openOurs() : openMiniSearch());
await search(first);
const load = performance.now() - began;
const times: number[] = [];
for (const words of queries) {
  const from = performance.now();
  await search(words);
  times.push(performance.now() - from);
}
client.destroy();
const sorted = times.toSorted((one, other) => one - other);
console.log(
  JSON.stringify({
    load,
    mean: times.reduce((sum, time) => sum + time, 0) / times.length,
    p50: describeSpread(times).median,
    p99: sorted[Math.floor(sorted.length * 0.99)],
    memory: process.resourceUsage().maxRSS / 1024,
  }),
);
