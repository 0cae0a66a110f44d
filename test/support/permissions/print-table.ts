import type { Comparison } from './compare.ts';
import type { Grant } from './list-grants.ts';

type Row = readonly [mark: string, name: string, action: string, resource: string];

/** The comparison as a table for people: function × action × resource, what is wrong at the end. */
export function printTable(comparison: Comparison, print: (line: string) => void): void {
  const { used, excepted, unused, refused, stale } = comparison;
  const rows: Row[] = [
    ...used.map((grant) => rowOf('✓ used', grant)),
    ...excepted.map((grant) => rowOf('– excepted', grant)),
    ...unused.map((grant) => rowOf('✗ never used', grant)),
    ...refused.map((grant) => rowOf('✗ refused', grant)),
  ].sort(([, ...left], [, ...right]) => (left.join(' ') < right.join(' ') ? -1 : 1));
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => (row[column] ?? '').length)));
  for (const row of rows)
    print(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  print('');
  print(`${used.length} granted and used, ${excepted.length} granted and excepted from the report`);
  print(
    `${unused.length} granted and never used by a test${hint(unused, 'take the grant away, or test it')}`,
  );
  print(
    `${refused.length} used and refused${hint(refused, 'grant it in infra/stacks/functions.ts, or stop')}`,
  );
  for (const { action, reason } of stale) print(`The exception for ${action} is from nothing now: ${reason}`);
}

const rowOf = (mark: string, { function: name, action, resource }: Grant): Row => [
  mark,
  name,
  action,
  resource.replace(/^arn:aws:\w+:[\w-]*:\d*:/, ''),
];

const hint = (grants: readonly Grant[], advice: string): string => (grants.length > 0 ? `: ${advice}` : '');
