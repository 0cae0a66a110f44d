import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { type CommandEnd, type Environment, root, runCommand } from './run-command.ts';
import { type Count, nothing, type Step } from './step.ts';

/** Says why a project cannot run here, or nothing when it can. */
export type Precondition = () => Promise<Missing | undefined>;

export interface Missing {
  readonly note: string;
  /** Whether that is a failure or a reason to leave the tests out. */
  readonly fails: boolean;
}

export interface VitestStepOptions {
  readonly precondition?: Precondition;
  /** More of the environment of the tests. */
  readonly env?: Environment;
  readonly lane?: string;
}

/** The tests of one vitest project, counted one by one. */
export function vitestStep(
  project: string,
  { precondition = async () => undefined, env = {}, lane }: VitestStepOptions = {},
): Step {
  return {
    name: project,
    ...(lane === undefined ? {} : { lane }),
    run: async () => {
      const missing = await precondition();
      if (missing === undefined) return runProject(project, env);
      if (missing.fails) return { ...nothing, failed: 1, note: missing.note };
      return { ...nothing, skipped: await countTests(project), note: missing.note };
    },
  };
}

async function runProject(project: string, env: Environment): Promise<Count> {
  const folder = await mkdtemp(join(tmpdir(), 'folkmoot-test-'));
  try {
    const file = join(folder, 'results.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const end = await runCommand(['vitest', 'run', '--project', project, ...reporters], { minutes: 20, env });
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
  readonly testResults: readonly FileResult[];
}

interface FileResult {
  /** The path of the file. */
  readonly name: string;
  readonly status: string;
  /** Why the file failed as a whole, if it did. */
  readonly message: string;
  readonly assertionResults: readonly TestResult[];
}

interface TestResult {
  readonly ancestorTitles: readonly string[];
  readonly title: string;
  readonly status: string;
  /** With their stacks. */
  readonly failureMessages: readonly string[];
}

/**
 * What vitest's JSON report says, and one failure more for everything that failed without being a test: a file that
 * does not load, a hook that throws, an error that nobody handled, a report that was never written.
 */
export function count(report: string | undefined, end: Pick<CommandEnd, 'ok' | 'reason'>): Count {
  if (report === undefined) return { ...nothing, failed: 1, note: `no report: ${end.reason}` };
  const results = JSON.parse(report) as Results;
  const failed = results.numFailedTests + results.testResults.filter(isBroken).length;
  const failures = results.testResults.flatMap(describeFailures);
  return {
    passed: results.numPassedTests,
    failed: failed === 0 && !end.ok ? 1 : failed,
    skipped: results.numPendingTests + results.numTodoTests,
    ...(end.ok ? {} : { note: end.reason }),
    ...(failures.length > 0 ? { failures } : {}),
  };
}

const hasFailed = ({ status }: { readonly status: string }): boolean => status === 'failed';

const isBroken = (file: FileResult): boolean => hasFailed(file) && !file.assertionResults.some(hasFailed);

function describeFailures(file: FileResult): readonly string[] {
  const path = relative(root, file.name);
  if (isBroken(file)) return [`${path}: ${firstLine(file.message)}`];
  return file.assertionResults.filter(hasFailed).map(({ ancestorTitles, title, failureMessages }) => {
    const name = [path, ...ancestorTitles, title].join(' > ');
    return `${name}: ${firstLine(failureMessages[0])}`;
  });
}

const firstLine = (message = ''): string =>
  stripVTControlCharacters(message).trim().split('\n')[0]?.slice(0, 300) || 'it does not say why';

async function countTests(project: string): Promise<number> {
  const { ok, output } = await runCommand(['vitest', 'list', '--project', project, '--json'], {
    quiet: true,
  });
  if (!ok) return 1;
  const start = output.indexOf('[');
  return (JSON.parse(output.slice(start)) as readonly unknown[]).length;
}
