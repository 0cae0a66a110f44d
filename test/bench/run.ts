import { globSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Comparison, type ComparisonResult, compare } from './harness.ts';
import { judge, type Verdict } from './judge.ts';
import { describeMachine } from './machine.ts';
import { type BenchResults, printResults } from './report.ts';

// npm run bench measures everything and writes bench/results.json. --short takes fewer samples, judges them by the
// ratios committed there, and leaves that file alone: a step of npm test. Names choose comparisons.
const { values, positionals } = parseArgs({
  options: { short: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const root = join(import.meta.dirname, '../..');
const committed = join(root, 'bench/results.json');
const file = values.short ? join(root, 'build/bench/results.json') : committed;

const former = await readFile(committed, 'utf8')
  .then((text) => JSON.parse(text) as BenchResults)
  .catch(() => undefined);
const before = former?.comparisons ?? [];
const machine = describeMachine();
const modules = await loadModules();
const chosen = modules
  .flatMap(({ comparisons }) => comparisons)
  .filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const verdicts: Verdict[] = [];
const broken: string[] = [];
for (const comparison of chosen) await measure(comparison);
for (const { close } of modules) await close?.();

const results = verdicts.map(({ result }) => result);
const kept = positionals.length > 0 && !values.short ? keepOthers(results, before) : results;
const report: BenchResults = {
  at: new Date().toISOString(),
  short: values.short,
  machine,
  comparisons: kept,
};
await mkdir(dirname(file), { recursive: true });
await writeFile(
  file,
  `${JSON.stringify({ ...report, verdicts: values.short ? summarise() : undefined }, null, 2)}\n`,
);

console.log(`\n${printResults({ ...report, comparisons: results }, before)}\n`);
if (former && former.machine.cpu !== machine.cpu)
  console.log(
    `The committed ratios are of another kind of machine (${former.machine.cpu}); only ratios are compared.`,
  );
for (const { name, ok, attempts, reason } of verdicts)
  if (!ok || attempts > 1) console.log(`${ok ? '✓' : '✗'} ${name}: ${reason} (measured ${attempts} times)`);
for (const name of broken) console.log(`✗ ${name}: could not be measured`);
console.log(`${verdicts.filter(({ ok }) => ok).length} of ${chosen.length} comparisons hold`);
process.exitCode = broken.length > 0 || verdicts.some(({ ok }) => !ok) ? 1 : 0;

/** A file NAME.bench.ts. `close` lets go of what its comparisons share: whatever stays open keeps this process alive. */
interface BenchModule {
  readonly comparisons: readonly Comparison[];
  readonly close?: () => Promise<void>;
}

function loadModules(): Promise<readonly BenchModule[]> {
  const files = globSync('test/bench/*.bench.ts', { cwd: root }).sort();
  return Promise.all(files.map((path) => import(join(root, path)) as Promise<BenchModule>));
}

async function measure(comparison: Comparison): Promise<void> {
  console.error(`measuring ${comparison.name}: ${comparison.subject}; against: ${comparison.baseline}`);
  try {
    const began = performance.now();
    verdicts.push(
      await judge(() => compare(comparison, { short: values.short }), before, values.short ? undefined : 1),
    );
    console.error(`  in ${((performance.now() - began) / 1000).toFixed(0)} s`);
  } catch (error) {
    broken.push(comparison.name);
    console.error(error);
  }
}

/** Where only some were measured, the others stay as they were. */
function keepOthers(measured: readonly ComparisonResult[], all: readonly ComparisonResult[]) {
  const replaced = all.map((old) => measured.find(({ name }) => name === old.name) ?? old);
  return [...replaced, ...measured.filter(({ name }) => !all.some((old) => old.name === name))];
}

/** For the gate, which counts a test for each comparison. */
function summarise() {
  return [
    ...verdicts.map(({ name, ok, reason }) => ({ name, ok, reason })),
    ...broken.map((name) => ({ name, ok: false, reason: 'could not be measured' })),
  ];
}
