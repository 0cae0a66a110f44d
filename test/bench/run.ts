import { globSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Comparison, type ComparisonResult, compare, regressionOf } from './harness.ts';
import { describeMachine } from './machine.ts';
import { type BenchResults, printResults, TOLERATED_REGRESSION } from './report.ts';

// npm run bench measures everything; --short takes fewer samples and leaves bench/results.json alone; names choose.
const { values, positionals } = parseArgs({
  options: { short: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const root = join(import.meta.dirname, '../..');
const lasting = join(root, 'bench/results.json');
const file = values.short ? join(root, 'build/bench/results.json') : lasting;

const before = await readFile(lasting, 'utf8')
  .then((text) => (JSON.parse(text) as BenchResults).comparisons)
  .catch(() => []);
const { results, broken } = await measure(await loadComparisons(positionals));
const report: BenchResults = {
  at: new Date().toISOString(),
  short: values.short,
  machine: describeMachine(),
  comparisons: results,
};

await mkdir(dirname(file), { recursive: true });
await writeFile(file, `${JSON.stringify(report, null, 2)}\n`);
console.log(`\n${printResults(report, before)}\n`);

const worse = results.filter((result) => (regressionOf(result, before) ?? 0) > TOLERATED_REGRESSION);
for (const { name } of worse) console.error(`${name}: worse by more than a tenth; explain it or mend it`);
for (const name of broken) console.error(`${name}: could not be measured`);
process.exitCode = broken.length > 0 || (worse.length > 0 && !values.short) ? 1 : 0;

async function loadComparisons(names: readonly string[]): Promise<readonly Comparison[]> {
  const files = globSync('test/bench/*.bench.ts', { cwd: root }).sort();
  const modules = await Promise.all(
    files.map((path) => import(join(root, path)) as Promise<{ readonly comparisons: readonly Comparison[] }>),
  );
  return modules
    .flatMap(({ comparisons }) => comparisons)
    .filter(({ name }) => names.length === 0 || names.includes(name));
}

async function measure(comparisons: readonly Comparison[]) {
  const results: ComparisonResult[] = [];
  const broken: string[] = [];
  for (const comparison of comparisons) {
    console.error(`measuring ${comparison.name}: ${comparison.subject}; against: ${comparison.baseline}`);
    try {
      results.push(await compare(comparison, { short: values.short }));
    } catch (error) {
      broken.push(comparison.name);
      console.error(error);
    }
  }
  return { results, broken };
}
