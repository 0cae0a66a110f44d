import { type Count, nothing, type Step } from './step.ts';

interface Ran extends Count {
  readonly name: string;
  readonly seconds: number;
}

/**
 * Runs every step, also after a failed one, so that one run tells everything. Prints a line for each at the end, and
 * last of all `N passed, N failed, N skipped`. Answers whether nothing failed.
 */
export async function runSteps(
  steps: readonly Step[],
  print: (line: string) => void = console.log,
): Promise<boolean> {
  const ran: Ran[] = [];
  for (const step of steps) {
    print(`\n━━ ${step.name} ${'━'.repeat(Math.max(3, 76 - step.name.length))}`);
    const began = performance.now();
    const count = await countOf(step);
    const seconds = (performance.now() - began) / 1000;
    ran.push({ name: step.name, seconds, ...count });
    print(`   ${describeCount(count)} in ${seconds.toFixed(1)} s`);
  }
  const total = ran.reduce<Count>(add, nothing);
  const width = Math.max(...ran.map(({ name }) => name.length));
  print(`\n━━ summary ${'━'.repeat(69)}`);
  for (const step of ran) {
    const note = step.note === undefined ? '' : `  (${step.note})`;
    const time = `${step.seconds.toFixed(1)} s`.padStart(9);
    print(`${step.failed > 0 ? '✗' : '✓'} ${step.name.padEnd(width)} ${time}  ${describeCount(step)}${note}`);
  }
  print(`\n${describeCount(total)}`);
  return total.failed === 0;
}

async function countOf(step: Step): Promise<Count> {
  try {
    return await step.run();
  } catch (error) {
    return { ...nothing, failed: 1, note: error instanceof Error ? error.message : String(error) };
  }
}

function add(left: Count, right: Count): Count {
  return {
    passed: left.passed + right.passed,
    failed: left.failed + right.failed,
    skipped: left.skipped + right.skipped,
  };
}

function describeCount({ passed, failed, skipped }: Count): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
