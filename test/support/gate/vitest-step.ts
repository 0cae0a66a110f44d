import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommandEnd, runCommand } from './run-command.ts';
import { type Count, nothing, type Step } from './step.ts';

/** Says why a project cannot run here, or nothing when it can. */
export type Precondition = () => Promise<Missing | undefined>;

export interface Missing {
  readonly note: string;
  /** Whether that is a failure or a reason to leave the tests out. */
  readonly fails: boolean;
}

/** The tests of one vitest project, counted one by one. */
export function vitestStep(project: string, precondition: Precondition = async () => undefined): Step {
  return {
    name: project,
    run: async () => {
      const missing = await precondition();
      if (missing === undefined) return runProject(project);
      if (missing.fails) return { ...nothing, failed: 1, note: missing.note };
      return { ...nothing, skipped: await countTests(project), note: missing.note };
    },
  };
}

async function runProject(project: string): Promise<Count> {
  const folder = await mkdtemp(join(tmpdir(), 'folkmoot-test-'));
  try {
    const file = join(folder, 'results.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const end = await runCommand(['vitest', 'run', '--project', project, ...reporters], { minutes: 20 });
    return count(await readFile(file, 'utf8').catch(() => undefined), end);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Results {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

/**
 * What vitest's JSON report says, and one failure more for everything that failed without being a test: a file that
 * does not load, a hook that throws, an error that nobody handled, a report that was never written.
 */
export function count(report: string | undefined, end: Pick<CommandEnd, 'ok' | 'reason'>): Count {
  if (report === undefined) return { ...nothing, failed: 1, note: `no report: ${end.reason}` };
  const results = JSON.parse(report) as Results;
  const brokenFiles = results.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((assertion) => assertion.status !== 'failed'),
  ).length;
  const failed = results.numFailedTests + brokenFiles;
  return {
    passed: results.numPassedTests,
    failed: failed === 0 && !end.ok ? 1 : failed,
    skipped: results.numPendingTests + results.numTodoTests,
    ...(end.ok ? {} : { note: end.reason }),
  };
}

async function countTests(project: string): Promise<number> {
  const { ok, output } = await runCommand(['vitest', 'list', '--project', project, '--json'], {
    quiet: true,
  });
  if (!ok) return 1;
  const start = output.indexOf('[');
  return (JSON.parse(output.slice(start)) as readonly unknown[]).length;
}
