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
  /** Whether a file that failed may run once more, where what failed may have been the machine (ADR 58). */
  readonly twice?: boolean;
}

/** The tests of one vitest project, counted one by one. */
export function vitestStep(
  project: string,
  { precondition = async () => undefined, env = {}, lane, twice = false }: VitestStepOptions = {},
): Step {
  return {
    name: project,
    ...(lane === undefined ? {} : { lane }),
    run: async () => {
      const missing = await precondition();
      if (missing === undefined) {
        const run = (files: readonly string[]) => runProject(project, env, files);
        return twice ? runTwice(run) : (await run([])).count;
      }
      if (missing.fails) return { ...nothing, failed: 1, note: missing.note };
      return { ...nothing, skipped: await countTests(project), note: missing.note };
    },
  };
}

/** How a run of a project or of some of its files went. */
export interface ProjectRun {
  readonly count: Count;
  /** The paths of the files with failures; undefined when something else failed than tests and files. */
  readonly failedFiles: readonly string[] | undefined;
}

/** More than this is not the machine. */
const FILES_AT_MOST = 2;

/**
 * Runs everything, and what failed once more when that is little. What holds then counts as passed and is told of:
 * a test that fails now and then is still to be mended, but the others are worth having until it is.
 */
export async function runTwice(run: (files: readonly string[]) => Promise<ProjectRun>): Promise<Count> {
  const first = await run([]);
  const files = first.failedFiles ?? [];
  if (files.length === 0 || files.length > FILES_AT_MOST) return first.count;
  const again = await run(files);
  if (again.count.failed > 0) return first.count;
  const { passed, failed, skipped, failures = [] } = first.count;
  return { passed: passed + failed, failed: 0, skipped, shaky: failures };
}

async function runProject(project: string, env: Environment, files: readonly string[]): Promise<ProjectRun> {
  const folder = await mkdtemp(join(tmpdir(), 'folkmoot-test-'));
  try {
    const file = join(folder, 'results.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const end = await runCommand(['vitest', 'run', '--project', project, ...files, ...reporters], {
      minutes: 20,
      env,
    });
    const report = await readFile(file, 'utf8').catch(() => undefined);
    return { count: count(report, end), failedFiles: failedFiles(report, end) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Undefined when the run failed without one of its files having failed. */
export function failedFiles(
  report: string | undefined,
  { ok }: Pick<CommandEnd, 'ok'>,
): readonly string[] | undefined {
  if (report === undefined) return undefined;
  const files = (JSON.parse(report) as Results).testResults.filter(hasFailed).map(({ name }) => name);
  return ok || files.length > 0 ? files : undefined;
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
