import { type Count, nothing, type Step } from './step.ts';

interface Ran extends Count {
  readonly name: string;
  readonly seconds: number;
}

/**
 * Runs every step, also after a failed one, so that one run tells everything. Prints a line for each at the end, and
 * last of all `N passed, N failed, N skipped`; right before that what failed, by name: of a long log people often have
 * only the end. Answers whether nothing failed.
 */
export async function runSteps(
  steps: readonly Step[],
  print: (line: string) => void = console.log,
): Promise<boolean> {
  const ran: Ran[] = [];
  const runInTurn = async (lane: readonly Step[]): Promise<void> => {
    for (const step of lane) ran.push(await runStep(step, print));
  };
  for (const lanes of groupLanes(steps)) await Promise.all(lanes.map(runInTurn));
  const inOrder = steps.flatMap(({ name }) => ran.filter((step) => step.name === name));
  const total = inOrder.reduce<Count>(add, nothing);
  const width = Math.max(...inOrder.map(({ name }) => name.length));
  print(`\n━━ summary ${'━'.repeat(69)}`);
  for (const step of inOrder) {
    const note = step.note === undefined ? '' : `  (${step.note})`;
    const time = `${step.seconds.toFixed(1)} s`.padStart(9);
    print(`${step.failed > 0 ? '✗' : '✓'} ${step.name.padEnd(width)} ${time}  ${describeCount(step)}${note}`);
  }
  const shaky = inOrder.flatMap(({ shaky = [] }) => shaky);
  if (shaky.length > 0) print(`\n━━ failed once, held when run again ${'━'.repeat(44)}`);
  for (const failure of shaky) print(`~ ${failure}`);
  const failures = inOrder.flatMap(({ failures = [] }) => failures);
  if (failures.length > 0) print(`\n━━ failed ${'━'.repeat(70)}`);
  for (const failure of failures) print(`✗ ${failure}`);
  print(`\n${describeCount(total)}`);
  return total.failed === 0;
}

/** What runs beside each other, in the order in which it runs: a step without a lane runs alone. */
export function groupLanes(steps: readonly Step[]): readonly (readonly (readonly Step[])[])[] {
  const groups: Step[][][] = [];
  let isOpen = false;
  for (const step of steps) {
    const group = isOpen && step.lane !== undefined ? groups.at(-1) : undefined;
    const lane = group?.find((others) => others[0]?.lane === step.lane);
    if (lane) lane.push(step);
    else if (group) group.push([step]);
    else groups.push([[step]]);
    isOpen = step.lane !== undefined;
  }
  return groups;
}

async function runStep(step: Step, print: (line: string) => void): Promise<Ran> {
  print(`\n━━ ${step.name} ${'━'.repeat(Math.max(3, 76 - step.name.length))}`);
  const began = performance.now();
  const count = await countOf(step);
  const seconds = (performance.now() - began) / 1000;
  print(`   ${step.name}: ${describeCount(count)} in ${seconds.toFixed(1)} s`);
  return { name: step.name, seconds, ...count };
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
