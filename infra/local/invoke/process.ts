import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { FunctionDefinition } from './function-definition.ts';

const bootstrap = fileURLToPath(new URL('./bootstrap.mjs', import.meta.url));

/** A process of a function: it has its own address at the Runtime API, by its token. */
export interface FunctionProcess {
  readonly token: string;
  readonly pid: number | undefined;
  readonly startedAt: number;
  kill(): void;
  /** Says something about the process in the function's log and on the laptop's own. */
  report(line: string): void;
  /** Resolves when the process is gone, with what it died of: `exit status 1`, `signal: killed`. */
  readonly gone: Promise<string>;
}

/**
 * Starts a process that loads the function's bundle and asks the Runtime API for work. It inherits nothing of the
 * shell: its environment is the one it is given, as in Lambda.
 */
export function startProcess(options: {
  definition: FunctionDefinition;
  environment: Record<string, string>;
  /** `127.0.0.1:<port>` of the Runtime API. */
  runtimeApi: string;
  clockOffset: number;
  log: Writable;
}): FunctionProcess {
  const token = randomUUID();
  // Beyond what a process may get (see memory-watch.ts), so that no error of V8's own comes before the kill.
  const heapMb = options.definition.memoryMb * 2;
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${heapMb}`, bootstrap, String(options.clockOffset)],
    {
      cwd: options.definition.code,
      env: { ...options.environment, AWS_LAMBDA_RUNTIME_API: `${options.runtimeApi}/${token}` },
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  child.stdout.pipe(options.log, { end: false });
  child.stderr.pipe(options.log, { end: false });
  child.stdin.on('error', () => {});
  return {
    token,
    pid: child.pid,
    startedAt: performance.now(),
    kill: () => child.kill('SIGKILL'),
    report: (line) => {
      options.log.write(`${line}\n`);
      console.error(line);
    },
    gone: whenGone(child),
  };
}

function whenGone(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) =>
      resolve(signal ? `signal: ${describeSignal(signal)}` : `exit status ${code}`),
    );
  });
}

/** As Lambda's own supervisor, which is written in Go, calls them. */
const signals: Partial<Record<NodeJS.Signals, string>> = {
  SIGABRT: 'aborted',
  SIGKILL: 'killed',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
};

const describeSignal = (signal: NodeJS.Signals): string => signals[signal] ?? signal;
