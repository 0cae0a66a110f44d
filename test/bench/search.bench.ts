import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import MiniSearch from 'minisearch';
import { SegmentIndex } from '#adapters/search/segment-index.ts';
import { systemClock } from '#adapters/system/clock.ts';
import { systemIds } from '#adapters/system/ids.ts';
import type { SearchRecord } from '#domain/search/ports.ts';
import { generateRecords } from '#test/support/search/generate-records.ts';
import { asking } from '#test/support/search/open-memory-index.ts';
import { aRecord } from '#test/support/search/records.ts';
import { miniSearchOptions } from '#test/support/search/rivals.ts';
import { type Comparison, timeOf } from './harness.ts';
import {
  BUCKET,
  FITS_MINISEARCH,
  openSearchWorld,
  PREFIX,
  type SearchWorld,
  writeAll,
  writerOf,
} from './search-world.ts';

const run = promisify(execFile);
const loader = join(import.meta.dirname, 'load-search.ts');

/** What a process measures that loads an index and asks it. */
interface Loaded {
  readonly load: number;
  readonly mean: number;
  readonly p50: number;
  readonly p99: number;
  readonly memory: number;
}

const loadIn = async ({ endpoint }: SearchWorld, kind: 'ours' | 'minisearch'): Promise<Loaded> => {
  const { stdout } = await run(process.execPath, [loader, kind, endpoint], { maxBuffer: 1_000_000 });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
};

const ofProcesses =
  (figure: keyof Loaded): Comparison['prepare'] =>
  async () => {
    const world = await openSearchWorld();
    return {
      baseline: async () => (await loadIn(world, 'minisearch'))[figure],
      subject: async () => (await loadIn(world, 'ours'))[figure],
      close: world.close,
    };
  };

const MINISEARCH = 'MiniSearch 7 in a process of its own, from a JSON text in the bucket';
const OURS = 'the segments in the bucket, in a process of its own, with counts and snippets';

/** Above this size nothing else can be loaded: the figures of ours are those of `load-search.ts`. */
const againstMiniSearch: readonly Comparison[] = [
  {
    name: 'loading a search index',
    baseline: `${MINISEARCH}: until the first answer`,
    subject: `${OURS}: until the first answer`,
    unit: 'ms',
    aim: { atMost: 0.5 },
    rounds: { full: 9, short: 3 },
    warmUps: 0,
    prepare: ofProcesses('load'),
  },
  {
    name: 'searching an index',
    baseline: `${MINISEARCH}: mean of 105 queries`,
    subject: `${OURS}: mean of 105 queries`,
    unit: 'ms',
    aim: { atMost: 1 },
    rounds: { full: 9, short: 3 },
    warmUps: 0,
    prepare: ofProcesses('mean'),
  },
  {
    name: 'memory of a search index',
    baseline: MINISEARCH,
    subject: OURS,
    unit: 'MB',
    aim: { atMost: 0.6 },
    rounds: { full: 5, short: 1 },
    warmUps: 0,
    prepare: ofProcesses('memory'),
  },
];

const BUILT = 2_000;

export const comparisons: readonly Comparison[] = [
  ...(FITS_MINISEARCH ? againstMiniSearch : []),
  {
    name: 'building a search index',
    baseline: 'MiniSearch 7 adds 2,000 records in memory and writes its JSON text into the bucket',
    subject: 'two batches of a thousand records become segments in the bucket',
    unit: 'ms',
    aim: { atMost: 1.5 },
    rounds: { full: 7, short: 3 },
    prepare: async () => {
      const world = await openSearchWorld();
      const records = [...generateRecords(BUILT, 3)];
      return {
        baseline: () => timeOf(() => buildMiniSearch(world, records)),
        subject: () => timeOf(() => writeAll(writerOf(world.store, `${systemIds.next()}/`), records)),
        close: world.close,
      };
    },
  },
  {
    name: 'freshness of a search index',
    baseline: 'an object written to the bucket',
    subject: 'a record told to the writer, until a reader finds it that asks every 20 ms',
    unit: 'ms',
    aim: { atMost: 2_000, ofSubject: true },
    rounds: { full: 15, short: 5 },
    prepare: async () => {
      const world = await openSearchWorld();
      const index = new SegmentIndex(world.store, systemClock, { prefix: PREFIX });
      return {
        baseline: () => timeOf(() => writeObject(world)),
        subject: () => timeOf(() => untilFound(world, index)),
        close: world.close,
      };
    },
  },
];

const buildMiniSearch = async ({ client }: SearchWorld, records: readonly SearchRecord[]): Promise<void> => {
  const index = new MiniSearch<SearchRecord>(miniSearchOptions);
  index.addAll(records);
  const Body = JSON.stringify(index);
  await client.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'built.json', Body }));
};

const writeObject = ({ client }: SearchWorld) =>
  client.send(
    new PutObjectCommand({ Bucket: BUCKET, Key: `x/${systemIds.next()}`, Body: 'x'.repeat(4_000) }),
  );

const untilFound = async ({ writer }: SearchWorld, index: SegmentIndex): Promise<void> => {
  const id = systemIds.next();
  const record = aRecord({ id, text: `a record named ${id.replaceAll('-', '')}` });
  await writer.apply([{ kind: 'put', revision: 1, record }]);
  while ((await index.search(asking(`"${id.replaceAll('-', '')}"`))).total === 0) await wait(20);
};
