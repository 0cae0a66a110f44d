import { type ComparisonResult, regressionOf } from './harness.ts';
import { TOLERATED_REGRESSION } from './judge.ts';
import type { Machine } from './machine.ts';

/** What bench/results.json holds. */
export interface BenchResults {
  readonly at: string;
  readonly short: boolean;
  readonly machine: Machine;
  readonly comparisons: readonly ComparisonResult[];
}

/** The table for people: a line a comparison, medians with the quartiles of their samples. */
export function printResults(results: BenchResults, before: readonly ComparisonResult[]): string {
  const { cpu, cores, memoryGiB, node, kernel } = results.machine;
  const rows = results.comparisons.map((result) => describeResult(result, before));
  return [
    `${cpu}, ${cores} cores, ${memoryGiB} GiB, Node ${node}, ${kernel}`,
    '',
    ...alignColumns([
      ['comparison', 'baseline', 'subject', 'unit', 'ratio', 'aim', 'against committed'],
      ...rows,
    ]),
  ].join('\n');
}

function describeResult(result: ComparisonResult, before: readonly ComparisonResult[]): readonly string[] {
  const { name, baseline, subject, unit, ratio, ratioSpread, aim, aimMet } = result;
  const limit = 'atMost' in aim ? `≤ ${aim.atMost}` : `≥ ${aim.atLeast}`;
  const wanted = aim.ofSubject ? `${limit} ${unit}` : limit;
  return [
    name,
    withQuartiles(baseline.median, baseline.lowerQuartile, baseline.upperQuartile),
    withQuartiles(subject.median, subject.lowerQuartile, subject.upperQuartile),
    unit,
    withQuartiles(ratio, ratioSpread.lowerQuartile, ratioSpread.upperQuartile),
    `${wanted} ${aimMet ? 'met' : 'missed'}`,
    describeRegression(regressionOf(result, before)),
  ];
}

function describeRegression(regression: number | undefined): string {
  if (regression === undefined) return 'new';
  const percent = Math.abs(regression * 100).toFixed(0);
  if (regression > TOLERATED_REGRESSION) return `${percent} % WORSE`;
  return regression > 0 ? `${percent} % worse` : `${percent} % better`;
}

const withQuartiles = (median: number, lower: number, upper: number) =>
  `${figure(median)} (${figure(lower)}–${figure(upper)})`;

/** Three significant digits, never in scientific notation. */
const figure = (value: number) =>
  value >= 100 ? value.toFixed(0) : value.toFixed(Math.max(0, 2 - Math.floor(Math.log10(value || 1))));

function alignColumns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('   ')
      .trimEnd(),
  );
}
