import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { keysOf, readManifest } from '#adapters/search/manifest.ts';
import { SegmentIndex } from '#adapters/search/segment-index.ts';
import { systemClock } from '#adapters/system/clock.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { asking } from '#test/support/search/open-memory-index.ts';
import { aRecord } from '#test/support/search/records.ts';
import { DOCUMENTS, openSearchWorld, PREFIX, type SearchWorld } from './search-world.ts';
import { describeSpread } from './statistics.ts';

// FOLKMOOT_BENCH_SEARCH=100000 node test/bench/search-size.ts: what an archive of so many documents costs, on the
// laptop's S3: how long its index takes to build, its size, loading it in a fresh process, asking it, and until what is
// new is found. The comparisons of search.bench.ts have nothing to compare it with beyond 30,000.
const LOADS = 3;
const NEW_RECORDS = 5;

const run = promisify(execFile);
const loader = join(import.meta.dirname, 'load-search.ts');

/** Of what is searched; what was put together into other segments lies beside it for a while. */
const sizeOf = async ({ store }: SearchWorld) => {
  const found = await store.get(keysOf(PREFIX).manifest);
  if (found === null || found === 'unchanged') throw new Error('There is no index');
  const { segments } = readManifest(found.bytes);
  const sumOf = (part: 'bytes' | 'textBytes') =>
    segments.reduce((sum, segment) => sum + segment[part], 0) / 1_000_000;
  return { index: sumOf('bytes'), texts: sumOf('textBytes') };
};

const load = async ({ endpoint }: SearchWorld) => {
  const { stdout } = await run(process.execPath, [loader, 'ours', endpoint], { maxBuffer: 1_000_000 });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Record<string, number>;
};

const freshness = async ({ writer }: SearchWorld, index: SegmentIndex): Promise<number> => {
  const word = systemIds.next().replaceAll('-', '');
  const began = performance.now();
  await writer.apply([
    { kind: 'put', revision: 1, record: aRecord({ id: systemIds.next(), text: `named ${word}` }) },
  ]);
  while ((await index.search(asking(`"${word}"`))).total === 0) await wait(20);
  return performance.now() - began;
};

const told = (name: string, figures: readonly number[], unit: string) => {
  const { median, lowerQuartile, upperQuartile } = describeSpread([...figures]);
  const [middle, from, to] = [median, lowerQuartile, upperQuartile].map((figure) => figure.toFixed(0));
  console.log(`${name.padEnd(22)} ${middle} ${unit} (${from} to ${to})`);
};

const began = performance.now();
const world = await openSearchWorld();
try {
  console.log(`${DOCUMENTS} documents`);
  told('built in', [(performance.now() - began) / 1000], 's');
  const { index: bytes, texts } = await sizeOf(world);
  told('index', [bytes], 'MB');
  told('texts', [texts], 'MB');
  const loaded: Record<string, number>[] = [];
  for (let at = 0; at < LOADS; at += 1) loaded.push(await load(world));
  const figuresOf = (name: string) => loaded.map((figures) => figures[name] ?? Number.NaN);
  told('until the first answer', figuresOf('load'), 'ms');
  for (const name of ['p50', 'p99']) told(`query, ${name}`, figuresOf(name), 'ms');
  told('memory', figuresOf('memory'), 'MB');
  const index = new SegmentIndex(world.store, systemClock, { prefix: PREFIX });
  const waits: number[] = [];
  for (let at = 0; at < NEW_RECORDS; at += 1) waits.push(await freshness(world, index));
  told('until what is new is found', waits, 'ms');
} finally {
  await world.close();
}
